/** Formulas for losses and programs over batches: every right one is right, no changed one is. */

import { itJudges } from '../support/collections.ts';
import { groups, networks } from './collection-losses.ts';

itJudges(groups, networks);
