/** Formulas for recurrent networks as books, papers and programs write them, each with wrong variants. */

import { ambiguous, type Group, right, wrong } from '../support/collections.ts';

const tex = String.raw;
/** Networks that are no example. */
export const networks: Readonly<Record<string, string>> = {
  goodfellow: tex`
T = 3
param U: 3x2, W: 3x3, V: 4x3, b: 3, c: 4
input x^{(t)}: 2 for t = 1..T
target y^{(t)}: 4 onehot for t = 1..T
const h^{(0)}: 3 = [0.3, -0.2, 0.5]
a^{(t)} = b + W h^{(t-1)} + U x^{(t)}
h^{(t)} = \tanh(a^{(t)})
o^{(t)} = c + V h^{(t)}
\hat{y}^{(t)} = softmax(o^{(t)})
L^{(t)} = -\sum_i y_i^{(t)} \log \hat{y}_i^{(t)}
L = \sum_t L^{(t)}
`,
  d2l: tex`
T = 3
param W_{hx}: 3x2, W_{hh}: 3x3, W_{qh}: 4x3
input x_t: 2 for t = 1..T
target y_t: 4 for t = 1..T
const h_0: 3 = [0.3, -0.2, 0.5]
h_t = W_{hx} x_t + W_{hh} h_{t-1} for t = 1..T
o_t = W_{qh} h_t
L = \frac{1}{T} \sum_{t=1}^T \frac12 \|o_t - y_t\|^2
`,
  wildml: tex`
T = 4
param U: 3x2, W: 3x3, V: 4x3
input x_t: 2 for t = 0..4
target y_t: 4 onehot for t = 0..4
const s_{-1}: 3 = 0
s_t = tanh(U x_t + W s_{t-1}) for t = 0..4
z_t = V s_t
\hat{y}_t = softmax(z_t)
E_t = - y_t^T \log \hat{y}_t
E = \sum_{t=0}^{4} E_t
`,
  graves: tex`
T = 3, I = 2, H = 3, K = 4
param W: HxI, R: HxH, V: KxH
input x^t: I for t = 1..T
target z^t: K onehot for t = 1..T
const b^0: H = [0.3, -0.2, 0.5]
a^t = W x^t + R b^{t-1}
b^t = tanh(a^t)
e^t = V b^t
y^t = softmax(e^t)
L = - \sum_t \sum_k z_k^t \ln y_k^t
`,
  'learned-start': tex`
T = 3
param W_{hh}: 3x3, W_{xh}: 3x2, b_h: 3, W_{hy}: 4x3, b_y: 4, h_0: 3
input x_t: 2 for t = 1..T
target y: 4 onehot
h_t = tanh(W_{hh} h_{t-1} + W_{xh} x_t + b_h) for t = 1..T
o = W_{hy} h_T + b_y
p = softmax(o)
L = -\sum_i y_i \log p_i
`,
  'mean-loss': tex`
T = 3
param W: 3x3, U: 3x2, b: 3, V: 4x3, c: 4
input x_t: 2 for t = 1..T
target y_t: 4 onehot for t = 1..T
const h_0: 3 = [0.3, -0.2, 0.5]
a_t = W h_{t-1} + U x_t + b
h_t = \sigma(a_t)
o_t = V h_t + c
p_t = softmax(o_t)
\ell_t = - y_t^\top \log p_t
L = \frac1T \sum_t \ell_t
`,
  gomez: tex`
T = 3
param W_a: 3x2, W_i: 3x2, W_f: 3x2, W_o: 3x2, U_a: 3x3, U_i: 3x3, U_f: 3x3, U_o: 3x3
param b_a: 3, b_i: 3, b_f: 3, b_o: 3
input x_t: 2 for t = 1..T
target y_t: 3 for t = 1..T
const out_0: 3 = [0.4, -0.3, 0.2], state_0: 3 = [-0.5, 0.6, 0.1]
a_t = tanh(W_a x_t + U_a out_{t-1} + b_a)
i_t = σ(W_i x_t + U_i out_{t-1} + b_i)
f_t = σ(W_f x_t + U_f out_{t-1} + b_f)
o_t = σ(W_o x_t + U_o out_{t-1} + b_o)
state_t = a_t ⊙ i_t + f_t ⊙ state_{t-1}
out_t = tanh(state_t) ⊙ o_t
E = ½ sum_t ‖out_t - y_t‖²
`,
  mallya: tex`
T = 3
param W_c: 3x2, W_i: 3x2, W_f: 3x2, W_o: 3x2, U_c: 3x3, U_i: 3x3, U_f: 3x3, U_o: 3x3
input x^t: 2 for t = 1..T
target y^t: 3 for t = 1..T
const h^0: 3 = [0.4, -0.3, 0.2], c^0: 3 = [-0.5, 0.6, 0.1]
\hat a^t = W_c x^t + U_c h^{t-1}
\hat i^t = W_i x^t + U_i h^{t-1}
\hat f^t = W_f x^t + U_f h^{t-1}
\hat o^t = W_o x^t + U_o h^{t-1}
a^t = tanh(\hat a^t)
i^t = σ(\hat i^t)
f^t = σ(\hat f^t)
o^t = σ(\hat o^t)
c^t = i^t ⊙ a^t + f^t ⊙ c^{t-1}
h^t = o^t ⊙ tanh(c^t)
E = ½ sum_t ‖h^t - y^t‖²
`,
  'scalar-lstm': tex`
T = 3
param w, v, u
input x_t for t = 1..T
const h_0 = 0.4, c_0 = -0.3
f_t = σ(w x_t + v h_{t-1})
c_t = f_t c_{t-1} + (1 - f_t) tanh(u x_t)
h_t = tanh(c_t)
`,
  'scalar-linear': tex`
T = 4
param w, u
input x_t for t = 1..T
target y
const h_0 = 0.4
h_t = w h_{t-1} + u x_t for t = 1..T
L = (h_T - y)^2
`,
};

export const collection: readonly Group[] = [
  {
    model: 'rnn3',
    entries: [
      right(
        tex`\frac{\partial E_3}{\partial U} = \sum_{k=1}^{3} \frac{\partial E_3}{\partial O_3} \frac{\partial O_3}{\partial H_3} \frac{\partial H_3}{\partial H_k} \frac{\partial^+ H_k}{\partial U}`,
        ['k=1', 'k=2', 'missing'],
        [tex`\frac{\partial O_3}{\partial H_3} `, ''],
        [tex`\partial^+ H_k}{\partial U`, tex`\partial^+ H_k}{\partial W`],
        [tex`\sum`, tex`-\sum`],
      ),
      right(
        '∂E₃/∂W = ∂E₃/∂O₃ · ∂O₃/∂H₃ · (∂⁺H₃/∂W + ∂H₃/∂H₂ · ∂⁺H₂/∂W + ∂H₃/∂H₂ · ∂H₂/∂H₁ · ∂⁺H₁/∂W)',
        [' + ∂H₃/∂H₂ · ∂H₂/∂H₁ · ∂⁺H₁/∂W', '', 'missing'],
        ['∂⁺H₃/∂W + ', '', 'missing'],
        ['+ ∂H₃/∂H₂ · ∂⁺H₂/∂W', '+ 2 ∂H₃/∂H₂ · ∂⁺H₂/∂W', 'wrong'],
        ['∂H₃/∂H₂ · ∂H₂/∂H₁ ·', '∂H₃/∂H₂ · ∂H₃/∂H₂ ·'],
        ['∂⁺H₁/∂W)', '∂⁺H₁/∂U)'],
      ),
      right('dE_3/dV = dE_3/dO_3 * dO_3/dV', ['dO_3/dV', 'dO_2/dV'], ['dE_3/dO_3', 'dE_3/dH_3']),
      right(
        tex`\frac{\partial E}{\partial V} = \sum_{t=1}^{T} \frac{\partial E_t}{\partial O_t} \frac{\partial O_t}{\partial V}`,
        ['t=1', 't=2', 'missing'],
        ['T', 'T-1', 'missing'],
        [tex`\partial E}{\partial V`, tex`\partial E_3}{\partial V`],
      ),
      right(
        tex`\frac{\partial E}{\partial W} = \sum_{t=1}^{T} \sum_{k=1}^{t} \frac{\partial E_t}{\partial O_t} \frac{\partial O_t}{\partial H_t} \left( \prod_{i=k+1}^{t} \frac{\partial H_i}{\partial H_{i-1}} \right) \frac{\partial H_k}{\partial W}`,
        ['k=1}^{t}', 'k=1}^{t-1}'],
        ['i=k+1', 'i=k'],
        ['i=k+1', 'i=k+2'],
        [tex`\partial H_k}{\partial W`, tex`\partial H_t}{\partial W`],
        [tex`\sum_{t=1}^{T} \sum_{k=1}^{t}`, tex`\sum_{t=1}^{T} \sum_{k=t}^{t}`, 'ambiguous'],
      ),
      right(
        tex`\frac{\partial E_3}{\partial H_1} = \frac{\partial E_3}{\partial H_3} \prod_{2 \le j \le 3} \frac{\partial H_j}{\partial H_{j-1}}`,
        [tex`2 \le j`, tex`1 \le j`],
        [tex`2 \le j`, tex`2 < j`],
      ),
      right(
        '∂E_3/∂W = ∂H_3/∂W ∂O_3/∂H_3 ∂E_3/∂O_3 + ∂H_2/∂W ∂H_3/∂H_2 ∂O_3/∂H_3 ∂E_3/∂O_3 + ∂H_1/∂W ∂H_2/∂H_1 ∂H_3/∂H_2 ∂O_3/∂H_3 ∂E_3/∂O_3',
        ['∂H_2/∂W ∂H_3/∂H_2', '∂H_3/∂H_2 ∂H_2/∂W'],
        ['∂H_1/∂W ∂H_2/∂H_1', '∂H_2/∂H_1'],
      ),
      right(
        tex`\frac{\partial E_t}{\partial W} = \sum_{k=1}^{t} \frac{\partial E_t}{\partial H_t} \frac{\partial H_t}{\partial H_k} \frac{\partial^+ H_k}{\partial W}`,
        ['^{t}', '^{t-1}', 'missing'],
        [tex`\partial H_t}{\partial H_k`, tex`\partial H_t}{\partial H_{k-1}`],
        [tex`\frac{\partial E_t}{\partial H_t}`, tex`\frac{\partial E_t}{\partial O_t}`],
      ),
      right(
        tex`\frac{\partial E}{\partial V} = \sum_t (O_t - y_t) H_t^T`,
        ['O_t - y_t', 'y_t - O_t', 'wrong'],
        ['H_t^T', 'H_{t-1}^T', 'wrong'],
        [tex`\sum_t`, tex`2\sum_t`, 'wrong'],
        [tex`\sum_t`, tex`\frac12 \sum_t`, 'wrong'],
      ),
      right('δ_3 = Vᵀ(O_3 − y_3)', ['Vᵀ', 'V'], ['O_3 − y_3', 'O_3'], ['y_3', 'y_2', 'wrong']),
      right(
        tex`\frac{\partial E}{\partial H_t} = V^\top (O_t - y_t) + W^\top \left( (1 - H_{t+1}^2) \odot \frac{\partial E}{\partial H_{t+1}} \right)`,
        [tex`V^\top (O_t - y_t) + `, '', 'missing'],
        [tex`W^\top`, 'W', 'wrong'],
        ['1 - H_{t+1}^2', '1 - H_{t}^2', 'wrong'],
        ['(1 - H_{t+1}^2)', '(1 - H_{t+1})^2', 'wrong'],
        ['(O_t - y_t)', '(O_t + y_t)', 'wrong'],
        [tex`(1 - H_{t+1}^2) \odot`, ''],
      ),
      right(
        tex`\nabla_{W} E = \sum_{t=1}^{3} \mathrm{diag}(1 - H_t^2) (\nabla_{H_t} E) H_{t-1}^\top`,
        [tex`H_{t-1}^\top`, tex`H_{t}^\top`, 'wrong'],
        ['t=1', 't=2'],
        [tex`\mathrm{diag}(1 - H_t^2) `, ''],
        [tex`\nabla_{H_t} E`, tex`\nabla_{O_t} E`],
      ),
      right(
        tex`\nabla_U E = \sum_{t=1}^3 ((1 - H_t \odot H_t) \odot \nabla_{H_t} E) x_t^T`,
        ['x_t', 'x_{t-1}'],
        [tex`H_t \odot H_t`, tex`H_t`, 'wrong'],
        [tex`x_t^T`, tex`x_1^T`, 'wrong'],
      ),
      right(
        "dE/dW = sum_{t=1}^{3} ((1 - H_t.^2) .* dE/dH_t) * H_{t-1}'",
        ["H_{t-1}'", 'H_{t-1}'],
        ['dE/dH_t', 'dE_t/dH_t'],
        ['1 - H_t.^2', '1 + H_t.^2', 'wrong'],
      ),
      right(tex`\frac{\partial O_t}{\partial H_t} = V`, ['= V', '= W']),
      right(
        tex`\frac{\partial H_t}{\partial H_{t-1}} = \mathrm{diag}(1 - H_t^2) W`,
        ['H_t^2', 'H_{t-1}^2', 'wrong'],
        ['W', 'U'],
        ['1 - ', ''],
      ),
      right(
        tex`\frac{\partial H_3}{\partial H_1} = \mathrm{diag}(1 - H_3^2) W \mathrm{diag}(1 - H_2^2) W`,
        ['H_3^2', 'H_2^2'],
        [tex`W \mathrm{diag}(1 - H_2^2) W`, tex`W W`],
      ),
      right(
        tex`\frac{\partial E_2}{\partial W} = \frac{\partial E_2}{\partial O_2}\frac{\partial O_2}{\partial H_2}\left(\frac{\partial H_2}{\partial W} + \frac{\partial H_2}{\partial H_1}\frac{\partial H_1}{\partial W}\right) = \frac{\partial E_2}{\partial O_2}\frac{\partial O_2}{\partial H_2}\frac{\partial H_2}{\partial W} + \frac{\partial E_2}{\partial O_2}\frac{\partial O_2}{\partial H_2}\frac{\partial H_2}{\partial H_1}\frac{\partial H_1}{\partial W}`,
        [
          tex`\frac{\partial H_2}{\partial H_1}\frac{\partial H_1}{\partial W}\right)`,
          tex`\frac{\partial H_1}{\partial W}\right)`,
        ],
      ),
      ambiguous(tex`\frac{\partial H_3}{\partial H_1} = \prod_{j=2}^{3} W^\top \mathrm{diag}(1-H_j^2)`, [
        tex`W^\top`,
        'W',
      ]),
      ambiguous(tex`\frac{\partial H_t}{\partial H_{t-1}} = W^\top \mathrm{diag}(1 - H_t^2)`),
      ambiguous('∂E_3/∂O_3 · ∂O_3/∂Q_3 · ∂Q_3/∂H_2 = ∂E_3/∂H_2'),
      ambiguous(
        tex`\frac{\partial E_3}{\partial W} = \frac{\partial E_3}{\partial H_3}\frac{\partial H_3}{\partial M}+\frac{\partial E_3}{\partial H_3}\frac{\partial H_3}{\partial H_2}\frac{\partial H_2}{\partial M}+\frac{\partial E_3}{\partial H_3}\frac{\partial H_3}{\partial H_2}\frac{\partial H_2}{\partial H_1}\frac{\partial H_1}{\partial M}`,
      ),
      ambiguous(
        tex`\frac{\partial^+ E}{\partial H_1} = \frac{\partial E_1}{\partial H_1} + \frac{\partial^+ E}{\partial H_2}\frac{\partial H_2}{\partial H_1}`,
        [tex`\frac{\partial E_1}{\partial H_1} + `, ''],
      ),
      wrong(
        tex`\frac{\partial E}{\partial W} = \frac{\partial E}{\partial H_3}\frac{\partial H_3}{\partial W}`,
      ),
      wrong(
        tex`\frac{\partial E_3}{\partial W} = \frac{\partial E_3}{\partial O_3} \frac{\partial O_3}{\partial H_3} \frac{\partial H_3}{\partial H_2} \frac{\partial H_2}{\partial W}`,
      ),
    ],
  },
  {
    model: 'rnn3ce',
    entries: [
      right(
        tex`\delta_t = V^\top(\hat y_t - y_t) + W^\top \mathrm{diag}(1-H_{t+1}^2)\,\delta_{t+1}`,
        [tex`\hat y_t - y_t`, tex`y_t - \hat y_t`, 'ambiguous'],
        [tex`H_{t+1}^2`, tex`H_{t}^2`, 'wrong'],
        [tex`\,\delta_{t+1}`, tex`\,\delta_{t}`],
        [tex`V^\top(\hat y_t - y_t) + `, '', 'missing'],
        [tex`W^\top \mathrm{diag}(1-H_{t+1}^2)`, tex`\mathrm{diag}(1-H_{t+1}^2) W^\top`, 'wrong'],
      ),
      right(
        tex`\frac{\partial E_t}{\partial O_t} = \hat{y}_t - y_t`,
        [tex`\hat{y}_t - y_t`, tex`y_t - \hat{y}_t`, 'wrong'],
        [tex`\hat{y}_t - y_t`, tex`\hat{y}_t`],
        [tex`\hat{y}_t - y_t`, tex`O_t - y_t`],
      ),
      right(tex`\frac{\partial E}{\partial O_t} = \hat{y}_t - y_t`, [
        tex`\hat{y}_t - y_t`,
        tex`\frac1T(\hat{y}_t - y_t)`,
      ]),
      right(
        tex`\frac{\partial \hat y_t}{\partial O_t} = \mathrm{diag}(\hat y_t) - \hat y_t \hat y_t^\top`,
        [' - ', ' + ', 'wrong'],
        [tex`\hat y_t \hat y_t^\top`, tex`\hat y_t^\top \hat y_t`],
        [tex`\mathrm{diag}(\hat y_t)`, tex`I`],
      ),
      right(
        tex`\frac{\partial E_t}{\partial \hat y_t} = - y_t \oslash \hat y_t`,
        ['- y_t', 'y_t', 'wrong'],
        [tex`\oslash`, tex`\odot`, 'wrong'],
      ),
      right(
        tex`\frac{\partial E}{\partial W} = \sum_{t=1}^{3} \left( \delta_t \odot (1 - H_t^2) \right) H_{t-1}^\top, \quad \delta_t = \frac{\partial E}{\partial H_t}`,
        [tex`H_{t-1}^\top`, tex`H_{t}^\top`, 'wrong'],
        ['1 - H_t^2', '1 - H_t', 'wrong'],
      ),
      right(
        tex`\frac{\partial E_3}{\partial W} = \sum_{k=1}^{3} \frac{\partial E_3}{\partial \hat y_3}\frac{\partial \hat y_3}{\partial O_3}\frac{\partial O_3}{\partial H_3}\frac{\partial H_3}{\partial H_k}\frac{\partial H_k}{\partial W}`,
        [tex`\frac{\partial \hat y_3}{\partial O_3}`, ''],
        ['k=1', 'k=2', 'missing'],
        [tex`\partial H_3}{\partial H_k`, tex`\partial H_3}{\partial H_{k+1}`],
      ),
      right(
        tex`\frac{\partial E_3}{\partial V} = (\hat y_3 - y_3) \otimes H_3`,
        [tex`(\hat y_3 - y_3) \otimes H_3`, tex`(y_3 - \hat y_3) \otimes H_3`, 'wrong'],
        ['H_3', 'H_2', 'wrong'],
      ),
      right(
        tex`\frac{\partial E}{\partial U} = \sum_{t=1}^{T} \mathrm{diag}\left(1 - (H_t)^2\right) \delta_t\, x_t^\top`,
        [tex`\delta_t\, x_t^\top`, tex`x_t\, \delta_t^\top`],
        ['x_t', 'x_{t+1}'],
      ),
      right(
        tex`\nabla_{H_3} E = V^T (\hat y_3 - y_3)`,
        ['V^T', ''],
        ['y_3)', 'y_3) H_3'],
        [tex`\nabla_{H_3}`, tex`\nabla_{H_2}`],
      ),
      right(
        "dH_t = V' * (yhat_t - y_t) + W' * (dH_{t+1} .* (1 - H_{t+1}.^2)); dW = sum_{t=1}^{3} (dH_t .* (1 - H_t.^2)) * H_{t-1}'",
        ["W' *", 'W *', 'wrong'],
        ["H_{t-1}'", "H_t'", 'wrong'],
        ['yhat_t - y_t', 'y_t - yhat_t', 'wrong'],
      ),
      right('dV = sum_t np.outer(yhat_t - y_t, H_t)', ['yhat_t - y_t, H_t', 'H_t, yhat_t - y_t']),
      right(
        tex`\frac{\partial E}{\partial W_{ij}} = \sum_{t=1}^{3} \sum_{k} \frac{\partial E}{\partial H_{t,k}} (1 - H_{t,k}^2) \delta_{ki} H_{t-1,j}`,
        ['H_{t-1,j}', 'H_{t,j}'],
        [tex`\delta_{ki}`, tex`\delta_{kj}`],
      ),
      right(
        tex`\frac{\partial E}{\partial V_{ij}} = \sum_t (\hat y_{t,i} - y_{t,i}) H_{t,j}`,
        ['H_{t,j}', 'H_{t-1,j}'],
        [tex`\hat y_{t,i} - y_{t,i}`, tex`y_{t,i} - \hat y_{t,i}`],
      ),
      right(tex`\frac{\partial E_t}{\partial O_{t,i}} = \hat y_{t,i} - y_{t,i}`, ['- y_{t,i}', '- 1']),
      right(
        tex`\frac{\partial \hat y_{t,i}}{\partial O_{t,j}} = \hat y_{t,i} (\delta_{ij} - \hat y_{t,j})`,
        [tex`- \hat y_{t,j}`, tex`- \hat y_{t,i}`],
        [tex`\delta_{ij} - `, tex`\delta_{ij} + `],
      ),
      right(
        tex`\frac{\partial H_{t,i}}{\partial H_{t-1,j}} = (1 - H_{t,i}^2) W_{ij}`,
        ['W_{ij}', 'W_{ji}'],
        ['H_{t,i}^2', 'H_{t,j}^2'],
      ),
      right(
        tex`\begin{aligned} \delta_3 &= V^\top (\hat y_3 - y_3) \\ \delta_2 &= V^\top (\hat y_2 - y_2) + W^\top (\delta_3 \odot (1-H_3^2)) \\ \delta_1 &= V^\top (\hat y_1 - y_1) + W^\top (\delta_2 \odot (1-H_2^2)) \end{aligned}`,
        [tex`(\delta_2 \odot (1-H_2^2))`, tex`(\delta_2 \odot (1-H_1^2))`],
        [tex`\delta_2 \odot`, tex`\delta_3 \odot`],
      ),
    ],
  },
  {
    model: 'rnn3pre',
    entries: [
      right(
        tex`\frac{\partial E}{\partial a_t} = \frac{\partial E}{\partial H_t} \odot (1 - H_t^2)`,
        ['1 - H_t^2', '1 - a_t^2', 'wrong'],
        [tex` \odot (1 - H_t^2)`, ''],
      ),
      right(
        tex`\frac{\partial E}{\partial a_t} = \left( V^\top (\hat y_t - y_t) + W^\top \frac{\partial E}{\partial a_{t+1}} \right) \odot (1 - \tanh^2(a_t))`,
        [tex`\tanh^2(a_t)`, 'a_t^2', 'wrong'],
        [tex`W^\top`, 'W', 'wrong'],
        ['a_{t+1}', 'a_{t}'],
      ),
      right(
        tex`\delta_t = \tanh'(a_t) \odot \left( V^\top(\hat y_t - y_t) + W^\top \delta_{t+1} \right)`,
        [tex`\tanh'(a_t)`, tex`\tanh'(H_t)`, 'ambiguous'],
        [tex`\tanh'(a_t) \odot`, ''],
        [tex` + W^\top \delta_{t+1}`, '', 'missing'],
      ),
      right(
        tex`\frac{\partial E}{\partial U} = \sum_{t=1}^{T} \delta_t x_t^\top, \qquad \delta_t = \frac{\partial E}{\partial a_t}`,
        ['x_t', 'x_{t-1}'],
        ['x_t', 'H_t'],
      ),
      right('∂E/∂W = Σ_{t=1}^{3} ∂E/∂a_t · H_{t−1}ᵀ', ['H_{t−1}', 'H_{t}', 'wrong'], ['H_{t−1}ᵀ', 'H_{t−1}']),
      right(
        tex`\frac{\partial E_3}{\partial W} = \frac{\partial E_3}{\partial H_3} \frac{\partial H_3}{\partial a_3} \left( \frac{\partial a_3}{\partial W} + \frac{\partial a_3}{\partial H_2} \frac{\partial H_2}{\partial a_2} \left( \frac{\partial a_2}{\partial W} + \frac{\partial a_2}{\partial H_1} \frac{\partial H_1}{\partial a_1} \frac{\partial a_1}{\partial W} \right) \right)`,
        [
          tex` + \frac{\partial a_2}{\partial H_1} \frac{\partial H_1}{\partial a_1} \frac{\partial a_1}{\partial W}`,
          '',
          'missing',
        ],
        [tex`\frac{\partial H_2}{\partial a_2} `, ''],
      ),
      right(
        tex`\frac{\partial E_3}{\partial W} = \sum_{k=1}^{3} \frac{\partial E_3}{\partial a_3} \left( \prod_{j=k+1}^{3} \frac{\partial a_j}{\partial a_{j-1}} \right) \frac{\partial a_k}{\partial W}`,
        ['j=k+1', 'j=k'],
        ['a_{j-1}', 'a_{j-2}'],
      ),
      right(
        tex`\frac{\partial a_t}{\partial a_{t-1}} = W \mathrm{diag}(1 - H_{t-1}^2)`,
        ['H_{t-1}', 'H_{t}', 'wrong'],
        [tex`W \mathrm{diag}(1 - H_{t-1}^2)`, tex`\mathrm{diag}(1 - H_{t-1}^2) W`],
      ),
      right(tex`\frac{\partial a_t}{\partial H_{t-1}} = W`, ['= W', '= U']),
      right(tex`\frac{\partial H_t}{\partial a_t} = \mathrm{diag}(1 - H_t \odot H_t)`, [
        tex`H_t \odot H_t`,
        'H_t',
      ]),
      right(
        tex`\frac{\partial E}{\partial W} = \delta_1 H_0^\top + \delta_2 H_1^\top + \delta_3 H_2^\top`,
        [tex`\delta_1 H_0^\top + `, '', 'missing'],
        [tex`\delta_2 H_1^\top`, tex`\delta_2 H_2^\top`],
        [tex`+ \delta_3`, tex`- \delta_3`],
      ),
      right(
        tex`\frac{\partial E}{\partial x_t} = U^\top \delta_t`,
        [tex`U^\top`, 'U'],
        [tex`\delta_t`, tex`\delta_{t+1}`],
      ),
      right(
        "da_t = (V' (yhat_t - y_t) + W' da_{t+1}) .* (1 - H_t.^2)\ndW = sum_t da_t H_{t-1}'\ndU = sum_t da_t x_t'",
        ["W' da_{t+1}", 'W da_{t+1}', 'wrong'],
        ["x_t'", 'x_t'],
        ['1 - H_t.^2', '1 - a_t.^2', 'wrong'],
      ),
      wrong(tex`\frac{\partial E_t}{\partial W} = \frac{\partial E_t}{\partial a_t} H_{t-1}^\top`),
    ],
  },
  {
    model: 'rnn1d',
    entries: [
      right(
        tex`\frac{d h_t}{d w} = (1 - h_t^2) \left( h_{t-1} + w \frac{d h_{t-1}}{d w} \right)`,
        ['h_{t-1} + ', '', 'missing'],
        ['1 - h_t^2', '1 - h_{t-1}^2', 'wrong'],
        ['+ w', '+', 'wrong'],
        ['h_{t-1} + w', 'h_{t} + w', 'wrong'],
      ),
      right(
        tex`\frac{\partial h_3}{\partial w} = (1-h_3^2)\left[ h_2 + w (1-h_2^2) \left( h_1 + w (1-h_1^2) h_0 \right) \right]`,
        ['(1-h_1^2) ', ''],
        ['h_2 + w', 'h_2 + u'],
        ['h_0', 'h_1'],
      ),
      right(
        tex`\frac{\partial h_3}{\partial w} = \sum_{k=1}^{3} \left( \prod_{j=k+1}^{3} w (1-h_j^2) \right) (1-h_k^2) h_{k-1}`,
        ['j=k+1', 'j=k'],
        ['h_{k-1}', 'h_{k}'],
        ['k=1', 'k=2'],
      ),
      right(
        'dh_3/du = (1 - h_3^2) (x_3 + w (1 - h_2^2) (x_2 + w (1 - h_1^2) x_1))',
        ['x_2 + w', 'x_2 + u'],
        ['x_3 + ', ''],
        ['x_1', 'x_2'],
      ),
      right('∂h₃/∂h₁ = w² (1 − h₃²)(1 − h₂²)', ['w²', 'w'], ['(1 − h₂²)', '(1 − h₁²)'], ['w²', '2w']),
      right(
        tex`\frac{\partial h_3}{\partial h_0} = \prod_{t=1}^{3} w (1 - h_t^2)`,
        ['t=1', 't=2'],
        ['w (1 - h_t^2)', '(1 - h_t^2)'],
      ),
      right(
        tex`\frac{\partial h_3}{\partial h_0} = w^3 \prod_{t=1}^{3} (1 - h_t^2)`,
        ['w^3', 'w^2'],
        ['w^3', '3w'],
      ),
      right(
        tex`\frac{\partial h_t}{\partial h_{t-1}} = w (1 - h_t^2)`,
        ['w', ''],
        ['h_t^2', 'h_{t-1}^2'],
        ['w', 'u'],
      ),
      right(
        tex`\frac{\partial h_3}{\partial u} = \sum_{k=1}^{3} w^{3-k} x_k \prod_{j=k}^{3} (1-h_j^2)`,
        ['w^{3-k}', 'w^{k}'],
        ['j=k', 'j=k+1'],
        ['x_k', 'x_{k-1}'],
      ),
      right(
        tex`\frac{\partial h_t}{\partial w} = \tanh'(w h_{t-1} + u x_t) \left( h_{t-1} + w \frac{\partial h_{t-1}}{\partial w} \right)`,
        [tex`\tanh'(w h_{t-1} + u x_t)`, tex`\tanh'(h_t)`, 'ambiguous'],
        ['u x_t', 'u x_{t-1}'],
      ),
      right(
        tex`\frac{dh_2}{dw} = \frac{\partial h_2}{\partial w} + \frac{\partial h_2}{\partial h_1} \frac{dh_1}{dw}`,
        [tex` + \frac{\partial h_2}{\partial h_1} \frac{dh_1}{dw}`, ''],
        [tex`\frac{\partial h_2}{\partial h_1} `, ''],
      ),
      right(
        'g_t = (1 - h_t**2) * (h_{t-1} + w * g_{t-1})\ng_0 = 0\n∂h_3/∂w = g_3',
        ['w * g_{t-1}', 'g_{t-1}'],
        ['= g_3', '= g_2'],
      ),
      wrong(tex`\frac{d h_3}{d w} = (1 - h_3^2) h_2`),
      wrong('dh_3/dw = (1-h_3^2)(1-h_2^2)(1-h_1^2) h_0'),
    ],
  },
  {
    model: 'linear-rnn',
    entries: [
      right(
        tex`\frac{\partial h_t}{\partial h_k} = W^{t-k}`,
        ['t-k', 't-k+1'],
        ['t-k', 't-k-1'],
        ['t-k', 'k-t'],
      ),
      right(tex`\frac{\partial h_4}{\partial h_0} = W^4`, ['W^4', 'W^3'], ['W^4', '4W']),
      right(tex`\frac{\partial h_t}{\partial h_{t-1}} = W`, ['= W', '= U']),
      right(
        tex`\frac{\partial L}{\partial h_t} = \sum_{k=t}^{4} (W^\top)^{k-t} v (\hat y_k - y_k)`,
        ['k=t', 'k=t+1', 'missing'],
        [tex`(W^\top)`, '(W)', 'wrong'],
        [tex`\hat y_k - y_k`, tex`y_k - \hat y_k`],
        ['k-t', '4-t'],
      ),
      right(
        tex`\frac{\partial L}{\partial h_t} = (\hat y_t - y_t) v + W^\top \frac{\partial L}{\partial h_{t+1}}`,
        [tex`W^\top`, 'W', 'wrong'],
        [tex`(\hat y_t - y_t) v + `, '', 'missing'],
        ['v + ', '+ '],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = \sum_{t=1}^{4} \frac{\partial L}{\partial h_t} h_{t-1}^\top`,
        ['h_{t-1}', 'h_{t}', 'wrong'],
        ['=1', '=2', 'missing'],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = \sum_{t=1}^{4} \sum_{k=1}^{t} (W^\top)^{t-k} v (\hat y_t - y_t) h_{k-1}^\top`,
        ['t-k', 't-k-1'],
        ['h_{k-1}', 'h_{t-1}'],
        ['{t}', '{4}'],
      ),
      right(
        'dL/dU = sum_{t=1}^{4} sum_{k=1}^{t} (W^(t-k))^T v (ŷ_t - y_t) x_k^T',
        ['x_k', 'x_t'],
        ['(ŷ_t - y_t) ', ''],
      ),
      right(
        tex`\frac{\partial L}{\partial v} = \sum_t (\hat y_t - y_t) h_t`,
        ['h_t', 'h_{t-1}'],
        [tex`\sum_t`, tex`2\sum_t`],
      ),
      right(
        '∂L/∂ŷ_t = ŷ_t − y_t',
        ['ŷ_t − y_t', '2(ŷ_t − y_t)', 'wrong'],
        ['ŷ_t − y_t', 'y_t − ŷ_t', 'wrong'],
      ),
      right(tex`\frac{\partial \hat y_t}{\partial h_k} = v^\top W^{t-k}`, ['t-k', 't'], ['v', 'h_k']),
      right('h_t = W^t h_0 + Σ_{k=1}^{t} W^{t−k} U x_k', ['W^t h_0 + ', ''], ['t−k', 't−k+1']),
      right(
        tex`\frac{\partial L}{\partial h_0} = (W^4)^\top v (\hat y_4 - y_4) + (W^3)^\top v (\hat y_3 - y_3) + (W^2)^\top v (\hat y_2 - y_2) + W^\top v (\hat y_1 - y_1)`,
        [tex`(W^3)^\top`, tex`W^3`],
        [tex` + W^\top v (\hat y_1 - y_1)`, ''],
      ),
      right(
        tex`\lambda_t = W^T \lambda_{t+1} + v (\hat y_t - y_t), \quad \lambda_5 = 0, \quad \nabla_W L = \sum_{t=1}^4 \lambda_t h_{t-1}^T`,
        ['h_{t-1}', 'h_t'],
        ['W^T', 'W'],
      ),
    ],
  },
  {
    model: 'pascanu',
    entries: [
      right(
        tex`\frac{\partial \mathcal{E}}{\partial \mathbf{W}_{rec}} = \sum_{1 \le t \le T} \frac{\partial \mathcal{E}_t}{\partial \mathbf{W}_{rec}}`,
        [tex`1 \le t`, tex`1 < t`],
      ),
      right(
        tex`\frac{\partial \mathcal{E}_t}{\partial \mathbf{W}_{rec}} = \sum_{1 \le k \le t} \left( \frac{\partial \mathcal{E}_t}{\partial \mathbf{x}_t} \frac{\partial \mathbf{x}_t}{\partial \mathbf{x}_k} \frac{\partial^+ \mathbf{x}_k}{\partial \mathbf{W}_{rec}} \right)`,
        [tex`k \le t`, tex`k < t`],
        [
          tex`\partial \mathbf{x}_t}{\partial \mathbf{x}_k`,
          tex`\partial \mathbf{x}_k}{\partial \mathbf{x}_t`,
        ],
        [tex`\frac{\partial \mathcal{E}_t}{\partial \mathbf{x}_t}`, ''],
      ),
      wrong(
        tex`\frac{\partial \mathbf{x}_t}{\partial \mathbf{x}_k} = \prod_{t \ge i > k} \frac{\partial \mathbf{x}_i}{\partial \mathbf{x}_{i-1}} = \prod_{t \ge i > k} \mathbf{W}_{rec}^T diag(\sigma'(\mathbf{x}_{i-1}))`,
      ),
      right(
        tex`\frac{\partial \mathbf{x}_t}{\partial \mathbf{x}_k} = \prod_{t \ge i > k} \frac{\partial \mathbf{x}_i}{\partial \mathbf{x}_{i-1}}`,
        ['i > k', tex`i \ge k`],
        [tex`\partial \mathbf{x}_{i-1}`, tex`\partial \mathbf{x}_{i-2}`],
      ),
      right(
        tex`\frac{\partial \mathbf{x}_t}{\partial \mathbf{x}_{t-1}} = \mathbf{W}_{rec} diag(\sigma'(\mathbf{x}_{t-1}))`,
        [tex`\mathbf{x}_{t-1}))`, tex`\mathbf{x}_{t}))`, 'wrong'],
        [
          tex`\mathbf{W}_{rec} diag(\sigma'(\mathbf{x}_{t-1}))`,
          tex`diag(\sigma'(\mathbf{x}_{t-1})) \mathbf{W}_{rec}`,
        ],
        [tex`\sigma'`, tex`\sigma`],
      ),
      right(
        tex`\frac{\partial \mathcal{E}_t}{\partial \mathbf{x}_t} = W_{out}^T (W_{out} \mathbf{x}_t - y_t)`,
        ['W_{out}^T', ''],
        ['- y_t', '+ y_t'],
      ),
      right(
        tex`\delta_t = W_{out}^\top (W_{out} \mathbf{x}_t - y_t) + \sigma'(\mathbf{x}_t) \odot (\mathbf{W}_{rec}^\top \delta_{t+1})`,
        [tex`\sigma'(\mathbf{x}_t)`, tex`\sigma'(\mathbf{x}_{t+1})`, 'wrong'],
        [tex`\mathbf{W}_{rec}^\top`, tex`\mathbf{W}_{rec}`, 'wrong'],
        [
          tex`\sigma'(\mathbf{x}_t) \odot (\mathbf{W}_{rec}^\top \delta_{t+1})`,
          tex`\mathbf{W}_{rec}^\top (\sigma'(\mathbf{x}_t) \odot \delta_{t+1})`,
        ],
      ),
      right(
        tex`\frac{\partial \mathcal{E}}{\partial \mathbf{W}_{rec}} = \sum_{t=1}^{T} \delta_t\, \sigma(\mathbf{x}_{t-1})^\top`,
        [tex`\sigma(\mathbf{x}_{t-1})`, tex`\mathbf{x}_{t-1}`, 'wrong'],
        [tex`\sigma(\mathbf{x}_{t-1})`, tex`\sigma(\mathbf{x}_{t})`, 'wrong'],
      ),
      right(
        tex`\frac{\partial \mathcal{E}}{\partial \mathbf{W}_{in}} = \sum_{t=1}^{T} \delta_t \mathbf{u}_t^\top`,
        [tex`\mathbf{u}_t`, tex`\mathbf{x}_t`],
        [tex`\mathbf{u}_t`, tex`\mathbf{u}_{t-1}`],
      ),
      right(
        tex`\frac{\partial \mathcal{E}}{\partial \mathbf{b}} = \sum_{t=1}^{T} \delta_t`,
        [tex`\sum_{t=1}^{T} \delta_t`, tex`\delta_T`],
        ['t=1', 't=2'],
      ),
      right(
        tex`\frac{\partial \mathcal{E}}{\partial W_{out}} = \sum_t (W_{out} \mathbf{x}_t - y_t) \mathbf{x}_t^\top`,
        [tex`\mathbf{x}_t^\top`, tex`\sigma(\mathbf{x}_t)^\top`],
      ),
      wrong(
        tex`\frac{\partial \mathbf{x}_t}{\partial \mathbf{x}_{t-1}} = \mathbf{W}_{rec}^T diag(\sigma'(\mathbf{x}_{t-1}))`,
      ),
      right(
        tex`\frac{\partial \mathbf{x}_t}{\partial \mathbf{x}_{t-1}} = \mathbf{W}_{rec} \mathrm{diag}\left(\sigma(\mathbf{x}_{t-1}) \odot (1 - \sigma(\mathbf{x}_{t-1}))\right)`,
        [tex`1 - \sigma(\mathbf{x}_{t-1})`, tex`1 - \mathbf{x}_{t-1}`],
        [
          tex`\sigma(\mathbf{x}_{t-1}) \odot (1 - \sigma(\mathbf{x}_{t-1}))`,
          tex`1 - \sigma(\mathbf{x}_{t-1})^2`,
        ],
      ),
      wrong(tex`\frac{\partial^+ \mathbf{x}_k}{\partial \mathbf{W}_{rec}} = \mathbf{x}_{k-1}`),
    ],
  },
  {
    model: 'goodfellow',
    entries: [
      right(tex`\frac{\partial L}{\partial L^{(t)}} = 1`, ['= 1', '= T']),
      right(
        tex`(\nabla_{o^{(t)}} L)_i = \frac{\partial L}{\partial o_i^{(t)}} = \frac{\partial L}{\partial L^{(t)}} \frac{\partial L^{(t)}}{\partial o_i^{(t)}} = \hat y_i^{(t)} - \mathbf{1}_{i = y^{(t)}}`,
        [tex`\hat y_i^{(t)} - \mathbf{1}`, tex`\hat y_i^{(t)} + \mathbf{1}`],
      ),
      right(
        tex`\frac{\partial L}{\partial o_i^{(t)}} = \hat y_i^{(t)} - y_i^{(t)}`,
        [tex`\hat y_i^{(t)} - y_i^{(t)}`, tex`y_i^{(t)} - \hat y_i^{(t)}`],
        [tex`- y_i^{(t)}`, tex`- y_i^{(t-1)}`],
      ),
      right(tex`\nabla_{o^{(t)}} L = \hat y^{(t)} - y^{(t)}`, [
        tex`\hat y^{(t)} - y^{(t)}`,
        tex`o^{(t)} - y^{(t)}`,
      ]),
      right(tex`\nabla_{h^{(\tau)}} L = V^\top \nabla_{o^{(\tau)}} L, \quad \tau = T`, [tex`V^\top`, 'V']),
      right(tex`\nabla_{h^{(3)}} L = V^\top \nabla_{o^{(3)}} L`, [tex`V^\top`, ''], ['o^{(3)}', 'o^{(2)}']),
      right(
        tex`\nabla_{h^{(t)}} L = \left( \frac{\partial h^{(t+1)}}{\partial h^{(t)}} \right)^\top (\nabla_{h^{(t+1)}} L) + \left( \frac{\partial o^{(t)}}{\partial h^{(t)}} \right)^\top (\nabla_{o^{(t)}} L)`,
        [
          tex` + \left( \frac{\partial o^{(t)}}{\partial h^{(t)}} \right)^\top (\nabla_{o^{(t)}} L)`,
          '',
          'missing',
        ],
        [tex`\right)^\top (\nabla_{h^{(t+1)}}`, tex`\right) (\nabla_{h^{(t+1)}}`],
      ),
      right(
        tex`\nabla_{h^{(t)}} L = W^\top \operatorname{diag}\left(1 - (h^{(t+1)})^2\right) (\nabla_{h^{(t+1)}} L) + V^\top (\nabla_{o^{(t)}} L)`,
        [tex`(h^{(t+1)})^2`, tex`(h^{(t)})^2`, 'wrong'],
        [
          tex`W^\top \operatorname{diag}\left(1 - (h^{(t+1)})^2\right)`,
          tex`\operatorname{diag}\left(1 - (h^{(t+1)})^2\right) W^\top`,
        ],
        [tex` + V^\top (\nabla_{o^{(t)}} L)`, '', 'missing'],
        [tex`W^\top`, 'W', 'wrong'],
      ),
      right(
        tex`\nabla_c L = \sum_t \left( \frac{\partial o^{(t)}}{\partial c} \right)^\top \nabla_{o^{(t)}} L = \sum_t \nabla_{o^{(t)}} L`,
        [tex`= \sum_t \nabla_{o^{(t)}} L`, tex`= \nabla_{o^{(3)}} L`],
      ),
      right(
        tex`\nabla_b L = \sum_t \operatorname{diag}\left(1 - (h^{(t)})^2\right) \nabla_{h^{(t)}} L`,
        [tex`1 - (h^{(t)})^2`, tex`1 - (a^{(t)})^2`],
        ['h^{(t)})^2', 'h^{(t-1)})^2'],
        [tex`\sum_t`, ''],
      ),
      right(
        tex`\nabla_V L = \sum_t (\nabla_{o^{(t)}} L) h^{(t)\top}`,
        [tex`h^{(t)\top}`, tex`h^{(t-1)\top}`, 'wrong'],
        [tex`h^{(t)\top}`, tex`x^{(t)\top}`],
      ),
      right(
        tex`\nabla_W L = \sum_t \operatorname{diag}\left(1 - (h^{(t)})^2\right) (\nabla_{h^{(t)}} L)\, {h^{(t-1)}}^\top`,
        ['h^{(t-1)}', 'h^{(t)}'],
        [tex`\nabla_{h^{(t)}}`, tex`\nabla_{a^{(t)}}`],
      ),
      right(
        tex`\nabla_W L = \sum_t \sum_i \left( \frac{\partial L}{\partial h_i^{(t)}} \right) \nabla_{W^{(t)}} h_i^{(t)}`,
        [tex`W^{(t)}`, 'W'],
        ['W^{(t)}', 'U^{(t)}'],
      ),
      right(
        tex`\nabla_b L = \sum_t \left( \frac{\partial h^{(t)}}{\partial b^{(t)}} \right)^\top \nabla_{h^{(t)}} L`,
        [tex`\nabla_{h^{(t)}}`, tex`\nabla_{a^{(t)}}`],
        [tex`\sum_t `, ''],
      ),
      right(tex`\nabla_W L = \sum_{t=1}^{3} \nabla_{W^{(t)}} L`, ['t=1', 't=2']),
      right(
        tex`\nabla_U L = \sum_t \operatorname{diag}\left(1 - (h^{(t)})^2\right) (\nabla_{h^{(t)}} L) x^{(t)^\top}`,
        ['x^{(t)', 'x^{(t-1)'],
      ),
      right(tex`\nabla_{a^{(t)}} L = (1 - (h^{(t)})^2) \odot \nabla_{h^{(t)}} L`, [
        tex`(h^{(t)})^2`,
        tex`h^{(t)}`,
      ]),
      right(tex`\frac{\partial h^{(t+1)}}{\partial h^{(t)}} = \operatorname{diag}(1 - (h^{(t+1)})^2) W`, [
        '(h^{(t+1)})^2',
        '(h^{(t)})^2',
      ]),
    ],
  },
  {
    model: 'd2l',
    entries: [
      right(
        tex`\frac{\partial L}{\partial o_t} = \frac{1}{T} (o_t - y_t)`,
        [tex`\frac{1}{T} `, '', 'wrong'],
        ['o_t - y_t', 'y_t - o_t', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{qh}} = \sum_{t=1}^{T} \frac{\partial L}{\partial o_t} h_t^\top`,
        ['h_t', 'h_{t-1}', 'wrong'],
        [tex`\sum_{t=1}^{T}`, tex`\frac{1}{T}\sum_{t=1}^{T}`, 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{qh}} = \sum_{t=1}^T \text{prod}\left( \frac{\partial L}{\partial o_t}, \frac{\partial o_t}{\partial W_{qh}} \right) = \sum_{t=1}^T \frac{\partial L}{\partial o_t} h_t^\top`,
      ),
      right(
        tex`\frac{\partial L}{\partial h_T} = W_{qh}^\top \frac{\partial L}{\partial o_T}`,
        [tex`W_{qh}^\top`, 'W_{qh}'],
        ['o_T', 'o_{T-1}'],
      ),
      right(
        tex`\frac{\partial L}{\partial h_t} = W_{hh}^\top \frac{\partial L}{\partial h_{t+1}} + W_{qh}^\top \frac{\partial L}{\partial o_t}`,
        [tex`W_{hh}^\top`, 'W_{hh}', 'wrong'],
        [tex` + W_{qh}^\top \frac{\partial L}{\partial o_t}`, '', 'missing'],
        ['o_t', 'o_{t+1}'],
      ),
      right(
        tex`\frac{\partial L}{\partial h_t} = \sum_{i=t}^{T} \left( W_{hh}^\top \right)^{T-i} W_{qh}^\top \frac{\partial L}{\partial o_{T+t-i}}`,
        ['T-i', 'T-i+1'],
        ['o_{T+t-i}', 'o_{i}'],
        ['i=t', 'i=t+1'],
        [tex`W_{hh}^\top`, 'W_{hh}'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{hx}} = \sum_{t=1}^{T} \frac{\partial L}{\partial h_t} x_t^\top`,
        ['x_t', 'x_{t-1}'],
        [
          tex`\frac{\partial L}{\partial h_t} x_t^\top`,
          tex`x_t \frac{\partial L}{\partial h_t}`,
          'ambiguous',
        ],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{hh}} = \sum_{t=1}^{T} \frac{\partial L}{\partial h_t} h_{t-1}^\top`,
        ['h_{t-1}', 'h_t'],
        ['t=1', 't=2', 'missing'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{hh}} = \frac{1}{T} \sum_{t=1}^{T} \sum_{k=1}^{t} (W_{hh}^\top)^{t-k} W_{qh}^\top (o_t - y_t) h_{k-1}^\top`,
        [tex`\frac{1}{T} `, '', 'wrong'],
        ['h_{k-1}', 'h_k'],
        ['t-k', 'k'],
      ),
      right(tex`\frac{\partial h_t}{\partial h_{t-1}} = W_{hh}`, ['W_{hh}', 'W_{hx}']),
      right('dL/dh_3 = W_qh^T (o_3 - y_3) / 3', [' / 3', ''], [' / 3', ' / 2']),
      right(tex`\partial_{W_{hh}} L = \sum_{t=1}^3 \partial_{h_t} L \cdot h_{t-1}^\top`, [
        'h_{t-1}',
        'h_{t}',
      ]),
      right(tex`\frac{\partial h_t}{\partial h_i} = W_{hh}^{t-i}`, ['t-i', 't']),
    ],
  },
  {
    model: 'wildml',
    entries: [
      right(tex`\frac{\partial E}{\partial W} = \sum_t \frac{\partial E_t}{\partial W}`, [
        '_t',
        '_{t=1}^{4}',
      ]),
      right(
        tex`\frac{\partial E_3}{\partial V} = \frac{\partial E_3}{\partial \hat y_3} \frac{\partial \hat y_3}{\partial V} = \frac{\partial E_3}{\partial \hat y_3} \frac{\partial \hat y_3}{\partial z_3} \frac{\partial z_3}{\partial V} = (\hat y_3 - y_3) \otimes s_3`,
        [tex`\otimes s_3`, tex`\otimes s_2`],
        [tex`(\hat y_3 - y_3)`, tex`(y_3 - \hat y_3)`],
      ),
      right(
        tex`\frac{\partial E_3}{\partial W} = \sum_{k=0}^{3} \frac{\partial E_3}{\partial \hat y_3} \frac{\partial \hat y_3}{\partial s_3} \frac{\partial s_3}{\partial s_k} \frac{\partial s_k}{\partial W}`,
        [tex`\frac{\partial s_3}{\partial s_k} `, ''],
        ['{3} ', '{2} ', 'missing'],
        [tex`\partial E_3}{\partial W`, tex`\partial E_2}{\partial W`],
      ),
      right(
        tex`\frac{\partial E_3}{\partial W} = \sum_{k=0}^{3} \frac{\partial E_3}{\partial \hat y_3} \frac{\partial \hat y_3}{\partial s_3} \left( \prod_{j=k+1}^{3} \frac{\partial s_j}{\partial s_{j-1}} \right) \frac{\partial s_k}{\partial W}`,
        ['j=k+1', 'j=k+2'],
        ['^{3} \\frac{\\partial s_j', '^{4} \\frac{\\partial s_j'],
        ['s_{j-1}', 's_{j}'],
      ),
      ambiguous(
        tex`\frac{\partial E_3}{\partial W} = \frac{\partial E_3}{\partial \hat y_3} \frac{\partial \hat y_3}{\partial s_3} \frac{\partial s_3}{\partial W}`,
      ),
      right(
        tex`\frac{\partial s_3}{\partial s_1} = \frac{\partial s_3}{\partial s_2} \frac{\partial s_2}{\partial s_1}`,
        [tex`\frac{\partial s_3}{\partial s_2} `, ''],
      ),
      right(
        tex`\delta_2^{(3)} = \frac{\partial E_3}{\partial z_3} \frac{\partial z_3}{\partial s_3} \frac{\partial s_3}{\partial s_2}`,
      ),
      right(
        tex`\frac{\partial E_4}{\partial U} = \sum_{k=0}^{4} \frac{\partial E_4}{\partial z_4} \frac{\partial z_4}{\partial s_4} \frac{\partial s_4}{\partial s_k} \frac{\partial^+ s_k}{\partial U}`,
        ['k=0', 'k=1', 'missing'],
        [tex`\frac{\partial z_4}{\partial s_4} `, ''],
      ),
      right('dLdV += np.outer(yhat_t - y_t, s_t)', ['yhat_t - y_t', 'y_t - yhat_t'], ['s_t)', 's_{t-1})']),
      right(tex`\frac{\partial E}{\partial V} = \sum_{t=0}^{4} (\hat y_t - y_t) \otimes s_t`, [
        't=0',
        't=1',
        'missing',
      ]),
      right(
        tex`\frac{\partial E}{\partial s_t} = V^T (\hat y_t - y_t) + W^T \left[ (1 - s_{t+1}^2) \odot \frac{\partial E}{\partial s_{t+1}} \right]`,
        ['1 - s_{t+1}^2', '1 - s_{t}^2', 'wrong'],
        ['W^T', 'W', 'wrong'],
      ),
      right(
        tex`\frac{\partial E}{\partial U} = \sum_{t=0}^{4} \left[ (1 - s_t^2) \odot \frac{\partial E}{\partial s_t} \right] x_t^T`,
        ['x_t^T', 'x_0^T'],
        ['1 - s_t^2', 's_t (1 - s_t)', 'wrong'],
      ),
      right(
        tex`\frac{\partial E}{\partial W} = \sum_{t=1}^{4} \left[ (1 - s_t^2) \odot \frac{\partial E}{\partial s_t} \right] s_{t-1}^T`,
        ['t=1', 't=2'],
      ),
      right(
        tex`\frac{\partial E_3}{\partial s_0} = \frac{\partial E_3}{\partial s_3} \frac{\partial s_3}{\partial s_0}`,
        ['s_3}{\\partial s_0', 's_2}{\\partial s_0'],
      ),
    ],
  },
  {
    model: 'graves',
    entries: [
      right(
        tex`\frac{\partial L}{\partial e_k^t} = y_k^t - z_k^t`,
        ['y_k^t - z_k^t', 'z_k^t - y_k^t', 'wrong'],
        ['- z_k^t', '- z_k^{t-1}'],
      ),
      right(
        tex`\delta_h^t = \theta'(a_h^t) \left( \sum_{k=1}^K \frac{\partial L}{\partial e_k^t} V_{kh} + \sum_{h'=1}^H \delta_{h'}^{t+1} R_{h'h} \right), \quad \delta_j^t = \frac{\partial L}{\partial a_j^t}`,
        [tex`R_{h'h}`, tex`R_{hh'}`],
        [tex`\theta'(a_h^t)`, tex`\theta'(b_h^t)`, 'ambiguous'],
      ),
      right(
        tex`\frac{\partial L}{\partial R_{ij}} = \sum_{t=1}^T \frac{\partial L}{\partial a_i^t} b_j^{t-1}`,
        ['b_j^{t-1}', 'b_j^{t}'],
        ['b_j^{t-1}', 'b_i^{t-1}'],
        ['a_i^t', 'a_j^t'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{ij}} = \sum_{t=1}^T \frac{\partial L}{\partial a_i^t} x_j^t`,
        ['x_j^t', 'x_j^{t-1}'],
        ['x_j^t', 'b_j^t'],
      ),
      right(
        tex`\frac{\partial L}{\partial V_{kh}} = \sum_{t=1}^T \frac{\partial L}{\partial e_k^t} \frac{\partial e_k^t}{\partial V_{kh}} = \sum_{t=1}^T (y_k^t - z_k^t) b_h^t`,
        [') b_h^t', ') b_h^{t-1}'],
      ),
      right(
        tex`\frac{\partial L}{\partial b_h^t} = \sum_{k=1}^{K} \frac{\partial L}{\partial e_k^t} V_{kh} + \sum_{i=1}^{H} \frac{\partial L}{\partial a_i^{t+1}} R_{ih}`,
        ['R_{ih}', 'R_{hi}'],
        [tex`\sum_{k=1}^{K} \frac{\partial L}{\partial e_k^t} V_{kh} + `, ''],
        ['a_i^{t+1}', 'a_i^{t}'],
      ),
      right(
        tex`\frac{\partial L}{\partial a_h^t} = (1 - (b_h^t)^2) \frac{\partial L}{\partial b_h^t}`,
        ['(b_h^t)^2', '(a_h^t)^2'],
        ['1 - (b_h^t)^2', 'b_h^t (1 - b_h^t)'],
      ),
      right(
        tex`\delta^t = \tanh'(a^t) \odot \left( V^\top (y^t - z^t) + R^\top \delta^{t+1} \right)`,
        [tex`R^\top`, 'R', 'wrong'],
        ['y^t - z^t', 'z^t - y^t', 'ambiguous'],
        [tex`\tanh'(a^t)`, tex`\tanh'(b^t)`, 'ambiguous'],
      ),
      right(tex`\frac{\partial L}{\partial R} = \sum_t \delta^t (b^{t-1})^\top`, [
        'b^{t-1}',
        'b^{t}',
        'wrong',
      ]),
      right(
        tex`\frac{\partial y_k^t}{\partial e_j^t} = y_k^t \delta_{kj} - y_k^t y_j^t`,
        ['- y_k^t y_j^t', '+ y_k^t y_j^t'],
        ['y_k^t y_j^t', 'y_k^t y_k^t'],
      ),
      right(
        tex`\frac{\partial L}{\partial y_k^t} = - \frac{z_k^t}{y_k^t}`,
        ['- ', ''],
        [tex`{y_k^t}`, tex`{y_k^{t-1}}`],
      ),
      right(
        tex`\frac{\partial a_i^{t}}{\partial a_j^{t-1}} = R_{ij} (1 - (b_j^{t-1})^2)`,
        ['b_j^{t-1}', 'b_i^{t-1}'],
        ['R_{ij}', 'R_{ji}'],
      ),
      right(
        tex`\frac{\partial L}{\partial x_i^t} = \sum_{h=1}^{H} \frac{\partial L}{\partial a_h^t} W_{hi}`,
        ['W_{hi}', 'W_{ih}'],
        ['a_h^t', 'b_h^t'],
      ),
    ],
  },
  {
    model: 'learned-start',
    entries: [
      right(tex`\frac{\partial L}{\partial o} = p - y`, ['p - y', 'y - p', 'wrong'], ['p - y', 'o - y']),
      right(
        tex`\frac{\partial L}{\partial h_0} = \frac{\partial L}{\partial h_3} \frac{\partial h_3}{\partial h_2} \frac{\partial h_2}{\partial h_1} \frac{\partial h_1}{\partial h_0}`,
        [tex` \frac{\partial h_1}{\partial h_0}`, ''],
        [tex`\frac{\partial h_2}{\partial h_1} `, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial h_0} = W_{hh}^\top \left( (1-h_1^2) \odot \frac{\partial L}{\partial h_1} \right)`,
        [tex`W_{hh}^\top`, 'W_{hh}', 'wrong'],
        ['h_1^2', 'h_0^2', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{hh}} = \sum_{k=1}^{T} \frac{\partial L}{\partial h_T} \left( \prod_{i=k+1}^{T} \frac{\partial h_i}{\partial h_{i-1}} \right) \frac{\partial h_k}{\partial W_{hh}}`,
        ['i=k+1', 'i=k'],
        ['k=1', 'k=2', 'missing'],
        [tex`\frac{\partial L}{\partial h_T}`, tex`\frac{\partial L}{\partial o}`],
      ),
      right(
        tex`\frac{\partial L}{\partial b_h} = \sum_{t=1}^T (1 - h_t^2) \odot \frac{\partial L}{\partial h_t}`,
        [
          tex`\sum_{t=1}^T (1 - h_t^2) \odot \frac{\partial L}{\partial h_t}`,
          tex`(1 - h_T^2) \odot \frac{\partial L}{\partial h_T}`,
        ],
        ['1 - h_t^2', '1 - h_{t-1}^2'],
      ),
      right('dL/db_y = p - y', ['p - y', 'y - p', 'wrong'], ['p - y', 'p']),
      right(
        "dL/dW_hy = (p - y) * h_T'",
        ["h_T'", "h_{T-1}'"],
        ["(p - y) * h_T'", "h_T * (p - y)'", 'ambiguous'],
      ),
      right(
        tex`\frac{\partial L}{\partial h_t} = W_{hh}^\top \mathrm{diag}(1 - h_{t+1}^2) \frac{\partial L}{\partial h_{t+1}}, \quad t < T`,
        ['h_{t+1}^2', 'h_{t}^2', 'wrong'],
        [tex`W_{hh}^\top \mathrm{diag}(1 - h_{t+1}^2)`, tex`\mathrm{diag}(1 - h_{t+1}^2) W_{hh}^\top`],
      ),
      right(
        tex`\frac{\partial L}{\partial h_t} = \left( \prod_{i=t+1}^{T} W_{hh}^\top \mathrm{diag}(1-h_i^2) \right) W_{hy}^\top (p - y)`,
        ['i=t+1', 'i=t'],
        ['p - y', 'y - p'],
        [tex`W_{hh}^\top`, 'W_{hh}'],
      ),
      right(
        'dh_3 = W_hy.T @ (p - y); dh_2 = W_hh.T @ ((1 - h_3**2) * dh_3); dh_1 = W_hh.T @ ((1 - h_2**2) * dh_2); dh_0 = W_hh.T @ ((1 - h_1**2) * dh_1)',
        ['h_2**2', 'h_1**2'],
        ['W_hh.T @ ((1 - h_1', 'W_hh @ ((1 - h_1'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{xh}} = \sum_{t=1}^{T} \left( (1-h_t^2) \odot \frac{\partial L}{\partial h_t} \right) x_t^\top`,
        ['x_t', 'h_t'],
        ['t=1', 't=2'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{hh}} = \sum_{t=1}^{T} \left( (1-h_t^2) \odot \frac{\partial L}{\partial h_t} \right) h_{t-1}^\top`,
        ['t=1', 't=2', 'missing'],
        ['h_{t-1}', 'h_t'],
      ),
      right(
        tex`\frac{\partial L}{\partial h_T} = \frac{\partial L}{\partial o} \frac{\partial o}{\partial h_T}`,
        [tex` \frac{\partial o}{\partial h_T}`, ''],
      ),
      wrong(
        tex`\frac{\partial L}{\partial W_{hh}} = \frac{\partial L}{\partial h_T} \frac{\partial h_T}{\partial h_1} \frac{\partial h_1}{\partial W_{hh}}`,
      ),
    ],
  },
  {
    model: 'mean-loss',
    entries: [
      right(
        tex`\frac{\partial L}{\partial o_t} = \frac{1}{T}(p_t - y_t)`,
        [tex`\frac{1}{T}`, '', 'wrong'],
        ['p_t - y_t', 'y_t - p_t', 'wrong'],
      ),
      right(
        tex`\delta_t = h_t \odot (1 - h_t) \odot \left( \frac1T V^\top (p_t - y_t) + W^\top \delta_{t+1} \right)`,
        [tex`\frac1T `, '', 'wrong'],
        [tex`h_t \odot (1 - h_t)`, tex`(1 - h_t^2)`, 'wrong'],
        [tex`W^\top \delta_{t+1}`, tex`W^\top \delta_{t}`],
      ),
      right(
        tex`\frac{\partial L}{\partial b} = \sum_{t=1}^T \delta_t`,
        ['t=1', 't=2'],
        [tex`\sum_{t=1}^T`, tex`\frac1T \sum_{t=1}^T`],
      ),
      right(tex`\frac{\partial L}{\partial c} = \frac1T \sum_{t=1}^T (p_t - y_t)`, [
        tex`\frac1T \sum`,
        tex`\sum`,
        'wrong',
      ]),
      right(
        tex`\frac{\partial L}{\partial W} = \frac{1}{T} \sum_{t=1}^{T} \frac{\partial \ell_t}{\partial W}`,
        [tex`\frac{1}{T} `, '', 'wrong'],
      ),
      ambiguous(
        tex`\frac{\partial L}{\partial W} = \frac1T \sum_{t=1}^{T} \frac{\partial \ell_t}{\partial o_t} \frac{\partial o_t}{\partial h_t} \frac{\partial h_t}{\partial W}`,
      ),
      right(
        tex`\frac{\partial L}{\partial W} = \frac1T \sum_{t=1}^{T} \sum_{k=1}^{t} \frac{\partial \ell_t}{\partial h_t} \frac{\partial h_t}{\partial h_k} \frac{\partial^+ h_k}{\partial W}`,
        [tex`\frac1T `, ''],
        [tex`^{t}`, tex`^{t-1}`],
      ),
      right(
        tex`\frac{d h_t}{d W} = \frac{\partial h_t}{\partial W} + \frac{\partial h_t}{\partial h_{t-1}} \frac{d h_{t-1}}{d W}`,
        [tex` + \frac{\partial h_t}{\partial h_{t-1}} \frac{d h_{t-1}}{d W}`, ''],
      ),
      right('dL/dV = (1/T) sum_{t=1}^{T} (p_t - y_t) h_t^T', ['(1/T) ', ''], ['h_t^T', 'h_{t-1}^T']),
      right(tex`\frac{\partial L}{\partial W} = \sum_{t=1}^T \frac{\partial L}{\partial a_t} h_{t-1}^\top`, [
        'h_{t-1}',
        'h_t',
        'wrong',
      ]),
      right(
        tex`\frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(h_t \odot (1 - h_t)) W`,
        [tex`h_t \odot (1 - h_t)`, tex`1 - h_t^2`, 'wrong'],
        [tex`h_t \odot (1 - h_t)`, tex`a_t \odot (1 - a_t)`],
      ),
      right(tex`\frac{\partial h_t}{\partial a_t} = \mathrm{diag}(\sigma'(a_t))`, [
        tex`\sigma'(a_t)`,
        tex`\sigma'(h_t)`,
        'ambiguous',
      ]),
      wrong(
        tex`\frac{\partial L}{\partial W} = \frac{1}{T} \sum_{t=1}^{T} \frac{\partial \ell_t}{\partial a_t} h_{t-1}^\top`,
      ),
    ],
  },
  {
    model: 'deep-rnn',
    entries: [
      right(
        tex`\frac{\partial E}{\partial h_3^{(1)}} = \frac{\partial E}{\partial h_3^{(2)}} \frac{\partial h_3^{(2)}}{\partial h_3^{(1)}}`,
        [tex` \frac{\partial h_3^{(2)}}{\partial h_3^{(1)}}`, ''],
      ),
      right(
        tex`\frac{\partial E}{\partial h_t^{(1)}} = \frac{\partial E}{\partial h_t^{(2)}} \frac{\partial h_t^{(2)}}{\partial h_t^{(1)}} + \frac{\partial E}{\partial h_{t+1}^{(1)}} \frac{\partial h_{t+1}^{(1)}}{\partial h_t^{(1)}}`,
        [
          tex` + \frac{\partial E}{\partial h_{t+1}^{(1)}} \frac{\partial h_{t+1}^{(1)}}{\partial h_t^{(1)}}`,
          '',
          'missing',
        ],
        [tex`h_{t+1}^{(1)}}{\partial h_t^{(1)}`, tex`h_{t+1}^{(2)}}{\partial h_t^{(1)}`],
      ),
      right(
        tex`\frac{\partial E}{\partial h_t^{(1)}} = (U^{(2)})^\top \left( (1 - (h_t^{(2)})^2) \odot \frac{\partial E}{\partial h_t^{(2)}} \right) + (W^{(1)})^\top \left( (1 - (h_{t+1}^{(1)})^2) \odot \frac{\partial E}{\partial h_{t+1}^{(1)}} \right)`,
        ['(U^{(2)})', '(W^{(2)})'],
        ['(W^{(1)})', '(W^{(2)})'],
        [tex`(W^{(1)})^\top`, tex`W^{(1)}`],
        [tex`(h_{t+1}^{(1)})^2`, tex`(h_{t}^{(1)})^2`],
      ),
      right(
        tex`\frac{\partial E}{\partial W^{(1)}} = \sum_{t=1}^3 \left( (1 - (h_t^{(1)})^2) \odot \frac{\partial E}{\partial h_t^{(1)}} \right) (h_{t-1}^{(1)})^\top`,
        ['(h_{t-1}^{(1)})', '(h_{t}^{(1)})'],
        ['(h_{t-1}^{(1)})', '(h_{t-1}^{(2)})'],
      ),
      right(
        tex`\frac{\partial E}{\partial U^{(2)}} = \sum_{t=1}^3 \left( (1 - (h_t^{(2)})^2) \odot \frac{\partial E}{\partial h_t^{(2)}} \right) (h_t^{(1)})^\top`,
        [tex`(h_t^{(1)})^\top`, tex`(h_{t-1}^{(1)})^\top`],
        [tex`(h_t^{(1)})^\top`, tex`(h_{t-1}^{(2)})^\top`],
      ),
      right(
        tex`\frac{\partial E}{\partial U^{(1)}} = \sum_{t=1}^3 \left( (1 - (h_t^{(1)})^2) \odot \frac{\partial E}{\partial h_t^{(1)}} \right) x_t^\top`,
        ['x_t', 'x_{t-1}'],
      ),
      right(
        tex`\frac{\partial h_t^{(2)}}{\partial h_t^{(1)}} = \mathrm{diag}(1 - (h_t^{(2)})^2) U^{(2)}`,
        ['(h_t^{(2)})^2', '(h_t^{(1)})^2'],
        ['U^{(2)}', 'W^{(2)}'],
      ),
      right(
        tex`\frac{\partial h_t^{(l)}}{\partial h_{t-1}^{(l)}} = \mathrm{diag}(1 - (h_t^{(l)})^2) W^{(l)}`,
        ['W^{(l)}', 'U^{(l)}'],
        ['W^{(l)}', 'W^{(1)}'],
      ),
      right(
        tex`\frac{\partial E_1}{\partial W^{(1)}} = \frac{\partial E_1}{\partial h_1^{(2)}} \frac{\partial h_1^{(2)}}{\partial h_1^{(1)}} \frac{\partial h_1^{(1)}}{\partial W^{(1)}}`,
        [tex` \frac{\partial h_1^{(2)}}{\partial h_1^{(1)}}`, ''],
      ),
      right(
        tex`\frac{\partial E_2}{\partial W^{(1)}} = \frac{\partial E_2}{\partial h_2^{(2)}} \left[ \frac{\partial h_2^{(2)}}{\partial h_2^{(1)}} \left( \frac{\partial h_2^{(1)}}{\partial W^{(1)}} + \frac{\partial h_2^{(1)}}{\partial h_1^{(1)}} \frac{\partial h_1^{(1)}}{\partial W^{(1)}} \right) + \frac{\partial h_2^{(2)}}{\partial h_1^{(2)}} \frac{\partial h_1^{(2)}}{\partial h_1^{(1)}} \frac{\partial h_1^{(1)}}{\partial W^{(1)}} \right]`,
        [
          tex` + \frac{\partial h_2^{(2)}}{\partial h_1^{(2)}} \frac{\partial h_1^{(2)}}{\partial h_1^{(1)}} \frac{\partial h_1^{(1)}}{\partial W^{(1)}}`,
          '',
          'missing',
        ],
        [tex`\frac{\partial h_2^{(1)}}{\partial W^{(1)}} + `, '', 'missing'],
      ),
      right(
        tex`\frac{\partial E}{\partial V} = \sum_{t=1}^3 (\mathrm{softmax}(V h_t^{(2)}) - y_t) (h_t^{(2)})^\top`,
        ['- y_t', '+ y_t'],
        [tex`(h_t^{(2)})^\top`, tex`(h_t^{(1)})^\top`],
      ),
      right(
        tex`\delta_t^{(2)} = V^\top (\mathrm{softmax}(V h_t^{(2)}) - y_t) + (W^{(2)})^\top \left( (1 - (h_{t+1}^{(2)})^2) \odot \delta_{t+1}^{(2)} \right)`,
        ['W^{(2)}', 'U^{(2)}'],
        [tex`h_{t+1}^{(2)})^2`, tex`h_{t}^{(2)})^2`],
      ),
    ],
  },
  {
    model: 'bidirectional-rnn',
    entries: [
      right(
        tex`\frac{\partial L}{\partial f_t} = V^\top (o_t - y_t) + W^\top \left( (1 - f_{t+1}^2) \odot \frac{\partial L}{\partial f_{t+1}} \right)`,
        ['f_{t+1}^2', 'f_t^2', 'wrong'],
        [tex`W^\top`, 'W', 'wrong'],
        [tex`V^\top`, tex`C^\top`],
      ),
      right(
        tex`\frac{\partial L}{\partial b_t} = C^\top (o_t - y_t) + B^\top \left( (1 - b_{t-1}^2) \odot \frac{\partial L}{\partial b_{t-1}} \right), \quad t > 1`,
        [
          tex`(1 - b_{t-1}^2) \odot \frac{\partial L}{\partial b_{t-1}}`,
          tex`(1 - b_{t+1}^2) \odot \frac{\partial L}{\partial b_{t+1}}`,
          'wrong',
        ],
        [tex`B^\top`, 'B', 'wrong'],
      ),
      right(tex`\frac{\partial L}{\partial b_1} = C^\top (o_1 - y_1)`, ['o_1 - y_1', 'o_2 - y_2']),
      right(
        tex`\frac{\partial L}{\partial B} = \sum_{t=1}^3 \left( (1 - b_t^2) \odot \frac{\partial L}{\partial b_t} \right) b_{t+1}^\top`,
        ['b_{t+1}', 'b_{t-1}'],
        ['b_{t+1}', 'b_{t}'],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = \sum_{t=1}^3 \left( (1 - f_t^2) \odot \frac{\partial L}{\partial f_t} \right) f_{t-1}^\top`,
        ['f_{t-1}', 'f_{t+1}'],
        ['f_{t-1}', 'f_{t}'],
      ),
      right('∂L/∂V = Σ_t (o_t − y_t) f_tᵀ', ['f_t', 'b_t'], ['o_t − y_t', 'y_t − o_t', 'wrong']),
      right('∂L/∂C = Σ_t (o_t − y_t) b_tᵀ', ['b_tᵀ', 'b_{t+1}ᵀ']),
      right(
        tex`\frac{\partial b_t}{\partial b_{t+1}} = \mathrm{diag}(1 - b_t^2) B`,
        ['b_t^2', 'b_{t+1}^2'],
        [tex`\mathrm{diag}(1 - b_t^2) B`, tex`B \mathrm{diag}(1 - b_t^2)`],
      ),
      right(
        tex`\frac{\partial L}{\partial b_3} = \frac{\partial L}{\partial o_3} \frac{\partial o_3}{\partial b_3} + \frac{\partial L}{\partial o_2} \frac{\partial o_2}{\partial b_2} \frac{\partial b_2}{\partial b_3} + \frac{\partial L}{\partial o_1} \frac{\partial o_1}{\partial b_1} \frac{\partial b_1}{\partial b_2} \frac{\partial b_2}{\partial b_3}`,
        [
          tex` + \frac{\partial L}{\partial o_1} \frac{\partial o_1}{\partial b_1} \frac{\partial b_1}{\partial b_2} \frac{\partial b_2}{\partial b_3}`,
          '',
          'missing',
        ],
        [tex`\frac{\partial b_2}{\partial b_3} +`, tex`\frac{\partial b_3}{\partial b_2} +`],
      ),
      right(
        tex`\frac{\partial L}{\partial A} = \sum_{t=1}^{3} \mathrm{diag}(1 - b_t^2) \frac{\partial L}{\partial b_t} x_t^\top`,
        ['1 - b_t^2', '1 - f_t^2'],
      ),
      right(
        tex`\frac{\partial L}{\partial x_t} = U^\top \left( (1 - f_t^2) \odot \frac{\partial L}{\partial f_t} \right) + A^\top \left( (1 - b_t^2) \odot \frac{\partial L}{\partial b_t} \right)`,
        [tex` + A^\top \left( (1 - b_t^2) \odot \frac{\partial L}{\partial b_t} \right)`, '', 'missing'],
      ),
      right('dL/do_t = o_t - y_t', ['o_t - y_t', '2 (o_t - y_t)', 'wrong']),
    ],
  },
  {
    model: 'lstm',
    entries: [
      right(
        tex`dc_t = dh_t \odot o_t \odot (1 - \tanh^2(c_t)) + dc_{t+1} \odot f_{t+1}`,
        [tex` + dc_{t+1} \odot f_{t+1}`, '', 'missing'],
        ['f_{t+1}', 'f_{t}', 'wrong'],
        [tex`\tanh^2(c_t)`, 'h_t^2', 'wrong'],
        [tex`\odot o_t `, ''],
      ),
      right(
        tex`do_t = dh_t \odot \tanh(c_t)`,
        [tex`\tanh(c_t)`, 'c_t', 'wrong'],
        ['c_t)', 'c_{t-1})', 'wrong'],
      ),
      right(tex`di_t = dc_t \odot g_t`, ['g_t', 'i_t', 'wrong']),
      right(tex`dg_t = dc_t \odot i_t`, ['i_t', 'g_t', 'wrong']),
      right(tex`df_t = dc_t \odot c_{t-1}`, ['c_{t-1}', 'f_{t}', 'wrong']),
      right(
        tex`\delta h_{t-1} = U_i^\top \delta zi_t + U_f^\top \delta zf_t + U_o^\top \delta zo_t + U_g^\top \delta zg_t + (h_{t-1} - y_{t-1})`,
        [tex`U_f^\top \delta zf_t + `, '', 'missing'],
        [tex`U_o^\top`, tex`U_o`, 'wrong'],
        [tex` + (h_{t-1} - y_{t-1})`, '', 'missing'],
        [tex`\delta zi_t`, tex`\delta i_t`],
      ),
      right(
        tex`\frac{\partial L}{\partial U_f} = \sum_{t=1}^{3} \frac{\partial L}{\partial zf_t} h_{t-1}^\top`,
        ['h_{t-1}', 'h_t', 'wrong'],
        ['zf_t', 'f_t', 'wrong'],
        ['t=1', 't=2', 'missing'],
      ),
      right(
        tex`\frac{\partial L}{\partial b_o} = \sum_{t=1}^{3} \frac{\partial L}{\partial zo_t}`,
        [tex`\sum_{t=1}^{3} `, ''],
        ['zo_t', 'o_t'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_g} = \sum_{t=1}^{3} \left( \frac{\partial L}{\partial c_t} \odot i_t \odot (1 - g_t^2) \right) x_t^\top`,
        ['1 - g_t^2', 'g_t (1 - g_t)', 'wrong'],
        [tex`\odot i_t`, tex`\odot f_t`, 'wrong'],
      ),
      right(
        "dzo_t = dh_t .* tanh(c_t) .* o_t .* (1 - o_t); dW_o = sum_t dzo_t * x_t'",
        ['(1 - o_t)', '(1 - o_t.^2)', 'wrong'],
        ["x_t'", "h_t'"],
      ),
      right(tex`dzg_t = dg_t \odot (1 - g_t^2)`, ['1 - g_t^2', '1 - zg_t^2', 'wrong'], ['dg_t', 'dc_t']),
      right(
        tex`\frac{\partial L}{\partial c_{t}} = \frac{\partial L}{\partial h_t} \odot o_t \odot \tanh'(c_t) + \frac{\partial L}{\partial c_{t+1}} \odot f_{t+1}`,
        [tex`\tanh'(c_t)`, tex`\tanh'(h_t)`, 'wrong'],
        [
          tex`\frac{\partial L}{\partial c_{t+1}} \odot f_{t+1}`,
          tex`\frac{\partial L}{\partial c_{t+1}} \odot i_{t+1}`,
          'wrong',
        ],
      ),
      ambiguous(tex`\frac{\partial c_t}{\partial c_{t-1}} = f_t`, ['= f_t', '= i_t']),
      ambiguous(tex`\frac{\partial c_t}{\partial c_{t-1}} = \mathrm{diag}(f_t)`),
      right(tex`\frac{\partial h_t}{\partial o_t} = \mathrm{diag}(\tanh(c_t))`, [
        tex`\tanh(c_t)`,
        tex`1 - \tanh^2(c_t)`,
      ]),
      right(
        'dc_t = dh_t * o_t * (1 - tanh(c_t)**2) + dc_{t+1} * f_{t+1}\ndf_t = dc_t * c_{t-1}\ndi_t = dc_t * g_t\ndg_t = dc_t * i_t\ndU_f = sum_t np.outer(df_t * f_t * (1 - f_t), h_{t-1})',
        ['df_t = dc_t * c_{t-1}', 'df_t = dc_t * c_{t}', 'wrong'],
        ['h_{t-1})', 'h_{t})', 'wrong'],
        ['di_t = dc_t * g_t', 'di_t = dc_t * i_t', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial zi_t} = \frac{\partial L}{\partial c_t} \frac{\partial c_t}{\partial i_t} \frac{\partial i_t}{\partial zi_t}`,
        [tex` \frac{\partial i_t}{\partial zi_t}`, ''],
        [tex`\frac{\partial c_t}{\partial i_t}`, tex`\frac{\partial c_t}{\partial g_t}`],
      ),
      wrong(tex`dh_{t-1} = U_f^\top dzf_t`),
    ],
  },
  {
    model: 'peephole-lstm',
    entries: [
      right(
        tex`\frac{\partial L}{\partial p_o} = \sum_{t=1}^{3} \frac{\partial L}{\partial o_t} \odot o_t \odot (1 - o_t) \odot c_t`,
        [tex`\odot c_t`, tex`\odot c_{t-1}`, 'wrong'],
        ['(1 - o_t)', '(1 + o_t)', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial p_f} = \sum_{t=1}^{3} \frac{\partial L}{\partial f_t} \odot f_t \odot (1 - f_t) \odot c_{t-1}`,
        ['c_{t-1}', 'c_t', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial p_i} = \sum_{t=1}^{3} \frac{\partial L}{\partial i_t} \odot i_t \odot (1 - i_t) \odot c_{t-1}`,
        ['c_{t-1}', 'h_{t-1}', 'wrong'],
        [tex`\sum_{t=1}^{3} `, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial c_t} = \frac{\partial L}{\partial h_t} \odot o_t \odot (1 - \tanh^2(c_t)) + p_o \odot \frac{\partial L}{\partial o_t} \odot o_t \odot (1 - o_t) + \frac{\partial L}{\partial c_{t+1}} \odot f_{t+1} + p_i \odot \frac{\partial L}{\partial i_{t+1}} \odot i_{t+1} \odot (1 - i_{t+1}) + p_f \odot \frac{\partial L}{\partial f_{t+1}} \odot f_{t+1} \odot (1 - f_{t+1})`,
        [tex` + p_o \odot \frac{\partial L}{\partial o_t} \odot o_t \odot (1 - o_t)`, '', 'missing'],
        [
          tex` + p_f \odot \frac{\partial L}{\partial f_{t+1}} \odot f_{t+1} \odot (1 - f_{t+1})`,
          '',
          'missing',
        ],
        [
          tex`\frac{\partial L}{\partial i_{t+1}} \odot i_{t+1} \odot (1 - i_{t+1})`,
          tex`\frac{\partial L}{\partial i_{t}} \odot i_{t} \odot (1 - i_{t})`,
        ],
        [
          tex`p_i \odot \frac{\partial L}{\partial i_{t+1}}`,
          tex`p_f \odot \frac{\partial L}{\partial i_{t+1}}`,
          'wrong',
        ],
      ),
      right(tex`\frac{\partial L}{\partial o_t} = \frac{\partial L}{\partial h_t} \odot \tanh(c_t)`, [
        tex`\tanh(c_t)`,
        'c_t',
        'wrong',
      ]),
      right(tex`\frac{\partial L}{\partial f_t} = \frac{\partial L}{\partial c_t} \odot c_{t-1}`, [
        'c_{t-1}',
        'c_t',
        'wrong',
      ]),
      right(
        tex`\frac{\partial L}{\partial U_o} = \sum_{t=1}^{3} \left( \frac{\partial L}{\partial o_t} \odot o_t \odot (1 - o_t) \right) h_{t-1}^\top`,
        ['h_{t-1}', 'h_t', 'wrong'],
        ['h_{t-1}', 'c_{t-1}', 'wrong'],
      ),
      right('dp_o = sum_t do_t .* o_t .* (1 - o_t) .* c_t', ['c_t', 'c_{t-1}', 'wrong'], ['o_t .* (1', '(1']),
      right(
        'do_t = dh_t * tanh(c_t); di_t = dc_t * tanh(W_c x_t + U_c h_{t-1} + b_c); df_t = dc_t * c_{t-1}',
        ['h_{t-1} + b_c', 'h_{t} + b_c', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial b_f} = \sum_t \frac{\partial L}{\partial c_t} \odot c_{t-1} \odot f_t \odot (1 - f_t)`,
        ['c_{t-1}', 'h_{t-1}', 'wrong'],
      ),
      right(tex`\frac{\partial L}{\partial h_3} = h_3 - y_3`, ['h_3 - y_3', 'y_3 - h_3', 'wrong']),
      wrong(
        tex`\frac{\partial L}{\partial c_t} = \frac{\partial L}{\partial h_t} \odot o_t \odot (1 - \tanh^2(c_t)) + \frac{\partial L}{\partial c_{t+1}} \odot f_{t+1}`,
      ),
    ],
  },
  {
    model: 'coupled-lstm',
    entries: [
      right(
        tex`\frac{\partial L}{\partial f^t} = \frac{\partial L}{\partial c^t} \odot (c^{t-1} - g^t)`,
        ['c^{t-1} - g^t', 'g^t - c^{t-1}', 'wrong'],
        [' - g^t', '', 'missing'],
        ['c^{t-1}', 'c^{t}', 'wrong'],
      ),
      right(tex`\frac{\partial L}{\partial g^t} = \frac{\partial L}{\partial c^t} \odot (1 - f^t)`, [
        '(1 - f^t)',
        'f^t',
      ]),
      right(
        tex`\delta c^t = \delta h^t \odot o^t \odot (1 - \tanh^2(c^t)) + \delta c^{t+1} \odot f^{t+1}`,
        ['f^{t+1}', '(1 - f^{t+1})', 'wrong'],
        ['f^{t+1}', 'f^{t}', 'wrong'],
      ),
      right(tex`\delta o^t = \delta h^t \odot \tanh(c^t)`, [tex`\tanh(c^t)`, tex`c^t`]),
      right(
        tex`\frac{\partial L}{\partial R_f} = \sum_t \left( \frac{\partial L}{\partial f^t} \odot f^t \odot (1 - f^t) \right) (h^{t-1})^\top`,
        ['h^{t-1}', 'h^{t}', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_g} = \sum_t \left( \frac{\partial L}{\partial g^t} \odot (1 - (g^t)^2) \right) (x^t)^\top`,
        ['(g^t)^2', 'g^t'],
        ['x^t', 'x^{t-1}'],
      ),
      right(
        tex`\frac{\partial L}{\partial b_o} = \sum_{t=1}^{T} \frac{\partial L}{\partial h^t} \odot \tanh(c^t) \odot o^t \odot (1 - o^t)`,
        ['(1 - o^t)', '(1 - (o^t)^2)', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial h^{t}} = (h^t - y^t) + R_f^\top \left(\frac{\partial L}{\partial f^{t+1}} \odot f^{t+1} \odot (1 - f^{t+1})\right) + R_o^\top \left(\frac{\partial L}{\partial o^{t+1}} \odot o^{t+1} \odot (1 - o^{t+1})\right) + R_g^\top \left(\frac{\partial L}{\partial g^{t+1}} \odot (1 - (g^{t+1})^2)\right)`,
        ['(h^t - y^t) + ', '', 'missing'],
        [tex`R_o^\top`, tex`R_o`, 'wrong'],
        [tex`R_g^\top`, tex`R_f^\top`, 'wrong'],
      ),
      ambiguous(tex`\frac{\partial c^t}{\partial c^{t-1}} = \mathrm{diag}(f^t)`),
      right(
        tex`\delta_o^t = \delta h^t \odot \tanh(c^t) \odot \sigma'(W_o x^t + R_o h^{t-1} + b_o), \quad \frac{\partial L}{\partial W_o} = \sum_{t=1}^T \langle \delta_o^t, x^t \rangle`,
        [tex`\tanh(c^t)`, 'c^t', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial R_o} = \sum_{t=0}^{T-1} \langle \delta_o^{t+1}, h^{t} \rangle, \quad \delta_o^t = \frac{\partial L}{\partial o^t} \odot o^t \odot (1 - o^t)`,
        ['h^{t} ', 'h^{t+1} '],
      ),
      right("dL/dc^t = dL/dh^t ⊙ o^t ⊙ tanh'(c^t) + dL/dc^{t+1} ⊙ f^{t+1}", [' ⊙ o^t', '']),
    ],
  },
  {
    model: 'colah-lstm',
    entries: [
      right(
        tex`\frac{\partial L}{\partial C_t} = \frac{\partial L}{\partial h_t} * o_t * (1 - \tanh^2(C_t)) + \frac{\partial L}{\partial C_{t+1}} * f_{t+1}`,
        ['f_{t+1}', 'f_t', 'wrong'],
        [tex`\tanh^2(C_t)`, tex`C_t^2`, 'wrong'],
      ),
      right(tex`\frac{\partial L}{\partial \tilde C_t} = \frac{\partial L}{\partial C_t} * i_t`, [
        '* i_t',
        '* f_t',
        'wrong',
      ]),
      right(tex`\frac{\partial L}{\partial f_t} = \frac{\partial L}{\partial C_t} * C_{t-1}`, [
        'C_{t-1}',
        tex`\tilde C_t`,
        'wrong',
      ]),
      right(
        tex`\frac{\partial L}{\partial W_f} = \sum_t \left( \frac{\partial L}{\partial f_t} \odot f_t \odot (1 - f_t) \right) [h_{t-1}, x_t]^\top`,
        ['[h_{t-1}, x_t]', '[x_t, h_{t-1}]'],
        ['[h_{t-1}, x_t]', '[h_{t}, x_t]'],
        [tex`\odot (1 - f_t)`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial b_C} = \sum_{t=1}^{T} \frac{\partial L}{\partial \tilde C_t} \odot (1 - \tilde C_t^2)`,
        [tex`1 - \tilde C_t^2`, tex`1 - C_t^2`, 'wrong'],
      ),
      right(tex`\frac{\partial L}{\partial h_T} = h_T - y`, ['h_T - y', 'y - h_T', 'wrong']),
      right(tex`\frac{\partial L}{\partial C_T} = (h_T - y) \odot o_T \odot (1 - \tanh^2(C_T))`, [
        tex`\odot o_T`,
        tex`\odot i_T`,
      ]),
      right(tex`\frac{\partial L}{\partial o_t} = \frac{\partial L}{\partial h_t} \odot \tanh(C_t)`, [
        tex`\tanh(C_t)`,
        'C_t',
      ]),
      right(tex`\frac{\partial L}{\partial i_t} = \frac{\partial L}{\partial C_t} \odot \tilde{C}_t`, [
        tex`\tilde{C}_t`,
        'C_t',
      ]),
      right('dW_o = sum_t (do_t * o_t * (1 - o_t)) @ [h_{t-1}, x_t].T', ['h_{t-1}', 'h_t']),
    ],
  },
  {
    model: 'gru',
    entries: [
      right(tex`d\tilde h_t = dh_t \odot z_t`, ['z_t', '(1 - z_t)', 'wrong']),
      right(
        tex`dz_t = dh_t \odot (\tilde h_t - h_{t-1})`,
        [tex`\tilde h_t - h_{t-1}`, tex`h_{t-1} - \tilde h_t`, 'wrong'],
        [tex`- h_{t-1}`, tex`- h_{t}`, 'wrong'],
      ),
      right(
        tex`dr_t = h_{t-1} \odot U_h^\top (d\tilde h_t \odot (1 - \tilde h_t^2))`,
        [tex`U_h^\top`, 'U_h', 'wrong'],
        [tex`h_{t-1} \odot`, '', 'wrong'],
        [tex`1 - \tilde h_t^2`, tex`1 - h_t^2`, 'wrong'],
      ),
      right(
        tex`dh_{t-1} = dh_t \odot (1-z_t) + r_t \odot \left(U_h^\top(d\tilde h_t \odot (1-\tilde h_t^2))\right) + U_z^\top(dz_t \odot z_t \odot (1-z_t)) + U_r^\top(dr_t \odot r_t \odot (1-r_t)) + (h_{t-1}-y_{t-1})`,
        [tex`dh_t \odot (1-z_t) + `, '', 'missing'],
        [tex`U_r^\top(dr_t`, tex`U_r^\top(dz_t`],
        [
          tex`r_t \odot \left(U_h^\top(d\tilde h_t \odot (1-\tilde h_t^2))\right)`,
          tex`U_h^\top(d\tilde h_t \odot (1-\tilde h_t^2))`,
          'wrong',
        ],
        [tex`\odot (1-z_t) + r`, tex`\odot z_t + r`, 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial U_h} = \sum_{t=1}^{3} \left( \frac{\partial L}{\partial \tilde h_t} \odot (1 - \tilde h_t^2) \right) (r_t \odot h_{t-1})^\top`,
        [tex`(r_t \odot h_{t-1})`, tex`h_{t-1}`, 'wrong'],
        ['t=1', 't=2', 'missing'],
      ),
      right(
        tex`\frac{\partial L}{\partial U_z} = \sum_{t=1}^{3} \left( \frac{\partial L}{\partial z_t} \odot z_t \odot (1 - z_t) \right) h_{t-1}^\top`,
        ['h_{t-1}', 'h_t', 'wrong'],
        [tex`\odot z_t \odot (1 - z_t)`, tex`\odot (1 - z_t^2)`, 'wrong'],
      ),
      right(
        "dW_r = sum_t (dr_t .* r_t .* (1 - r_t)) * x_t'",
        ['r_t .* (1 - r_t)', '(1 - r_t.^2)', 'wrong'],
        ["x_t'", 'x_t'],
      ),
      right(
        tex`\frac{\partial L}{\partial b_h} = \sum_t \frac{\partial L}{\partial \tilde h_t} \odot (1 - \tilde h_t \odot \tilde h_t)`,
        [tex`\tilde h_t \odot \tilde h_t`, tex`\tilde h_t`],
      ),
      right(tex`\frac{\partial L}{\partial h_3} = h_3 - y_3`, ['h_3 - y_3', 'y_3 - h_3', 'wrong']),
      ambiguous(tex`\frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(1 - z_t)`, ['1 - z_t', 'z_t']),
      right(
        tex`\frac{\partial L}{\partial z_t} = \frac{\partial L}{\partial h_t} \frac{\partial h_t}{\partial z_t}`,
        [tex`\frac{\partial h_t}{\partial z_t}`, tex`\frac{\partial h_t}{\partial r_t}`],
      ),
      right(
        tex`\frac{\partial h_t}{\partial h_{t-1}} = \frac{\partial^+ h_t}{\partial h_{t-1}} + \frac{\partial h_t}{\partial z_t} \frac{\partial z_t}{\partial h_{t-1}} + \frac{\partial h_t}{\partial \tilde h_t} \frac{\partial^+ \tilde h_t}{\partial h_{t-1}} + \frac{\partial h_t}{\partial \tilde h_t} \frac{\partial \tilde h_t}{\partial r_t} \frac{\partial r_t}{\partial h_{t-1}}`,
        [
          tex` + \frac{\partial h_t}{\partial \tilde h_t} \frac{\partial \tilde h_t}{\partial r_t} \frac{\partial r_t}{\partial h_{t-1}}`,
          '',
          'missing',
        ],
        [tex`\frac{\partial h_t}{\partial z_t} \frac{\partial z_t}{\partial h_{t-1}} + `, '', 'missing'],
      ),
    ],
  },
  {
    model: 'gru-cho',
    entries: [
      right(
        tex`\frac{\partial L}{\partial z^{<t>}} = \frac{\partial L}{\partial h^{<t>}} \odot (h^{<t-1>} - \tilde h^{<t>})`,
        [tex`h^{<t-1>} - \tilde h^{<t>}`, tex`\tilde h^{<t>} - h^{<t-1>}`, 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial \tilde h^{<t>}} = \frac{\partial L}{\partial h^{<t>}} \odot (1 - z^{<t>})`,
        ['(1 - z^{<t>})', 'z^{<t>}', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial U} = \sum_{t=1}^3 \left( \frac{\partial L}{\partial \tilde h^{<t>}} \odot (1 - (\tilde h^{<t>})^2) \right) (r^{<t>} \odot h^{<t-1>})^\top`,
        [tex`(r^{<t>} \odot h^{<t-1>})`, tex`(h^{<t-1>})`, 'wrong'],
        [tex`(\tilde h^{<t>})^2`, tex`(h^{<t>})^2`, 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_z} = \sum_{t=1}^3 \left( \frac{\partial L}{\partial z^{<t>}} \odot z^{<t>} \odot (1 - z^{<t>}) \right) (x^{<t>})^\top`,
        [tex`(x^{<t>})`, tex`(h^{<t>})`],
      ),
      right(
        tex`\frac{\partial L}{\partial r^{<t>}} = h^{<t-1>} \odot U^\top \left( \frac{\partial L}{\partial \tilde h^{<t>}} \odot (1 - (\tilde h^{<t>})^2) \right)`,
        [tex`U^\top`, 'U', 'wrong'],
        ['h^{<t-1>}', 'h^{<t>}', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial h^{<t-1>}} = \frac{\partial L}{\partial h^{<t>}} \odot z^{<t>} + U_z^\top \left( \frac{\partial L}{\partial z^{<t>}} \odot z^{<t>} \odot (1 - z^{<t>}) \right) + U_r^\top \left( \frac{\partial L}{\partial r^{<t>}} \odot r^{<t>} \odot (1 - r^{<t>}) \right) + r^{<t>} \odot U^\top \left( \frac{\partial L}{\partial \tilde h^{<t>}} \odot (1 - (\tilde h^{<t>})^2) \right)`,
        [tex`\odot z^{<t>} + U_z`, tex`\odot (1 - z^{<t>}) + U_z`, 'wrong'],
        [tex`+ r^{<t>} \odot U^\top`, tex`+ U^\top`, 'wrong'],
        [tex`U_z^\top`, 'U_z', 'wrong'],
      ),
      right(tex`\frac{\partial L}{\partial h^{<3>}} = \mathrm{softmax}(h^{<3>}) - y`, [
        '- y',
        '+ y',
        'wrong',
      ]),
    ],
  },
  {
    model: 'gru-reset-after',
    entries: [
      right(tex`\frac{\partial L}{\partial n_t} = \frac{\partial L}{\partial h_t} \odot (1 - z_t)`, [
        '(1 - z_t)',
        'z_t',
        'wrong',
      ]),
      right(tex`\frac{\partial L}{\partial z_t} = \frac{\partial L}{\partial h_t} \odot (h_{t-1} - n_t)`, [
        'h_{t-1} - n_t',
        'n_t - h_{t-1}',
        'wrong',
      ]),
      right(
        tex`\frac{\partial L}{\partial r_t} = \frac{\partial L}{\partial n_t} \odot (1 - n_t^2) \odot (W_{hn} h_{t-1} + b_{hn})`,
        [' + b_{hn}', ''],
        ['W_{hn}', 'W_{hr}', 'wrong'],
        ['1 - n_t^2', 'n_t (1 - n_t)', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{hn}} = \sum_t \left( \frac{\partial L}{\partial n_t} \odot (1 - n_t^2) \odot r_t \right) h_{t-1}^\top`,
        [tex` \odot r_t `, ' ', 'wrong'],
        ['h_{t-1}', 'h_t', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial b_{in}} = \sum_t \frac{\partial L}{\partial n_t} \odot (1 - n_t^2)`,
        ['n_t^2', 'n_t'],
      ),
      right(
        tex`\frac{\partial L}{\partial b_{hn}} = \sum_t \frac{\partial L}{\partial n_t} \odot (1 - n_t^2) \odot r_t`,
        [tex` \odot r_t`, '', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{hz}} = \sum_t \left( \frac{\partial L}{\partial z_t} \odot z_t \odot (1 - z_t) \right) h_{t-1}^\top`,
        [tex`z_t \odot (1 - z_t)`, tex`z_t \odot (1 + z_t)`],
      ),
      right(
        tex`\frac{\partial L}{\partial h_{t-1}} = (h_{t-1} - y_{t-1}) + z_t \odot \frac{\partial L}{\partial h_t} + W_{hz}^\top \left( \frac{\partial L}{\partial z_t} \odot z_t \odot (1 - z_t) \right) + W_{hr}^\top \left( \frac{\partial L}{\partial r_t} \odot r_t \odot (1 - r_t) \right) + W_{hn}^\top \left( r_t \odot (1 - n_t^2) \odot \frac{\partial L}{\partial n_t} \right)`,
        [
          tex`W_{hn}^\top \left( r_t \odot (1 - n_t^2) \odot \frac{\partial L}{\partial n_t} \right)`,
          tex`r_t \odot W_{hn}^\top \left( (1 - n_t^2) \odot \frac{\partial L}{\partial n_t} \right)`,
          'wrong',
        ],
        [
          tex`z_t \odot \frac{\partial L}{\partial h_t}`,
          tex`(1 - z_t) \odot \frac{\partial L}{\partial h_t}`,
          'wrong',
        ],
      ),
      right('dW_ir = sum_t np.outer(dr_t * r_t * (1 - r_t), x_t)', ['x_t', 'h_{t-1}']),
    ],
  },
  {
    model: 'char-rnn',
    entries: [
      right(
        'dy = ps[t] - ts[t]\ndWhy += np.dot(dy, hs[t].T)\ndby += dy\ndh = np.dot(Why.T, dy) + dhnext\ndhraw = (1 - hs[t] * hs[t]) * dh\ndbh += dhraw\ndWxh += np.dot(dhraw, xs[t].T)\ndWhh += np.dot(dhraw, hs[t-1].T)\ndhnext = np.dot(Whh.T, dhraw)',
        ['hs[t-1].T', 'hs[t].T', 'wrong'],
        ['Why.T, dy', 'Why, dy'],
        ['1 - hs[t] * hs[t]', '1 - hs[t]', 'wrong'],
        ['Whh.T', 'Whh', 'wrong'],
        [' + dhnext', '', 'missing'],
        ['ps[t] - ts[t]', 'ts[t] - ps[t]', 'wrong'],
      ),
      right("dWhy = sum_t (ps_t - ts_t) * hs_t'", ["hs_t'", "hs_{t-1}'", 'wrong']),
      right('dby = sum_t (ps_t - ts_t)', ['sum_t ', '']),
      right(
        tex`\frac{\partial loss}{\partial hs_t} = Why^\top (ps_t - ts_t) + Whh^\top \left( (1 - hs_{t+1}^2) \odot \frac{\partial loss}{\partial hs_{t+1}} \right)`,
        ['hs_{t+1}^2', 'hs_t^2', 'wrong'],
      ),
      right(
        tex`\frac{\partial loss}{\partial Wxh} = \sum_t \left( (1 - hs_t^2) \odot \frac{\partial loss}{\partial hs_t} \right) xs_t^\top`,
        ['xs_t', 'hs_t'],
      ),
      right('dloss/dys[t] = ps[t] - ts[t]', ['ps[t] - ts[t]', 'ps[t]']),
    ],
  },
  // δa_t is by the gate or by the argument of its tanh: nothing says which
  {
    model: 'gomez',
    entries: [
      right(
        tex`\delta state_t = \delta out_t \odot o_t \odot (1 - \tanh^2(state_t)) + \delta state_{t+1} \odot f_{t+1}`,
        ['f_{t+1}', 'f_t', 'wrong'],
        [tex`\tanh^2(state_t)`, 'state_t^2', 'wrong'],
        [tex` + \delta state_{t+1} \odot f_{t+1}`, '', 'missing'],
      ),
      ambiguous(tex`\delta a_t = \delta state_t \odot i_t \odot (1 - a_t^2)`),
      ambiguous(tex`\delta i_t = \delta state_t \odot a_t \odot i_t \odot (1 - i_t)`),
      ambiguous(tex`\delta f_t = \delta state_t \odot state_{t-1} \odot f_t \odot (1 - f_t)`),
      ambiguous(tex`\delta o_t = \delta out_t \odot \tanh(state_t) \odot o_t \odot (1 - o_t)`),
      right(
        tex`\frac{\partial E}{\partial state_t} = \frac{\partial E}{\partial out_t} \odot o_t \odot (1 - \tanh^2(state_t)) + \frac{\partial E}{\partial state_{t+1}} \odot f_{t+1}`,
        ['f_{t+1}', 'i_{t+1}', 'wrong'],
      ),
      ambiguous(
        tex`\delta U_f = \sum_{t=0}^{T-1} \delta f_{t+1} \otimes out_t, \quad \delta f_t = \delta state_t \odot state_{t-1} \odot f_t \odot (1 - f_t)`,
      ),
      right(
        tex`\frac{\partial E}{\partial U_i} = \sum_{t=1}^{T} \left( \frac{\partial E}{\partial i_t} \odot i_t \odot (1 - i_t) \right) out_{t-1}^T`,
        ['out_{t-1}', 'out_t', 'wrong'],
      ),
      right(
        tex`\frac{\partial E}{\partial b_a} = \sum_{t=1}^T \frac{\partial E}{\partial a_t} \odot (1 - a_t^2)`,
        ['1 - a_t^2', '1 - a_t', 'wrong'],
      ),
    ],
  },
  {
    model: 'mallya',
    entries: [
      right(tex`\delta o^t = \delta h^t \odot \tanh(c^t)`, [tex`\tanh(c^t)`, 'c^t', 'wrong']),
      right(
        tex`\delta c^t = \delta h^t \odot o^t \odot (1 - \tanh^2(c^t)) + \delta c^{t+1} \odot f^{t+1}`,
        ['f^{t+1}', 'f^{t}', 'wrong'],
        [tex`\odot o^t`, ''],
      ),
      right(tex`\delta i^t = \delta c^t \odot a^t`, ['a^t', 'f^t', 'wrong']),
      right(tex`\delta f^t = \delta c^t \odot c^{t-1}`, ['c^{t-1}', 'c^{t}', 'wrong']),
      right(
        tex`\delta c^{t-1} = \delta c^t \odot f^t + \delta h^{t-1} \odot o^{t-1} \odot (1 - \tanh^2(c^{t-1}))`,
        [tex`\odot f^t`, tex`\odot f^{t-1}`, 'wrong'],
      ),
      right(tex`\delta \hat a^t = \delta a^t \odot (1 - \tanh^2(\hat a^t))`, [
        tex`\tanh^2(\hat a^t)`,
        tex`\tanh^2(a^t)`,
        'wrong',
      ]),
      right(tex`\delta \hat i^t = \delta i^t \odot i^t \odot (1 - i^t)`, [
        '(1 - i^t)',
        '(1 - (i^t)^2)',
        'wrong',
      ]),
      right(
        tex`\frac{\partial E}{\partial o_i^t} = \frac{\partial E}{\partial h_i^t} \cdot \frac{\partial h_i^t}{\partial o_i^t} = \delta h_i^t \cdot \tanh(c_i^t)`,
        [tex`\tanh(c_i^t)`, tex`\tanh(c_i^{t-1})`],
      ),
      right(
        tex`\delta h^{t-1} = U_c^T \delta \hat a^t + U_i^T \delta \hat i^t + U_f^T \delta \hat f^t + U_o^T \delta \hat o^t + h^{t-1} - y^{t-1}`,
        [tex`U_o^T \delta \hat o^t`, tex`U_o^T \delta o^t`, 'wrong'],
        [tex`U_c^T \delta \hat a^t + `, '', 'missing'],
      ),
      right(tex`\delta U_f = \sum_{t=1}^{T} \delta \hat f^t \times (h^{t-1})^T`, [
        'h^{t-1}',
        'h^{t}',
        'wrong',
      ]),
      right(tex`\delta W_o = \sum_t \delta \hat o^t (x^t)^T`, ['x^t', 'x^{t-1}']),
    ],
  },
  {
    model: 'scalar-lstm',
    entries: [
      ambiguous(tex`\frac{\partial c_t}{\partial c_{t-1}} = f_t`),
      right(
        tex`\frac{d c_t}{d c_{t-1}} = f_t + (c_{t-1} - \tanh(u x_t)) f_t (1 - f_t) v (1 - h_{t-1}^2)`,
        [tex`- \tanh(u x_t)`, ''],
        ['(1 - h_{t-1}^2)', '(1 - h_{t}^2)'],
        [' v', ''],
      ),
      right(tex`\frac{\partial h_t}{\partial c_t} = 1 - h_t^2`, ['h_t^2', 'c_t^2']),
      right(
        'dh_1/du = (1 - h_1^2) (1 - f_1) (1 - tanh(u x_1)^2) x_1',
        ['(1 - f_1)', 'f_1'],
        [' x_1', ' x_2'],
      ),
      right(
        tex`\frac{\partial f_t}{\partial h_{t-1}} = f_t (1 - f_t) v`,
        ['v', 'w'],
        ['(1 - f_t)', '(1 - f_t^2)'],
      ),
    ],
  },
  {
    model: 'scalar-linear',
    entries: [
      right(
        tex`\frac{dL}{dw} = 2 (h_4 - y) \sum_{k=1}^{4} w^{4-k} h_{k-1}`,
        ['2 ', '', 'wrong'],
        ['h_{k-1}', 'h_{k}', 'wrong'],
        ['4-k', '3-k'],
      ),
      right(
        tex`\frac{\partial L}{\partial u} = 2 (h_4 - y) (x_4 + w x_3 + w^2 x_2 + w^3 x_1)`,
        ['w^2 x_2 ', 'w^2 x_3 '],
        [' + w^3 x_1', '', 'missing'],
        ['w^2 x_2', '2 w x_2'],
      ),
      right(
        tex`\frac{\partial h_4}{\partial w} = 4 w^3 h_0 + 3 w^2 u x_1 + 2 w u x_2 + u x_3`,
        ['4 w^3', 'w^3'],
        ['2 w u x_2', 'w u x_2'],
        [' + u x_3', ''],
      ),
      right(tex`\frac{\partial h_4}{\partial h_0} = w^4`, ['w^4', 'w^3'], ['w^4', '4 w^3']),
      right('dh_t/dw = h_{t-1} + w dh_{t-1}/dw', ['h_{t-1} + ', ''], ['+ w', '+ u']),
      right(tex`\frac{dL}{dh_t} = 2 (h_4 - y) w^{4-t}`, ['4-t', 't'], ['2 ', '']),
    ],
  },
  {
    model: 'lstm',
    entries: [
      right(
        tex`\frac{\partial L}{\partial c_t} = \frac{\partial L}{\partial h_t}\frac{\partial h_t}{\partial c_t} + \frac{\partial L}{\partial c_{t+1}}\frac{\partial c_{t+1}}{\partial c_t}`,
      ),
      wrong(
        tex`\frac{\partial L}{\partial c_t} = \frac{\partial L}{\partial c_{t+1}}\frac{\partial c_{t+1}}{\partial c_t}`,
      ),
      wrong(
        tex`\frac{\partial L}{\partial c_2} = \frac{\partial L}{\partial h_2}\frac{\partial h_2}{\partial c_2}`,
      ),
      right(
        tex`\frac{\partial L}{\partial f_t} = \frac{\partial L}{\partial c_t}\frac{\partial c_t}{\partial f_t}`,
      ),
      right(
        tex`\frac{\partial L}{\partial W_f} = \sum_{t=1}^{3} \frac{\partial L}{\partial c_t}\frac{\partial c_t}{\partial f_t}\frac{\partial f_t}{\partial zf_t}\frac{\partial^+ zf_t}{\partial W_f}`,
      ),
      wrong(
        tex`\frac{\partial L}{\partial W_f} = \sum_{t=1}^{3} \frac{\partial L}{\partial c_t}\frac{\partial c_t}{\partial i_t}\frac{\partial i_t}{\partial zi_t}\frac{\partial^+ zf_t}{\partial W_f}`,
      ),
      right(
        tex`\frac{\partial L}{\partial h_{t}} = (h_t - y_t) + \frac{\partial L}{\partial zi_{t+1}} \frac{\partial zi_{t+1}}{\partial h_t} + \frac{\partial L}{\partial zf_{t+1}} \frac{\partial zf_{t+1}}{\partial h_t} + \frac{\partial L}{\partial zo_{t+1}} \frac{\partial zo_{t+1}}{\partial h_t} + \frac{\partial L}{\partial zg_{t+1}} \frac{\partial zg_{t+1}}{\partial h_t}`,
      ),
      right(
        tex`dW_i = \sum_{t=1}^3 dzi_t x_t^\top,\quad dU_i = \sum_{t=1}^3 dzi_t h_{t-1}^\top,\quad db_i = \sum_{t=1}^3 dzi_t`,
      ),
      wrong(
        tex`dW_i = \sum_{t=1}^3 dzi_t x_t^\top,\quad dU_i = \sum_{t=1}^3 dzi_t h_{t}^\top,\quad db_i = \sum_{t=1}^3 dzi_t`,
      ),
      right(tex`\delta c_t = \delta h_t \circ o_t \circ (1-\tanh(c_t)^2) + f_{t+1} \circ \delta c_{t+1}`),
      right(
        tex`\overline{c_t} = \overline{h_t} \odot o_t \odot (1 - \tanh^2 c_t) + \overline{c_{t+1}} \odot f_{t+1}`,
      ),
      right(tex`\bar c_t = \bar h_t \odot o_t \odot (1 - \tanh^2 c_t) + \bar c_{t+1} \odot f_{t+1}`),
      right(
        tex`\nabla_{c_t} L = \nabla_{h_t} L \odot o_t \odot \operatorname{sech}^2(c_t) + \nabla_{c_{t+1}} L \odot f_{t+1}`,
      ),
      right(tex`\frac{\partial L}{\partial c_3} = (h_3 - y_3) \odot o_3 \odot (1 - \tanh^2(c_3))`),
    ],
  },
  {
    model: 'rnn3',
    entries: [
      right(
        tex`\frac{\partial E}{\partial W} = \frac{\partial E_1}{\partial W}+\frac{\partial E_2}{\partial W}+\frac{\partial E_3}{\partial W}`,
      ),
      wrong(
        tex`\frac{\partial E}{\partial W} = \frac{\partial E_1}{\partial W}+\frac{\partial E_2}{\partial W}`,
      ),
      wrong(tex`\frac{\partial E}{\partial W} = \frac13\sum_{t=1}^{3}\frac{\partial E_t}{\partial W}`),
      right(tex`\frac{dE_3}{dW} = \frac{dE_3}{dO_3}\frac{dO_3}{dH_3}\frac{dH_3}{dW}`),
      right(
        tex`\frac{dE_3}{dW} = \frac{\partial E_3}{\partial O_3}\frac{\partial O_3}{\partial H_3}\frac{dH_3}{dW},\quad \frac{dH_t}{dW} = \frac{\partial H_t}{\partial W} + \frac{\partial H_t}{\partial H_{t-1}}\frac{dH_{t-1}}{dW}`,
      ),
      right(
        tex`\frac{\partial E_3}{\partial W} = \frac{\partial E_3}{\partial O_3} \cdot \frac{\partial O_3}{\partial H_3} \cdot \frac{\partial H_3}{\partial W} + \frac{\partial E_3}{\partial O_3} \cdot \frac{\partial O_3}{\partial H_3} \cdot \frac{\partial H_3}{\partial H_2} \cdot \frac{\partial H_2}{\partial W} + \frac{\partial E_3}{\partial O_3} \cdot \frac{\partial O_3}{\partial H_3} \cdot \frac{\partial H_3}{\partial H_2} \cdot \frac{\partial H_2}{\partial H_1} \cdot \frac{\partial H_1}{\partial W} + \frac{\partial E_3}{\partial O_3} \cdot \frac{\partial O_3}{\partial H_3} \cdot \frac{\partial H_3}{\partial H_2} \cdot \frac{\partial H_2}{\partial H_1} \cdot \frac{\partial H_1}{\partial H_0}\cdot \frac{\partial H_0}{\partial W}`,
      ),
      right(
        tex`\frac{\partial E_2}{\partial H_1} = \frac{\partial E_2}{\partial O_2} \frac{\partial O_2}{\partial H_2} \frac{\partial H_2}{\partial H_1}`,
      ),
      wrong(
        tex`\frac{\partial E}{\partial H_1} = \frac{\partial E_1}{\partial H_1} + \frac{\partial E_2}{\partial H_2}\frac{\partial H_2}{\partial H_1}`,
      ),
      right(
        tex`\frac{\partial E}{\partial H_1} = \frac{\partial E_1}{\partial H_1} + \frac{\partial E_2}{\partial H_2}\frac{\partial H_2}{\partial H_1} + \frac{\partial E_3}{\partial H_3}\frac{\partial H_3}{\partial H_2}\frac{\partial H_2}{\partial H_1}`,
      ),
      right(
        tex`\frac{\partial E}{\partial H_1} = \sum_{t=1}^{3} \frac{\partial E_t}{\partial H_t}\frac{\partial H_t}{\partial H_1}`,
      ),
      wrong(
        tex`\frac{\partial E}{\partial H_1} = \sum_{t=2}^{3} \frac{\partial E_t}{\partial H_t}\frac{\partial H_t}{\partial H_1}`,
      ),
      right(
        tex`\frac{\partial E}{\partial W} = \sum_{t=1}^3 \frac{\partial E}{\partial H_t}\frac{\partial^+ H_t}{\partial W}`,
      ),
      right(
        tex`\frac{\partial E}{\partial W} = \sum_{t=1}^3 \frac{\partial E}{\partial H_t}\frac{\partial H_t}{\partial W}`,
      ),
      ambiguous(
        tex`\frac{\partial E}{\partial W} = \sum_{t=1}^3 \frac{\partial E_t}{\partial H_t}\frac{\partial^+ H_t}{\partial W}`,
      ),
    ],
  },
  {
    model: 'rnn3ce',
    entries: [
      right(tex`\frac{\partial E}{\partial W} = \sum_{t=1}^3 (\delta_t \odot (1-H_t^2)) H_{t-1}^\top`),
      right(
        tex`\frac{\partial E}{\partial W} = \sum_{t=2}^3 (\delta_t \odot (1-H_t^2)) H_{t-1}^\top, \quad H_0 = 0`,
      ),
      wrong(tex`\frac{\partial E}{\partial W} = \sum_{t=2}^3 (\delta_t \odot (1-H_t^2)) H_{t-1}^\top`),
      wrong(
        tex`\frac{\partial E}{\partial U} = \sum_{t=2}^3 (\delta_t \odot (1-H_t^2)) x_{t}^\top, \quad H_0 = 0`,
      ),
      right(
        tex`\delta_t = W^\top \operatorname{diag}(1-H_{t+1}\odot H_{t+1}) \delta_{t+1} + V^\top (\hat y_t - y_t), \quad \delta_4 = 0`,
      ),
      right(
        tex`\delta_3 = V^\top(\hat y_3 - y_3),\quad \delta_t = W^\top(\delta_{t+1}\odot(1-H_{t+1}^2)) + V^\top(\hat y_t - y_t)\ (t<3)`,
      ),
      wrong(tex`\delta_t = W^\top\delta_{t+1}\odot(1-H_{t+1}^2) + V^\top(\hat y_t - y_t)`),
      right(
        tex`\frac{\partial E_3}{\partial H_1} = W^\top \mathrm{diag}(1-H_2^2) W^\top \mathrm{diag}(1-H_3^2) V^\top (\hat y_3 - y_3)`,
      ),
      right(
        tex`\frac{\partial E_3}{\partial H_1} = (\hat y_3 - y_3)^\top V \mathrm{diag}(1-H_3^2) W \mathrm{diag}(1-H_2^2) W`,
      ),
      right(
        tex`\frac{\partial E_3}{\partial O_3} \frac{\partial O_3}{\partial V} = (\hat y_3 - y_3) H_3^\top`,
      ),
      right(
        'dy = yhat_t - y_t\ndV += dy @ H_t.T\ndh = V.T @ dy + dh_next\ndz = (1 - H_t**2) * dh\ndW += dz @ H_{t-1}.T\ndU += dz @ x_t.T\ndh_next = W.T @ dz',
      ),
      right(
        tex`\dfrac{\partial E_t}{\partial V} = \dfrac{\partial E_t}{\partial \hat{y}_t} \dfrac{\partial \hat{y}_t}{\partial O_t} \dfrac{\partial O_t}{\partial V}`,
      ),
      wrong(tex`\frac{\partial H_t}{\partial H_{t-1}} = \mathrm{diag}(1-H_t) W`),
      wrong(tex`\frac{\partial \hat y_t}{\partial O_t} = \mathrm{diag}(\hat y_t)(1 - \hat y_t)`),
      wrong(tex`\frac{\partial \hat y_t}{\partial O_t} = \hat y_t (1 - \hat y_t)`),
    ],
  },
  {
    model: 'rnn3pre',
    entries: [
      right(
        tex`\delta_t = \left(W^\top \delta_{t+1} + V^\top(\hat y_t - y_t)\right) \odot (1-H_t^2), \quad \frac{\partial E}{\partial W} = \sum_t \delta_t H_{t-1}^\top`,
      ),
      wrong(
        tex`\delta_t = \left(W^\top \delta_{t+1} + V^\top(\hat y_t - y_t)\right) \odot (1-H_t^2), \quad \frac{\partial E}{\partial W} = \sum_t \delta_t H_{t}^\top`,
      ),
      wrong(
        tex`\delta_t = W^\top \delta_{t+1} + V^\top(\hat y_t - y_t), \quad \frac{\partial E}{\partial W} = \sum_t \delta_t H_{t-1}^\top`,
      ),
      right(
        tex`\frac{\partial E_2}{\partial W} = \frac{\partial E_2}{\partial H_2}\left(\frac{\partial H_2}{\partial W} + \frac{\partial H_2}{\partial H_1}\frac{\partial H_1}{\partial W}\right)`,
      ),
      right(tex`\frac{\partial H_t}{\partial a_t} = 1 - H_t^2`),
    ],
  },
  {
    model: 'rnn1d',
    entries: [
      right(
        tex`\frac{\partial h_t}{\partial w} = h_{t-1} \sigma_t' + w \sigma_t' \frac{\partial h_{t-1}}{\partial w}`,
      ),
      right(tex`\frac{\partial h_3}{\partial w} = \sum_{k=1}^{3} h_{k-1} w^{3-k} \prod_{j=k}^{3} \sigma_j'`),
      wrong(
        tex`\frac{\partial h_3}{\partial w} = \sigma_{3}' h_2 + \sigma_{3}' \sigma_{2}' h_1 + \sigma_{3}' \sigma_{2}' \sigma_{1}' h_0`,
      ),
    ],
  },
  {
    model: 'gru',
    entries: [
      right(
        tex`\frac{\partial L}{\partial U_z} = \sum_{t=1}^{3} \left( \frac{\partial L}{\partial h_t} \odot (\tilde h_t - h_{t-1}) \odot z_t \odot (1-z_t) \right) h_{t-1}^\top`,
      ),
      wrong(
        tex`\frac{\partial L}{\partial U_h} = \sum_{t=1}^{3} \left( d\tilde h_t \odot (1-\tilde h_t^2) \right) h_{t-1}^\top`,
      ),
      right("dU_h = sum_t (dht_t .* (1 - ht_t.^2)) * (r_t .* h_{t-1})'"),
      right(
        tex`dh_{t-1} = dh_t \odot (1-z_t) + r_t \odot U_h^\top(d\tilde h_t \odot (1-\tilde h_t^2)) + U_z^\top(dz_t \odot z_t \odot (1-z_t)) + U_r^\top(dr_t \odot r_t \odot (1-r_t)) + h_{t-1}-y_{t-1}`,
      ),
      wrong(tex`h_t = z_t \odot h_{t-1} + (1-z_t) \odot \tilde h_t`),
      right(tex`h_t = h_{t-1} + z_t \odot (\tilde h_t - h_{t-1})`),
    ],
  },
];
