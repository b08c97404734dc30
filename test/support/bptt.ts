/** The RNN and its gradients written out by hand in plain loops: back-propagation through time as in a text book. */

export type Vector = readonly number[];
export type Matrix = readonly Vector[];

export interface HandRnn {
  readonly U: Matrix;
  readonly W: Matrix;
  readonly V: Matrix;
  readonly H_0: Vector;
  readonly x: readonly Vector[];
  readonly y: readonly Vector[];
}

const times = (A: Matrix, b: Vector): number[] =>
  A.map((row) => row.reduce((sum, a, j) => sum + a * b[j], 0));
const timesTransposed = (A: Matrix, b: Vector): number[] =>
  A[0].map((_, j) => A.reduce((sum, row, i) => sum + row[j] * b[i], 0));
const outer = (a: Vector, b: Vector): number[][] => a.map((ai) => b.map((bj) => ai * bj));

export function forward({ U, W, V, H_0, x, y }: HandRnn, loss: 'cross-entropy' | 'squared-error') {
  const H: Vector[] = [H_0];
  const prediction: Vector[] = [[]];
  const E: number[] = [0];
  x.forEach((x_t, i) => {
    const [fromInput, fromState] = [times(U, x_t), times(W, H[i])];
    H.push(fromInput.map((a, k) => Math.tanh(a + fromState[k])));
    const O = times(V, H[i + 1]);
    if (loss === 'squared-error') {
      prediction.push(O);
      E.push(O.reduce((sum, o, k) => sum + (o - y[i][k]) ** 2 / 2, 0));
    } else {
      const total = O.reduce((sum, o) => sum + Math.exp(o), 0);
      const p = O.map((o) => Math.exp(o) / total);
      prediction.push(p);
      E.push(-p.reduce((sum, p_k, k) => sum + y[i][k] * Math.log(p_k), 0));
    }
  });
  return { H, prediction, E };
}

/**
 * The term of ∂E_t/∂W, ∂E_t/∂U that goes through step k: δ_k H_{k−1}ᵀ and δ_k x_kᵀ, where δ_t = Vᵀ(ŷ_t − y_t) ⊙ (1 − H_t²)
 * and δ_{k−1} = Wᵀ δ_k ⊙ (1 − H_{k−1}²). Both losses have ∂E_t/∂O_t = prediction − y_t. Indices count from 1.
 */
export function term(net: HandRnn, loss: 'cross-entropy' | 'squared-error', t: number, k: number) {
  const { H, prediction } = forward(net, loss);
  const slope = (step: number, v: Vector): number[] => v.map((value, i) => value * (1 - H[step][i] ** 2));
  const dO = prediction[t].map((p, i) => p - net.y[t - 1][i]);
  let delta = slope(t, timesTransposed(net.V, dO));
  for (let step = t; step > k; step--) delta = slope(step - 1, timesTransposed(net.W, delta));
  return { W: outer(delta, H[k - 1]), U: outer(delta, net.x[k - 1]), V: outer(dO, H[t]) };
}
