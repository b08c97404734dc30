/** `gradpath view`: the viewer in the browser. */

import type { Command } from './command.ts';
export const viewCommand: Command = {
  name: 'view',
  summary: 'the viewer, in the browser',
  usage: '[MODEL] [--port N] [--no-open]',
  operands: ['MODEL'],
  options: {},
  details: '',
  run: async () => 0,
};
