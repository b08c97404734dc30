import { describe, expect, test } from 'vitest';
import { losses, rnn } from '../examples/rnn/rnn.ts';
import { grad } from '../src/autodiff/grad.ts';
import { explain } from '../src/chain/explain.ts';
import { type Formula, pathText } from '../src/chain/formula.ts';
import { formulaToLatex, nameToLatex } from '../src/chain/latex.ts';
import { norm } from '../src/chain/measure.ts';
import { Cone } from '../src/chain/paths.ts';
import { immediateJacobian } from '../src/chain/pullback.ts';
import { VariableGraph } from '../src/chain/variables.ts';
import { formulaText } from '../src/cli/formula.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import type { Model } from '../src/model/model.ts';
import { Builder } from '../src/ops/builder.ts';
import { term } from './support/bptt.ts';
import { gradients, withHandRnn } from './support/rnn.ts';
import { growth, secondsOf } from './support/time.ts';

const explained = (model: Model, of: string, wrt: string, top?: number) => {
  const { graph } = model.builder;
  return explain(
    model.builder,
    model.values,
    graph.idOf(of),
    graph.idOf(wrt),
    top === undefined ? {} : { top },
  );
};

describe('the RNN with T = 3', () => {
  test.each([
    ['E_3', 'W', 3n],
    ['E_3', 'U', 3n],
    ['E_3', 'V', 1n],
    ['E_2', 'W', 2n],
    ['E', 'W', 6n],
    ['E_1', 'W', 1n],
    ['E_1', 'x_2', 0n],
    ['E_3', 'x_2', 1n],
  ] as const)('∂%s/∂%s has %i paths, and they sum to the gradient', (of, wrt, count) => {
    const explanation = explained(rnn({ steps: 3 }), of, wrt);
    expect(explanation.count).toBe(count);
    expect(explanation.paths).toHaveLength(Number(count));
    expect(explanation.residual).toBeLessThanOrEqual(1e-12);
    expect(explanation.useSiteResidual).toBeLessThanOrEqual(1e-12);
    const shares = explanation.paths.map((path) => path.share ?? 0);
    if (count > 0n) expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
    const sizes = shares.map(Math.abs);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  test.each(losses)('each path is the term of the hand-written BPTT, with %s', (loss) => {
    const { model, net } = withHandRnn({ steps: 3, loss, seed: 4 });
    for (const [of, t] of [
      ['E_3', 3],
      ['E_2', 2],
    ] as const) {
      for (const wrt of ['W', 'U'] as const) {
        for (const { path, contribution } of explained(model, of, wrt).paths) {
          const k = t - (path.length - 3); // E_t ← O_t ← H_t ← … ← H_k ← W
          const byHand = term(net, loss, t, k)[wrt].flat();
          expect(maxRelativeError(contribution.data, byHand), `${of} ${wrt} k=${k}`).toBeLessThan(1e-12);
        }
      }
    }
  });

  test('use sites are the same terms summed over the losses', () => {
    const { model, net } = withHandRnn({ steps: 3, seed: 2 });
    const { useSites } = explained(model, 'E', 'W');
    expect(useSites.map((site) => [site.segment.id, site.paths])).toEqual([
      ['W→H_1', 3n], // to each of the three losses
      ['W→H_2', 2n],
      ['W→H_3', 1n],
    ]);
    const { useSites: ofE_3 } = explained(model, 'E_3', 'W');
    expect(ofE_3.map((site) => site.paths)).toEqual([1n, 1n, 1n]);
    useSites.forEach(({ contribution }, i) => {
      const k = i + 1;
      const byHand = new Float64Array(contribution.data.length);
      for (let t = k; t <= 3; t++) {
        term(net, 'cross-entropy', t, k)
          .W.flat()
          .forEach((value, j) => {
            byHand[j] += value;
          });
      }
      expect(maxRelativeError(contribution.data, byHand)).toBeLessThan(1e-12);
    });
  });

  test('the formula, expanded and nested', () => {
    const { expanded, nested } = explained(rnn({ steps: 3 }), 'E_3', 'W');
    const d = (of: string, by: string) => `\\frac{\\partial ${of}}{\\partial ${by}}`;
    const head = `${d('E_3', 'O_3')} ${d('O_3', 'H_3')}`;
    expect(formulaToLatex(expanded)).toBe(
      [
        `${head} ${d('H_3', 'W')}`,
        `${head} ${d('H_3', 'H_2')} ${d('H_2', 'W')}`,
        `${head} ${d('H_3', 'H_2')} ${d('H_2', 'H_1')} ${d('H_1', 'W')}`,
      ].join(' + '),
    );
    const inner = `${d('H_2', 'W')} + ${d('H_2', 'H_1')} ${d('H_1', 'W')}`;
    expect(formulaToLatex(nested)).toBe(
      `${head} \\left(${d('H_3', 'W')} + ${d('H_3', 'H_2')} \\left(${inner}\\right)\\right)`,
    );
  });

  test('a term of the expanded formula names its place in the path list', () => {
    const { expanded, paths, cone } = explained(rnn({ steps: 3 }), 'E_3', 'U');
    if (expanded.kind !== 'sum') throw new Error('expected a sum');
    for (const product of expanded.terms) {
      if (product.kind !== 'product') throw new Error('expected a product');
      const segments = product.factors.map((factor) => (factor.kind === 'factor' ? factor.segment : ''));
      expect(paths[product.path!].path.map((segment) => segment.id)).toEqual(segments);
      expect(pathText(cone, paths[product.path!].path)).toMatch(/^E_3 ← O_3 ← H_3 ← .*U$/);
    }
  });

  test('segments hold the op edges between two variables and no others', () => {
    const { graph } = rnn({ steps: 2 }).builder;
    const variables = new VariableGraph(graph);
    const ops = (id: string) =>
      variables.segment(id).edges.map((edge) => `${graph.node(edge.consumer).op}[${edge.slot}]`);
    expect(ops('H_1→H_2')).toEqual(['tanh[0]', 'add[1]', 'matmul[1]']);
    expect(ops('W→H_2')).toEqual(['tanh[0]', 'add[1]', 'matmul[0]']);
    expect(ops('x_2→H_2')).toEqual(['tanh[0]', 'add[0]', 'matmul[1]']);
    expect(ops('O_2→E_2')).toEqual(['crossEntropy[0]', 'softmax[0]']);
    expect(ops('E_2→E')).toEqual(['total[1]']);
    expect(variables.segments.map((segment) => segment.id)).not.toContain('W→H_2→E');
  });

  test('∂⁺H_2/∂H_1 is diag(1 − H_2²) W', () => {
    const { model, net } = withHandRnn({ steps: 2, seed: 3 });
    const { cone, valueAt } = explained(model, 'E_2', 'W');
    const J = immediateJacobian(cone.variables, valueAt, cone.variables.segment('H_1→H_2'));
    const H_2 = valueAt(model.builder.graph.idOf('H_2')).data;
    const byHand = net.W.flatMap((row, i) => row.map((w) => w * (1 - H_2[i] ** 2)));
    expect(J.shape).toEqual([4, 4]);
    expect(maxRelativeError(J.data, byHand)).toBeLessThan(1e-14);
  });
});

describe('long and branching graphs', () => {
  test('T = 200 answers in under a second, use sites and all', () => {
    const model = rnn({ steps: 200 });
    const times = [1, 2, 3].map(() =>
      secondsOf(() => {
        const explanation = explained(model, 'E_200', 'W');
        expect(explanation.count).toBe(200n);
        expect(explanation.useSites).toHaveLength(200);
        expect(explanation.residual).toBeLessThanOrEqual(1e-12);
        expect(explanation.useSiteResidual).toBeLessThanOrEqual(1e-12);
      }),
    );
    expect(Math.min(...times)).toBeLessThan(1);
  });

  test('the largest paths found by search are the largest of all', () => {
    for (const [seed, of, wrt] of [
      [1, 'E', 'W'],
      [2, 'E', 'U'],
      [3, 'E', 'V'],
      [4, 'E_7', 'W'],
    ] as const) {
      const model = rnn({ steps: 8, seed });
      const all = explained(model, of, wrt).paths;
      const top = explained(model, of, wrt, 5);
      expect(top.exact).toBe(true);
      expect(top.residual).toBeNull();
      top.paths.forEach((path, i) => {
        expect(path.share).toBeCloseTo(all[i].share!, 12);
        expect(path.path.map((s) => s.id)).toEqual(all[i].path.map((s) => s.id));
      });
    }
  });

  test('paths are counted exactly where they cannot be listed', () => {
    // each level doubles: y ← 2 uses of the one before, by way of two variables
    const b = new Builder();
    let x = b.parameter('x', []);
    for (let i = 1; i <= 100; i++) {
      const from = x;
      const left = b.define(`l_${i}`, () => b.affine(from, { scale: 0.4, shift: 0 }));
      const right = b.define(`r_${i}`, () => b.affine(from, { scale: 0.6, shift: 0 }));
      x = b.define(`s_${i}`, () => b.add(left, right));
    }
    const cone = new Cone(new VariableGraph(b.graph), x, b.graph.idOf('x'));
    expect(cone.count()).toBe(2n ** 100n);
    const explanation = explain(b, { x: 1 }, x, b.graph.idOf('x'), { top: 3 });
    expect(explanation.gradient.data[0]).toBeCloseTo(1, 12);
    expect(explanation.paths[0].share).toBeCloseTo(0.6 ** 100, 12);
    expect(explanation.residual).toBeNull();
    expect(formulaToLatex(explanation.nested).length).toBeLessThan(50_000);
    expect(formulaToLatex(explanation.expanded)).toContain('\\cdots');
  });

  test('a formula is as long as can be typeset, with the number of terms or factors left out', () => {
    // as the page marks them: about 25 letters around each factor and each term
    const lengthOf = (formula: Formula) =>
      formulaToLatex(formula, (text, { kind }) =>
        kind === 'factor' || kind === 'product' ? `\\htmlData{factor=999}{${text}}` : text,
      ).length;
    const termsOf = (formula: Formula) => {
      const terms = formula.kind === 'sum' ? formula.terms : [formula];
      return terms.reduce((sum, term) => sum + (term.kind === 'more' ? term.terms : 1n), 0n);
    };
    for (const steps of [22, 24, 60, 200]) {
      const { expanded, nested } = explained(rnn({ steps }), `E_${steps}`, 'W');
      expect(lengthOf(expanded)).toBeLessThan(23_500);
      expect(lengthOf(nested)).toBeLessThan(23_500);
      expect(termsOf(expanded)).toBe(BigInt(steps));
      expect(formulaToLatex(expanded).includes('\\cdots')).toBe(steps > 24);
    }

    const b = new Builder();
    const x = b.parameter('x', []);
    let y = x;
    for (let i = 1; i <= 1000; i++) y = b.define(`y_${i}`, () => b.tanh(y));
    const { expanded } = explain(b, { x: 1 }, y, x);
    if (expanded.kind !== 'product') throw new Error('expected a product');
    expect(lengthOf(expanded)).toBeLessThan(23_500);
    const factors = expanded.factors.reduce(
      (n, part) => n + (part.kind === 'more' ? Number(part.terms) : 1),
      0,
    );
    expect(factors).toBe(1000);
    expect(expanded.factors.at(-1)).toMatchObject({ of: 'y_1', by: 'x' });
    expect(formulaText(expanded)).toBe(
      '∂y₁₀₀₀/∂y₉₉₉ · ∂y₉₉₉/∂y₉₉₈ · ∂y₉₉₈/∂y₉₉₇ · ∂y₉₉₇/∂y₉₉₆ · ∂y₉₉₆/∂y₉₉₅ · … 993 … · ∂y₂/∂y₁ · ∂y₁/∂x',
    );
  });

  test('contributions may cancel: shares are signed', () => {
    const b = new Builder();
    const x = b.parameter('x', []);
    const p = b.define('p', () => b.affine(x, { scale: 3, shift: 0 }));
    const q = b.define('q', () => b.affine(x, { scale: -2, shift: 0 }));
    const y = b.define('y', () => b.add(p, q));
    expect(explain(b, { x: 1 }, y, x).paths.map((path) => path.share)).toEqual([3, -2]);
  });

  test('paths are listed where all are equally large, and where the search is cut short', () => {
    const chainOfDiamonds = (levels: number, left: number, right: number) => {
      const b = new Builder();
      let x = b.parameter('x', []);
      for (let i = 1; i <= levels; i++) {
        const from = x;
        const l = b.define(`l_${i}`, () => b.affine(from, { scale: left, shift: 0 }));
        const r = b.define(`r_${i}`, () => b.affine(from, { scale: right, shift: 0 }));
        x = b.define(`s_${i}`, () => b.add(l, r));
      }
      return explain(b, { x: 1 }, x, b.graph.idOf('x'), { top: 5 });
    };
    const equal = chainOfDiamonds(15, 0.5, 0.5);
    expect(equal.paths).toHaveLength(5);
    for (const path of equal.paths) expect(path.share).toBeCloseTo(0.5 ** 15, 15);
    const long = chainOfDiamonds(600, 0.4, 0.6);
    expect(long.paths).toHaveLength(5);
    expect(Math.log(long.paths[0].share!)).toBeCloseTo(600 * Math.log(0.6), 6);

    const rnn400 = explained(rnn({ steps: 365 }), 'E', 'W', 20);
    expect(rnn400.paths).toHaveLength(20);
    expect(new Set(rnn400.paths.map((path) => path.path.map((s) => s.id).join())).size).toBe(20);
  });

  test('shares and norms survive gradients whose squares leave the range of numbers', () => {
    for (const scale of [1e-170, 1e170]) {
      const b = new Builder();
      const x = b.parameter('x', [2]);
      const p = b.define('p', () => b.affine(x, { scale: 3 * scale, shift: 0 }));
      const q = b.define('q', () => b.affine(x, { scale, shift: 0 }));
      const y = b.define('y', () => b.sum(b.add(p, q), { axes: [0], keepDims: false }));
      const { paths, residual } = explain(b, { x: [1, 2] }, y, x);
      expect(paths.map((path) => path.share)).toEqual([expect.closeTo(0.75, 12), expect.closeTo(0.25, 12)]);
      expect(paths[0].norm / scale).toBeCloseTo(3 * Math.SQRT2, 12);
      expect(residual).toBeLessThan(1e-12);
    }
  });

  test('a gradient that was given a name is no variable, and cuts no path', () => {
    const b = new Builder();
    const x = b.parameter('x', []);
    const E = b.define('E', () => b.mul(x, b.square(x)));
    const dE = b.graph.name(grad(b, E, [x])[0], 'dE');
    const y = b.define('y', () => b.sub(x, b.square(dE)));
    const { gradient, residual, count } = explain(b, { x: 2 }, y, x); // y = x − 9x⁴
    expect(gradient.data[0]).toBe(1 - 36 * 8);
    expect(count).toBe(1n);
    expect(residual).toBeLessThan(1e-12);
  });

  test('leaves the graph as it was', () => {
    const model = rnn();
    const { size } = model.builder.graph;
    explained(model, 'E', 'W');
    expect(model.builder.graph.size).toBe(size);
  });

  test('a variable by itself has one path, of no factor', () => {
    const { paths, count, residual, expanded } = explained(rnn(), 'E_2', 'E_2');
    expect([count, paths[0].share, residual]).toEqual([1n, 1, 0]);
    expect(formulaToLatex(expanded)).toBe('1');
  });

  test('asks for names', () => {
    const b = new Builder();
    const x = b.parameter('x', []);
    expect(() => explain(b, { x: 3 }, b.square(x), x)).toThrow(
      'square %1 has no name, and paths run between variables',
    );
    expect(() => b.input('a→b', [])).toThrow('a name has no →');
  });

  test('eight times as many terms take no more than eight times as long', () => {
    const timeOf = (count: number) => {
      const b = new Builder();
      const x = b.parameter('x', []);
      const terms = Array.from({ length: count }, () => b.tanh(x));
      const E = b.define('E', () => b.apply('total', terms, {}));
      return secondsOf(() => expect(explain(b, { x: 0.1 }, E, x).residual).toBeLessThan(1e-12));
    };
    expect(growth(timeOf, 2_500, 20_000)).toBeLessThan(24);
  });

  test('nor do eight times as many variables on unnamed nodes', () => {
    const timeOf = (count: number) => {
      const b = new Builder();
      const w = b.parameter('w', []);
      let state = w;
      for (let i = 0; i < count; i++) {
        const from = state;
        state = b.affine(from, { scale: 0.999, shift: 0 });
        b.define(`E_${i}`, () => b.square(from));
      }
      const last = b.graph.idOf(`E_${count - 1}`);
      return secondsOf(() => expect(explain(b, { w: 1 }, last, w).count).toBe(1n));
    };
    expect(growth(timeOf, 2_000, 16_000)).toBeLessThan(24); // 64 if the walk were not confined to the cone
  });

  test('a zero gradient has no shares', () => {
    const model = rnn({
      steps: 2,
      inputs: [
        [0, 0, 0],
        [0, 0, 0],
      ],
    });
    const { paths, gradient } = explained(model, 'E_2', 'U');
    expect(norm(gradient)).toBe(0);
    expect(paths.map((path) => path.share)).toEqual([null, null]);
  });

  test('only a scalar has paths to explain', () => {
    expect(() => explained(rnn(), 'H_2', 'W')).toThrow('H_2 is not a scalar');
  });
});

test('the gradient explained is the one that grad gives', () => {
  const model = rnn({ steps: 5, seed: 9 });
  expect([...explained(model, 'E', 'W').gradient.data]).toEqual(gradients(model, 'E').W);
});

test('names in LaTeX', () => {
  expect(['W', 'H_3', 'H_10', 'loss', 'W_hh', 'a_b_c', 'x%', 'p{q}'].map(nameToLatex)).toEqual([
    'W',
    'H_3',
    'H_{10}',
    '\\mathit{loss}',
    'W_{hh}',
    'a_{b\\_c}',
    '\\mathit{x\\%}',
    '\\mathit{p\\{q\\}}',
  ]);
});
