/** Measurements as a table, and the targets they are held against. */

import type { Size } from './problem.ts';
import type { SystemName } from './systems.ts';

export interface Row {
  readonly name: SystemName;
  readonly title: string;
  /** Precision and version. */
  readonly version?: string;
  /** Median over the rounds, in microseconds per pass. */
  readonly us?: number;
  /** Largest difference from Gradpath's replay, relative to the array's largest entry. */
  readonly error?: number;
  /** Why there are no numbers. */
  readonly reason?: string;
}

export interface Result {
  readonly size: Size;
  readonly rows: readonly Row[];
  /** Bytes allocated per replay. */
  readonly bytes: number;
}

export interface Verdict {
  readonly target: string;
  readonly measured: string;
  /** Undefined: nothing to compare with. */
  readonly met: boolean | undefined;
}

/** float32 holds 7 digits; a sum over 256 steps loses some. */
const TOLERANCE = 1e-4;

const javascript: readonly SystemName[] = ['tfjs cpu', 'tfjs wasm', 'jax-js'];

const ratios: Readonly<
  Record<Size['name'], readonly (readonly ['replay' | 'rebuild', 'js' | 'pytorch', number])[]>
> = {
  small: [
    ['replay', 'js', 100],
    ['replay', 'pytorch', 20],
    ['rebuild', 'js', 5],
  ],
  large: [
    ['replay', 'js', 20],
    ['replay', 'pytorch', 2],
  ],
};

/** Each target of one size: speed, agreement, allocation. */
export function verdicts({ size, rows, bytes }: Result): Verdict[] {
  const time = (name: SystemName) => rows.find((row) => row.name === name)?.us;
  const speed = ratios[size.name].map(([ours, rival, factor]): Verdict => {
    const names = rival === 'js' ? javascript : (['pytorch'] as const);
    const fastest = Math.min(...names.map((name) => time(name) ?? Number.POSITIVE_INFINITY));
    const [title, mine] = [rival === 'js' ? 'the fastest JavaScript rival' : 'PyTorch', time(ours)];
    const target = `${ours} at least ${factor}× as fast as ${title}`;
    if (mine === undefined || fastest === Number.POSITIVE_INFINITY)
      return { target, measured: 'not measured', met: mine === undefined ? false : undefined };
    return { target, measured: factorText(fastest / mine), met: fastest / mine >= factor };
  });
  const errors = rows.flatMap((row) => row.error ?? []);
  const worst = Math.max(...errors);
  return [
    ...speed,
    {
      target: `all systems agree to ${TOLERANCE} of the largest entry`,
      measured: worst.toExponential(1),
      met: worst <= TOLERANCE,
    },
    // the smallest object takes 8 bytes: less than one a pass is none a pass
    { target: 'a replay allocates 0 bytes', measured: bytes.toFixed(1), met: Math.abs(bytes) < 1 },
  ];
}

export function sizeText({ inputSize, hiddenSize, outputSize, steps }: Size): string {
  return `x ${inputSize}, H ${hiddenSize}, O ${outputSize}, T ${steps}`;
}

/** One size's table with its verdicts below it. */
export function resultText(result: Result): string {
  const time = (name: SystemName) => result.rows.find((row) => row.name === name)?.us;
  const [replay, rebuild] = [time('replay'), time('rebuild')];
  const cells = result.rows.map(({ title, us, error, reason, version }) =>
    us === undefined
      ? [title, '–', '–', '–', '–', reason ?? '']
      : [
          title,
          timeText(us),
          ratioText(us, replay),
          ratioText(us, rebuild),
          error?.toExponential(1) ?? '–',
          version ?? '',
        ],
  );
  const table = columns([['', 'per pass', '/ replay', '/ rebuild', 'difference', ''], ...cells]);
  const marks = verdicts(result).map(({ target, measured, met }) => {
    const mark = met === undefined ? 'not judged' : met ? 'pass' : 'FAIL';
    return `  ${mark.padEnd(10)}  ${target}: ${measured}`;
  });
  return [`${result.size.name}: ${sizeText(result.size)}`, ...table, ...marks].join('\n');
}

function timeText(us: number): string {
  return us < 1000 ? `${us.toPrecision(3)} µs` : `${(us / 1000).toPrecision(3)} ms`;
}

function ratioText(us: number, ours: number | undefined): string {
  return ours === undefined ? '–' : factorText(us / ours);
}

function factorText(ratio: number): string {
  return `${ratio >= 100 ? Math.round(ratio) : Number(ratio.toPrecision(3))}×`;
}

/** Aligned columns: the first and the last to the left, figures to the right. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) => {
    const cells = row.map((cell, i) =>
      i === 0 || i === row.length - 1 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]),
    );
    return `  ${cells.join('  ')}`.trimEnd();
  });
}
