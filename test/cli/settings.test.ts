/** Settings of examples as options: none is called like an option of a command; each tells its default and range. */

import { expect, test } from 'vitest';
import { examples } from '../../examples/index.ts';
import { commonOptions } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands.ts';
import { settingOptions } from '../../src/cli/models.ts';

const taken = new Set([commonOptions, ...commands.map(({ options }) => options)].flatMap(Object.keys));

test.each(examples)('$name: settings that are options', async ({ name, load }) => {
  const example = await load();
  expect(example.name).toBe(name);
  for (const [setting, { value, help }] of Object.entries(settingOptions(example))) {
    expect(taken).not.toContain(setting);
    expect(setting).toMatch(/^[a-z]+(-[a-z]+)*$/); // as options are written
    expect(value).not.toBe('');
    expect(help).not.toMatch(/\(default.*\(default/); // told once
  }
});

test('a model is called like no command', () => {
  const names = [...commands.map(({ name }) => name), 'help'];
  for (const { name } of examples) expect(names).not.toContain(name);
});

test('an option has its default and its range', () => {
  const example = {
    name: 'e',
    build: () => {
      throw new Error('not built');
    },
    study: () => ({ claims: [], figures: [] }),
    settings: {
      size: { kind: 'integer', default: 3, min: 1, max: 9, label: '', help: 'size' },
      rate: { kind: 'number', default: 0.5, min: 0, max: 2, step: 0.1, label: '', help: 'rate' },
      cell: { kind: 'choice', default: 'b', choices: ['a', 'b'], label: '', help: 'cell' },
      words: { kind: 'text', default: 'x y', maxLength: 9, label: '', help: 'words' },
      more: { kind: 'text', default: '', maxLength: 9, label: '', help: 'more' },
      data: { kind: 'file', label: '', help: 'data' },
    },
  } as const;
  expect(settingOptions(example)).toEqual({
    size: { value: 'N', help: 'size (default 3); 1 to 9' },
    rate: { value: 'X', help: 'rate (default 0.5); 0 to 2' },
    cell: { value: 'NAME', help: 'cell: a, b (default)' },
    words: { value: 'TEXT', help: 'words (default "x y")' },
    more: { value: 'TEXT', help: 'more' },
    data: { value: 'FILE', help: 'data' },
  });
});
