/** The table of commands. */

import { anomaliesCommand } from './anomalies.ts';
import { checkCommand } from './check.ts';
import type { Command } from './command.ts';
import { exportCommand } from './export.ts';
import { gradCommand } from './grad.ts';
import { pathsCommand } from './paths.ts';
import { studyCommand } from './study.ts';
import { verifyCommand } from './verify.ts';
import { viewCommand } from './view.ts';

export const commands: readonly Command[] = [
  gradCommand,
  pathsCommand,
  verifyCommand,
  checkCommand,
  anomaliesCommand,
  studyCommand,
  exportCommand,
  viewCommand,
];
