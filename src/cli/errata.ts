/** The errata of tfjs as a table: its derivative beside ours and that by finite differences. */

import type { ErratumResult } from '../interop/tfjs/errata.ts';
import type { Tfjs } from '../interop/tfjs/oracle.ts';
import type { Io } from './io.ts';
import { tinyNumber } from './style.ts';
import { tableLines } from './table.ts';

export async function runErrata(tf: Tfjs): Promise<ErratumResult[]> {
  const { errata, runErratum } = await import('../interop/tfjs/errata.ts');
  return errata.map((erratum) => runErratum(tf, erratum));
}

export function errataJson({ erratum, tfjs, gradpath, truth, verdict, ok }: ErratumResult): unknown {
  const { op, when, order, at, shape } = erratum;
  const theirs = tfjs instanceof Error ? { error: tfjs.message } : tfjs.map(plain);
  const point = { shape: shape ?? [at.length], data: at };
  const numbers = { gradpath: gradpath.map(plain), truth: truth.map(plain) };
  return { op, when, order, x: point, tfjs: theirs, ...numbers, verdict, ok };
}

/** NaN as a text: JSON has no word for it. */
const plain = (value: number) => (Number.isFinite(value) ? value : String(value));

const ORDERS = [
  'Values: y = f(x)',
  'First derivatives: of F = Σ i·yᵢ by x, y = f(x) or as told',
  'Second derivatives: of Σ i·∂F/∂xᵢ by x',
];
const VERDICTS: Readonly<Record<ErratumResult['verdict'], string>> = {
  wrong: 'tfjs is wrong',
  throws: 'tfjs throws',
  convention: 'another convention at the kink',
  right: 'tfjs is right',
};
const MOST_NUMBERS = 3;

export function errataReport(version: string, results: readonly ErratumResult[], { style }: Io): string {
  const blocks = [1, 2, 0].map((order) => {
    const ofOrder = results.filter(({ erratum }) => erratum.order === order);
    const rows = ofOrder.map(({ erratum, tfjs, gradpath, truth, verdict, ok }) => [
      `${erratum.op}: ${erratum.when}`,
      tfjs instanceof Error ? 'throws' : numbers(tfjs),
      `${style.mark(ok)} ${numbers(gradpath)}`,
      order === 0 ? 'NaN, by IEEE 754' : numbers(truth),
      VERDICTS[verdict],
    ]);
    const judge = order === 0 ? 'truth' : 'by differences';
    const [head, ...lines] = tableLines(['op and case', 'tfjs', 'Gradpath', judge, 'verdict'], rows);
    return [style.bold(ORDERS[order]), style.dim(head), ...lines];
  });
  return [...blocks, summary(version, results, style)].map((lines) => lines.join('\n')).join('\n\n');
}

function summary(version: string, results: readonly ErratumResult[], style: Io['style']): string[] {
  const count = (verdict: ErratumResult['verdict']) =>
    results.filter((result) => result.verdict === verdict).length;
  const right = results.filter((result) => result.ok).length;
  const worst = Math.max(...results.map(({ errors }) => errors.gradpath));
  const theirs = `tfjs ${version} (cpu, float32): ${count('wrong')} wrong without a word, ${count('throws')} throw, ${count('convention')} follow another convention at a kink, ${count('right')} right.`;
  const ours = `Gradpath (float64) agrees in ${right} of ${results.length}, largest relative error ${tinyNumber(worst)}.`;
  return [theirs, `${style.mark(right === results.length)} ${ours}`];
}

/** The first few, three digits each. */
function numbers(values: readonly number[]): string {
  const shown = values.slice(0, MOST_NUMBERS).map((value) => String(Number(value.toPrecision(3))));
  return [...shown, ...(values.length > MOST_NUMBERS ? ['…'] : [])].join(' ');
}
