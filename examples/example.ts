/** What an example is: a model with settings, and a study of it: figures, and the claims that they bear out. */

import { GradpathError, nearest } from '../src/graph/error.ts';
import type { Model } from '../src/model/model.ts';

interface Described {
  /** What the viewer writes beside the control: `steps T`. */
  readonly label: string;
  /** One line for the help of the command line, without the default. */
  readonly help: string;
}

/** `optional`: where nobody chose, the value is undefined and the example decides; `default` is what it does then. */
export interface IntegerSetting extends Described {
  readonly kind: 'integer';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** The largest that the viewer offers: a picture has limits that the engine has not. */
  readonly maxInViewer?: number;
  readonly optional?: true;
}

/** The viewer shows a slider. */
export interface NumberSetting extends Described {
  readonly kind: 'number';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Of the slider. */
  readonly step: number;
}

export interface ChoiceSetting<C extends string = string> extends Described {
  readonly kind: 'choice';
  readonly default: C;
  readonly choices: readonly C[];
}

/** A line that people type: a sentence, a ranking, boxes. The example reads it. */
export interface TextSetting extends Described {
  readonly kind: 'text';
  readonly default: string;
  readonly maxLength: number;
  readonly optional?: true;
}

/** A file, on the command line only. */
export interface FileSetting extends Described {
  readonly kind: 'file';
}

export type Setting = IntegerSetting | NumberSetting | ChoiceSetting | TextSetting | FileSetting;

/** The text of a file, and what messages call it. */
export interface FileText {
  readonly text: string;
  readonly source: string;
}

type ValueOf<S extends Setting> =
  S extends ChoiceSetting<infer C>
    ? C
    : S extends FileSetting
      ? FileText | undefined
      :
          | (S extends TextSetting ? string : number)
          | (S extends { readonly optional: true } ? undefined : never);

export type SettingValue = number | string | FileText | undefined;
export type SettingsOf<S extends Readonly<Record<string, Setting>>> = {
  readonly [K in keyof S]: ValueOf<S[K]>;
};

/** An axis of a chart; `categories` are its places if it counts things. */
export interface Axis {
  readonly title: string;
  /** `words`, `1`, `pixels`: shown in brackets after the title. */
  readonly unit: string;
  readonly scale?: 'linear' | 'log';
  readonly categories?: readonly string[];
}

interface Titled {
  readonly title: string;
  /** A sentence below the figure. */
  readonly note?: string;
}

/** Points of a line where y is NaN leave a gap. */
export interface LineFigure extends Titled {
  readonly kind: 'lines';
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly {
    readonly name: string;
    readonly points: readonly (readonly [x: number, y: number])[];
    readonly dashed?: true;
    /** Each point gets a mark; `only`: the points are all there is, and no line joins them. */
    readonly marks?: true | 'only';
  }[];
}

export interface BarFigure extends Titled {
  readonly kind: 'bars';
  readonly x: Axis & { readonly categories: readonly string[] };
  readonly y: Axis;
  /** A value per category. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** A picture of numbers: an image, a kernel, a matrix. Rows from the top. */
export interface MatrixFigure extends Titled {
  readonly kind: 'matrix';
  /** Columns. */
  readonly x: Axis;
  /** Rows. */
  readonly y: Axis;
  readonly values: readonly (readonly number[])[];
  /** What a cell holds. */
  readonly cell: { readonly title: string; readonly unit: string };
}

/** Rectangles on a plane; y grows downwards, as in images. */
export interface BoxFigure extends Titled {
  readonly kind: 'boxes';
  readonly x: Axis;
  readonly y: Axis;
  readonly boxes: readonly {
    readonly name: string;
    readonly corners: readonly [x1: number, y1: number, x2: number, y2: number];
    readonly dashed?: true;
  }[];
}

/** Columns say their units: `IoU (1)`. */
export interface TableFigure extends Titled {
  readonly kind: 'table';
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export type Figure = LineFigure | BarFigure | MatrixFigure | BoxFigure | TableFigure;

/** One sentence with the figures that were measured, and whether they bear it out. */
export interface Claim {
  readonly text: string;
  readonly holds: boolean;
}

export interface Study {
  readonly claims: readonly Claim[];
  readonly figures: readonly Figure[];
}

/** Told while a long study runs: one line, and how much is done, from 0 to 1. A page draws in between. */
export type Progress = (line: string, done: number) => void | Promise<void>;

export interface Example<S extends Readonly<Record<string, Setting>> = Readonly<Record<string, Setting>>> {
  readonly name: string;
  readonly settings: S;
  /** `note` is told what the person should know about how the settings were taken. */
  readonly build: (settings: SettingsOf<S>, note: (line: string) => void) => Model;
  readonly study: (settings: SettingsOf<S>, tell: Progress) => Study | Promise<Study>;
  /** The study takes seconds: the viewer waits for a click. */
  readonly slow?: true;
}

/** An example of any settings; {@link settingsFrom} makes values that fit it. */
export type AnyExample = Omit<Example, 'build' | 'study'> & {
  readonly build: (settings: Readonly<Record<string, SettingValue>>, note: (line: string) => void) => Model;
  readonly study: (
    settings: Readonly<Record<string, SettingValue>>,
    tell: Progress,
  ) => Study | Promise<Study>;
};

/** Infers the types of the settings' values. */
export function defineExample<const S extends Readonly<Record<string, Setting>>>(
  example: Example<S>,
): AnyExample {
  return example as unknown as AnyExample;
}

/** The setting of the seed of something, such as the weights. */
export function seedSetting(of: string) {
  return {
    kind: 'integer',
    default: 1,
    min: -(2 ** 31),
    max: 2 ** 32 - 1,
    label: 'seed',
    help: `seed of ${of}`,
  } as const;
}

/** The value of a setting from what was typed. `called` is its name in messages: `--steps`. Throws GradpathError. */
export function settingFrom(setting: Setting, text: string, called: string, where: string): SettingValue {
  const refuse = (expected: string): never => {
    const shown = /^[+-]?[\d.]+$/.test(text)
      ? text
      : `"${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`;
    throw new GradpathError('option', `${called} is ${shown}, expected ${expected}`, where);
  };
  switch (setting.kind) {
    case 'integer': {
      const value = /^[+-]?\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN;
      if (value >= setting.min && value <= setting.max) return value;
      return refuse(`a whole number from ${setting.min} to ${setting.max}`);
    }
    case 'number': {
      const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
      if (value >= setting.min && value <= setting.max) return value;
      return refuse(`a number from ${setting.min} to ${setting.max}`);
    }
    case 'choice': {
      if (setting.choices.includes(text)) return text;
      const guess = nearest(text, setting.choices);
      const hint = guess === undefined ? '' : `; did you mean ${guess}?`;
      const [last, ...others] = [...setting.choices].reverse();
      return refuse(
        `${[others.reverse().join(', '), last].filter((part) => part !== '').join(' or ')}${hint}`,
      );
    }
    case 'text':
      if (text.length <= setting.maxLength) return text;
      return refuse(`at most ${setting.maxLength} characters, found ${text.length}`);
    case 'file':
      return { text, source: called };
  }
}

/** All settings: those given, and the defaults of the others. */
export function settingsFrom(
  example: Pick<AnyExample, 'settings'>,
  given: Readonly<Record<string, SettingValue>>,
): Record<string, SettingValue> {
  return Object.fromEntries(
    Object.entries(example.settings).map(([name, setting]) => {
      const left = setting.kind === 'file' || ('optional' in setting && setting.optional);
      return [name, given[name] ?? (left ? undefined : setting.default)];
    }),
  );
}
