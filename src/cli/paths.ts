/** `gradpath paths`: the chain-rule paths behind a gradient, and how much each of them contributes. */

import { type Explanation, explain } from '../chain/explain.ts';
import { productOf } from '../chain/formula.ts';
import { formulaToLatex } from '../chain/latex.ts';
import { norm } from '../chain/measure.ts';
import { type Path, variablesOf } from '../chain/paths.ts';
import { formatShape } from '../graph/shape.ts';
import { nameMeant } from '../model/equations/meant.ts';
import { type Model, parameterNames, targetOf } from '../model/model.ts';
import { type Command, optionError } from './command.ts';
import { formulaLines } from './formula.ts';
import type { Io } from './io.ts';
import { loadModel, modelHelp } from './load.ts';
import { jsonText } from './print-json.ts';
import { shareTable } from './share-table.ts';
import { displayName, shortNumber, tinyNumber } from './style.ts';

/** Contributions sum to the gradient to within this, relative to the sum of their norms. */
const BOUND = 1e-12;

export const pathsCommand: Command = {
  name: 'paths',
  summary: 'the chain-rule paths behind a gradient, and what each contributes',
  usage: 'MODEL [--of E_3] [--wrt W] [--top N] [--latex] [--json]',
  operands: ['MODEL'],
  options: {
    of: { value: 'NAME', help: "the scalar to differentiate (default: the model's)" },
    wrt: { value: 'NAME', help: "by which variable (default: the model's, if it has one)" },
    top: { value: 'N', help: 'list only the N paths with the largest share' },
    latex: { help: 'print the formulas as LaTeX too' },
    json: { help: 'print { model, of, wrt, count, gradient, paths, residual, latex }' },
  },
  details: `${modelHelp}

A path's contribution is the product of the immediate Jacobians along it; all contributions sum to the
gradient g. The share of a contribution c is ⟨c, g⟩ / ⟨g, g⟩: negative where the path works against the
others, and 100 % in all. The exit code is 1 if the contributions do not sum to the gradient.`,
  async run(args, io) {
    const top = args.integer('top', 1, 100_000);
    const model = await loadModel(args, io, 'paths');
    const [asked, ...others] = args.names('wrt') ?? [];
    const { graph } = model.builder;
    const wrt = asked === undefined ? model.show?.wrt : nameMeant(graph, asked);
    if (wrt === undefined) {
      throw optionError(
        `paths needs --wrt NAME: by which variable? The parameters are ${parameterNames(model).join(', ')}`,
      );
    }
    if (others.length > 0) {
      throw optionError(
        `--wrt names ${[wrt, ...others].join(', ')}, but paths explains one gradient at a time`,
      );
    }
    const of = nameMeant(graph, args.text('of') ?? (asked === undefined ? model.show!.of : model.target));
    const [target, by] = [targetOf(model, of), graph.idOf(wrt)];
    const explanation = explain(model.builder, model.values, target, by, top === undefined ? {} : { top });
    if (args.flag('json')) io.print(jsonText(toJson(model, of, wrt, explanation)));
    else io.print(report(model, of, wrt, explanation, args.flag('latex'), io));
    return sumsUp(explanation) ? 0 : 1;
  },
};

function toJson(model: Model, of: string, wrt: string, explanation: Explanation): unknown {
  const { cone, count, gradient, paths, residual } = explanation;
  const tensor = ({ shape, data }: typeof gradient) => ({ shape, data: Array.from(data) });
  return {
    model: model.name,
    of,
    wrt,
    count: String(count),
    gradient: tensor(gradient),
    paths: paths.map((p) => ({
      variables: variablesOf(cone, p.path).map((id) => cone.variables.name(id)),
      latex: formulaToLatex(productOf(cone, p.path)),
      share: p.share,
      norm: p.norm,
      contribution: tensor(p.contribution),
    })),
    residual,
    latex: {
      expanded: formulaToLatex(explanation.expanded),
      nested: formulaToLatex(explanation.nested),
      summed: explanation.summed === undefined ? null : formulaToLatex(explanation.summed),
    },
  };
}

/** By the paths if all are listed, else by the use sites. Cancellation must not look like an error. */
function sumsUp({ residual, useSiteResidual, gradient, paths, useSites }: Explanation): boolean {
  const terms = residual === null ? useSites : paths;
  const distance = (residual ?? useSiteResidual) * norm(gradient);
  return distance <= BOUND * terms.reduce((sum, term) => sum + term.norm, norm(gradient));
}

/** Rows of a table, terms of a formula. */
const MOST_ROWS = 12;
const MOST_TERMS = 6;
const MOST_NESTED = 160;

function report(
  model: Model,
  of: string,
  wrt: string,
  e: Explanation,
  latex: boolean,
  { style }: Io,
): string {
  const derivative = `∂${displayName(of)}/∂${displayName(wrt)}`;
  const { shape } = e.gradient;
  const plural = e.count === 1n ? 'path' : 'paths';
  const title = `${style.bold(`${derivative} has ${e.count} ${plural}`)} ${style.dim(`(${displayName(model.title)})`)}`;
  if (e.count === 0n)
    return `${title}\n\n${displayName(of)} does not depend on ${displayName(wrt)}: the gradient is zero.`;
  if (of === wrt) return `${title}\n\n${displayName(of)} by itself: the derivative is 1.`;
  const spoken = shape.length === 0 ? 'is a scalar with' : `has shape ${formatShape(shape)} and`;
  const size = `The gradient ${spoken} norm ${shortNumber(norm(e.gradient))}.`;

  const rows = e.paths.slice(0, MOST_ROWS).map((p) => ({ ...p, label: pathText(e, p.path) }));
  const hidden = e.count - BigInt(rows.length);
  const table = shareTable(style, rows, 'path');
  if (hidden > 0n)
    table.push(style.dim(`… and ${hidden} more${e.exact ? '' : '; a larger one may be among them'}`));

  const blocks = [[title, size], table];
  if (e.count > 1n && hidden > 0n) blocks.push(useSiteTable(e, wrt, style));
  blocks.push(formulaLines(derivative, e.expanded, MOST_TERMS));
  const nested = formulaLines(derivative, e.nested, MOST_TERMS);
  const short = nested.every((line) => line.length <= MOST_NESTED);
  if (e.nested.kind !== 'factor' && e.count > 1n && short)
    blocks.push([style.dim('The same, nested:'), ...nested]);
  if (e.summed !== undefined)
    blocks.push([style.dim('As a sum over time:'), ...formulaLines(derivative, e.summed, MOST_TERMS)]);
  if (latex) {
    const all = { expanded: e.expanded, nested: e.nested, summed: e.summed };
    blocks.push(
      Object.entries(all).flatMap(([name, formula]) =>
        formula === undefined ? [] : [`${`${name}:`.padEnd(9)} ${formulaToLatex(formula)}`],
      ),
    );
  }
  blocks.push([`${style.mark(sumsUp(e))} ${sumText(e)}`]);
  return blocks.map((lines) => lines.join('\n')).join('\n\n');
}

function useSiteTable(e: Explanation, wrt: string, style: Io['style']): string[] {
  const size = ({ share }: { share: number | null }) => Math.abs(share ?? 0);
  const largest = new Set([...e.useSites].sort((a, b) => size(b) - size(a)).slice(0, MOST_ROWS));
  const shown = e.useSites.filter((site) => largest.has(site));
  const names = shown.map(({ segment }) => displayName(e.cone.variables.name(segment.to)));
  const width = Math.max(...names.map((name) => name.length));
  const rows = shown.map((site, i) => {
    const paths = style.dim(`${site.paths} ${site.paths === 1n ? 'path' : 'paths'}`);
    return { ...site, label: `${names[i].padEnd(width)}  ${paths}` };
  });
  const lines = shareTable(style, rows, `by the use of ${displayName(wrt)} in`);
  const left = e.useSites.length - shown.length;
  return left > 0 ? [...lines, style.dim(`… and ${left} more, each smaller`)] : lines;
}

/** `E₃ ← O₃ ← H₃ ← W`; of a long path the ends. */
function pathText({ cone }: Explanation, path: Path): string {
  const names = variablesOf(cone, path).map((id) => displayName(cone.variables.name(id)));
  const shown =
    names.length > 12 ? [...names.slice(0, 6), `… ${names.length - 10} …`, ...names.slice(-4)] : names;
  return shown.join(' ← ');
}

function sumText(e: Explanation): string {
  const [count, noun, residual] =
    e.residual === null
      ? ([e.useSites.length, 'use site', e.useSiteResidual] as const)
      : ([e.paths.length, 'contribution', e.residual] as const);
  const ok = sumsUp(e);
  const sum =
    count === 1
      ? `The ${noun} ${ok ? 'is' : 'is not'} the gradient`
      : `The ${count} ${noun}s ${ok ? 'sum' : 'do not sum'} to the gradient`;
  return `${sum}: relative distance ${tinyNumber(residual)}`;
}
