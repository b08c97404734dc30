/** `gradpath study`: what an example claims, whether it holds, and the figures that bear it out. */

import type { SettingValue, Study } from '../../examples/example.ts';
import { examples } from '../../examples/index.ts';
import { UNPRINTABLE } from '../graph/json.ts';
import { type Arguments, type Command, optionError } from './command.ts';
import { figureLines } from './figures.ts';
import { exampleLines } from './help.ts';
import type { Io } from './io.ts';
import { readSettings } from './load.ts';
import { modelNames } from './models.ts';
import { jsonText } from './print-json.ts';
import { ProgressLine } from './progress.ts';
import { displayName } from './style.ts';

export const studyCommand: Command = {
  name: 'study',
  summary: 'what an example claims, checked, with its figures',
  usage: '[EXAMPLE] [--all] [--json]',
  operands: ['EXAMPLE'],
  options: {
    all: { help: 'leave out no rows of the figures' },
    json: { help: 'print { example, settings, claims, figures }' },
  },
  details: `Prints the claims with ✓ or ✗ and the figures as tables. The settings of an example are options: they are in
the help of each one. Without a name it lists the examples. The exit code is 1 if a claim does not hold.`,
  async run(args, io) {
    const [name] = args.operands;
    const { example } = args;
    if (name === undefined) {
      const list = examples.map((entry) => ({ name: entry.name, summary: entry.summary }));
      io.print(args.flag('json') ? jsonText({ examples: list }) : listing(io));
      return 0;
    }
    if (example === undefined) {
      throw optionError(`study takes an example, not a file: ${modelNames.join(', ')}`);
    }
    const settings = await readSettings(args, io);
    const { title } = example.build(settings, (line) => io.note(line));
    const progress = new ProgressLine(process.stderr, example.slow === true);
    const study = await Promise.resolve(
      example.study(settings, (line, done) => progress.tell(line, done)),
    ).finally(() => progress.clear());
    if (args.flag('json')) {
      io.print(jsonText({ example: example.name, settings: plain(settings), ...study }));
    } else io.print(report(displayName(title), study, args, io));
    return study.claims.every((claim) => claim.holds) ? 0 : 1;
  },
};

function listing({ style }: Io): string {
  return `${style.bold('Examples')}\n${exampleLines().join('\n')}\n\ngradpath study EXAMPLE tells what it claims.`;
}

function report(title: string, { claims, figures }: Study, args: Arguments, { style }: Io): string {
  const marked = claims.map(({ text, holds }) => `${style.mark(holds)} ${text.replace(UNPRINTABLE, '')}`);
  const blocks = [
    [style.bold(title)],
    marked,
    ...figures.map((figure) => figureLines(figure, style, args.flag('all'))),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** Of files, their names; null where the example decides. */
function plain(settings: Readonly<Record<string, SettingValue>>): Record<string, string | number | null> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      typeof value === 'object' ? value.source : (value ?? null),
    ]),
  );
}
