/** Formulas for recurrent cells and ways to use them that are no example, as papers and notes write them. */

import { ambiguous, type Group, right, wrong } from '../support/collections.ts';

const tex = String.raw;

export const networks: Readonly<Record<string, string>> = {
  // Koutník et al. 2014: a module is updated when its clock ticks, here by masks that are given
  clockwork: tex`
T = 4
param W: 4x4, U: 4x2, b: 4, V: 3x4
input x_t: 2 for t = 1..T
input m_t: 4 for t = 1..T
target y_t: 3 for t = 1..T
const h_0: 4 = [0.2, -0.3, 0.1, 0.4]
a_t = W h_{t-1} + U x_t + b
s_t = \tanh(a_t)
h_t = m_t \odot s_t + (1 - m_t) \odot h_{t-1}
o_t = V h_t
L = \sum_{t=1}^{T} \frac12 \|o_t - y_t\|^2
`,
  // Lei et al. 2018
  sru: tex`
T = 3
param W: 3x3, W_f: 3x3, W_r: 3x3, b_f: 3, b_r: 3
input x_t: 3 for t = 1..T
target y_t: 3 for t = 1..T
const c_0: 3 = [0.2, -0.3, 0.1]
\tilde{x}_t = W x_t
f_t = \sigma(W_f x_t + b_f)
r_t = \sigma(W_r x_t + b_r)
c_t = f_t \odot c_{t-1} + (1 - f_t) \odot \tilde{x}_t
h_t = r_t \odot \tanh(c_t) + (1 - r_t) \odot x_t
L = \frac12 \sum_t \|h_t - y_t\|^2
`,
  // Bradbury et al. 2017, fo-pooling
  qrnn: tex`
T = 3
param W_z: 3x2, W_f: 3x2, W_o: 3x2, V_z: 3x2, V_f: 3x2, V_o: 3x2
input x_t: 2 for t = 0..T
target y: 3
const c_0: 3 = [0.3, 0.1, -0.2]
z_t = tanh(W_z x_t + V_z x_{t-1})     for t = 1..T
f_t = sigmoid(W_f x_t + V_f x_{t-1})  for t = 1..T
o_t = sigmoid(W_o x_t + V_o x_{t-1})  for t = 1..T
c_t = f_t * c_{t-1} + (1 - f_t) * z_t
h_t = o_t * c_t
L = 1/2 ||h_T - y||^2
`,
  'residual-rnn': tex`
T = 3
n = 3
param W: n x n, U: n x 2, b: n
input x_t: 2 for t = 1..T
target y: n
const h_0: n = [0.3, -0.1, 0.2]
a_t = W h_{t-1} + U x_t + b
h_t = h_{t-1} + tanh(a_t)
J = ½ ‖h_T − y‖²
`,
  'skip-rnn': tex`
T = 4
param W: 3x3, S: 3x3, U: 3x2, V: 2x3
input x_t: 2 for t = 1..T
target y_t: 2 onehot for t = 1..T
const h_{-1}: 3 = 0.2, h_0: 3 = [0.1, 0.3, -0.2]
h_t = \tanh(W h_{t-1} + S h_{t-2} + U x_t) for t = 1..T
o_t = V h_t
p_t = softmax(o_t)
E_t = -y_t^\top \log p_t
E = \sum_{t=1}^T E_t
`,
  'attention-rnn': tex`
T = 3
param W: 3x3, U: 3x2, v: 3, V: 4x3
input x_t: 2 for t = 1..T
target y: 4 onehot
const h_0: 3 = [0.1, 0.3, -0.2]
h_t = \tanh(W h_{t-1} + U x_t) for t = 1..T
e_t = v^\top h_t for t = 1..T
\alpha_t = \frac{\exp(e_t)}{\sum_{k=1}^{T} \exp(e_k)}
c = \sum_{t=1}^{T} \alpha_t h_t
z = V c
\hat y = softmax(z)
L = -\sum_i y_i \log \hat y_i
`,
  'last-scalar': tex`
T = 3
param W: 3x3, U: 3x2, b: 3, w: 3, c
input x_t: 2 for t = 1..T
target y
const h_0: 3 = [0.1, 0.3, -0.2]
z_t = W h_{t-1} + U x_t + b
h_t = \tanh(z_t)
\hat{y} = w^\top h_T + c
L = \frac{1}{2} (\hat{y} - y)^2
`,
  'binary-classifier': tex`
T = 3
param W_h: 3x3, W_x: 3x2, b: 3, v: 3, c
input x_t: 2 for t = 1..T
target y probability
const h_0: 3 = [0.2, 0.1, -0.3]
h_t = tanh(W_h h_{t-1} + W_x x_t + b)
s = v^T h_T + c
p = σ(s)
L = -y log(p) - (1 - y) log(1 - p)
`,
  'teacher-forcing': tex`
T = 3
param W: 3x3, U: 3x2, R: 3x4, V: 4x3
input x_t: 2 for t = 1..T
target y_t: 4 onehot for t = 0..T
const h_0: 3 = [0.2, 0.1, -0.3]
h_t = tanh(W h_{t-1} + U x_t + R y_{t-1}) for t = 1..T
o_t = V h_t for t = 1..T
\hat y_t = softmax(o_t)
\mathcal{L} = -\sum_{t=1}^{T} y_t^\top \log \hat y_t
`,
  // a leaky integrator in discrete time
  leaky: tex`
T = 3
α = 0.3
param W: 3x3, U: 3x2, b: 3, V: 2x3
input u_t: 2 for t = 1..T
target d_t: 2 for t = 1..T
const s_0: 3 = [0.2, 0.1, -0.3]
r_t = tanh(s_t) for t = 0..T
s_t = (1 - α) s_{t-1} + α (W r_{t-1} + U u_t + b) for t = 1..T
z_t = V r_t for t = 1..T
e_t = z_t - d_t
L = ½ Σ_{t=1}^T ‖e_t‖²
`,
  // Ba, Kiros and Hinton 2016, without the small number below the root
  'layer-normed': tex`
T = 2
n = 3
param W: n x n, U: n x 2, g: n, b: n
input x_t: 2 for t = 1..T
target y_t: n for t = 1..T
const h_0: n = [0.2, 0.5, -0.3]
a_t = W h_{t-1} + U x_t
\mu_t = \frac1n \sum_{i=1}^{n} a_{t,i}
s_t = \sqrt{\frac1n \sum_{i=1}^{n} (a_{t,i} - \mu_t)^2}
k_t = (a_t - \mu_t) / s_t
h_t = \tanh(g \odot k_t + b)
L = \sum_t \frac12 \|h_t - y_t\|^2
`,
  'row-rnn': tex`
T = 3
param W_xh: 2x3, W_hh: 3x3, b_h: 3 row, W_hy: 3x4, b_y: 4 row
input x_t: 2 row for t = 1..T
target y_t: 4 row onehot for t = 1..T
const h_0: 3 row = 0.2
h_t = tanh(x_t W_xh + h_{t-1} W_hh + b_h)
z_t = h_t W_hy + b_y
p_t = softmax(z_t)
L = -sum_t sum_i y_{t,i} log p_{t,i}
`,
  // the batch as d2l writes it, a row per example
  'batch-rnn': tex`
T = 3
n = 5
param W_xh: 2x3, W_hh: 3x3, b_h: 3, W_hq: 3x4, b_q: 4
input X_t: n x 2 for t = 1..T
target Y_t: n x 4 for t = 1..T
const H_0: n x 3 = 0.3
A_t = X_t W_xh + H_{t-1} W_hh + 1 b_h^T
H_t = \tanh(A_t)
O_t = H_t W_hq + 1 b_q^T
L = \frac{1}{2} \sum_t \|O_t - Y_t\|_F^2
`,
  // Sutskever, Martens and Hinton 2011
  multiplicative: tex`
T = 3
param A: 4x2, B: 4x3, C: 3x4, U: 3x2, V: 2x3
input x_t: 2 for t = 1..T
target y_t: 2 for t = 1..T
const h_0: 3 = [0.3, -0.2, 0.4]
m_t = (A x_t) \odot (B h_{t-1})
h_t = \tanh(C m_t + U x_t)
o_t = V h_t
L_t = \frac12 \|o_t - y_t\|^2
L = \sum_{t=1}^{T} L_t
`,
  'diagonal-linear': tex`
T = 4
param λ: 3, B: 3x2, C: 2x3
input u_k: 2 for k = 1..T
target d_k: 2 for k = 1..T
const x_0: 3 = [0.4, 0.1, -0.3]
x_k = λ ⊙ x_{k-1} + B u_k
y_k = C x_k
J = ½ Σ_k ‖y_k − d_k‖²
`,
  // a state of one number that counts (Roelants)
  counter: tex`
n = 4
param w_x, w_rec
input x_k for k = 1..n
target t
const s_0 = 0.3
s_k = s_{k-1} w_rec + x_k w_x for k = 1..n
y = s_n
ξ = (t - y)^2
`,
  // Kusupati et al. 2018
  fastgrnn: tex`
T = 3
ζ = 0.9
ν = 0.1
param W: 3x2, U: 3x3, b_z: 3, b_h: 3
input x_t: 2 for t = 1..T
target y: 3
const h_0: 3 = [0.3, -0.2, 0.4]
a_t = W x_t + U h_{t-1}
z_t = σ(a_t + b_z)
\tilde h_t = tanh(a_t + b_h)
h_t = (ζ (1 - z_t) + ν) ⊙ \tilde h_t + z_t ⊙ h_{t-1}
L = ½ ‖h_T - y‖²
`,
  // Chang et al. 2019
  antisymmetric: tex`
T = 3
ε = 0.2
γ = 0.1
param W: 3x3, V: 3x2, b: 3
input x_t: 2 for t = 1..T
target y: 3
const h_0: 3 = [0.3, -0.2, 0.4]
A = W - W^\top - γ I
a_t = A h_{t-1} + V x_t + b
h_t = h_{t-1} + ε \tanh(a_t)
L = \frac12 \|h_T - y\|^2
`,
  'weight-decay': tex`
T = 3
λ = 0.05
param U: 3x2, W: 3x3, V: 4x3
input x_t: 2 for t = 1..T
target y_t: 4 onehot for t = 1..T
const h_0: 3 = [0.3, -0.2, 0.4]
h_t = tanh(U x_t + W h_{t-1})
o_t = V h_t
p_t = softmax(o_t)
E_t = - y_t^T log(p_t)
R = ½ λ ‖W‖_F²
J = sum_t E_t + R
`,
  'stacked-gru': tex`
T = 2, K = 2
param W_z^{(l)}: 3x3, W_r^{(l)}: 3x3, W_h^{(l)}: 3x3, U_z^{(l)}: 3x3, U_r^{(l)}: 3x3, U_h^{(l)}: 3x3 for l = 1..K
input x_t: 3 for t = 1..T
target y_t: 3 for t = 1..T
const h_0^{(l)}: 3 = 0.2 for l = 1..K
h_t^{(0)} = x_t for t = 1..T
z_t^{(l)} = \sigma(W_z^{(l)} h_t^{(l-1)} + U_z^{(l)} h_{t-1}^{(l)}) for t = 1..T, l = 1..K
r_t^{(l)} = \sigma(W_r^{(l)} h_t^{(l-1)} + U_r^{(l)} h_{t-1}^{(l)}) for t = 1..T, l = 1..K
g_t^{(l)} = \tanh(W_h^{(l)} h_t^{(l-1)} + U_h^{(l)} (r_t^{(l)} \odot h_{t-1}^{(l)})) for t = 1..T, l = 1..K
h_t^{(l)} = (1 - z_t^{(l)}) \odot h_{t-1}^{(l)} + z_t^{(l)} \odot g_t^{(l)} for t = 1..T, l = 1..K
L = \sum_t \frac12 \|h_t^{(K)} - y_t\|^2
`,
  'mean-pooling': tex`
T = 3
param W: 3x3, U: 3x2, V: 4x3
input x_t: 2 for t = 1..T
target y: 4 onehot
const h_0: 3 = [0.3, -0.2, 0.4]
h_t = tanh(W h_{t-1} + U x_t)
\bar{h} = \frac1T \sum_{t=1}^{T} h_t
z = V \bar{h}
p = softmax(z)
L = - y^T \log p
`,
  // by elements, as in Graves 2012, section 3.2
  'by-element': tex`
T = 3
param W: 3x2, R: 3x3, V: 4x3
input x^t: 2
target z^t: 4 onehot
const b^0: 3 = 0.2
a_j^t = \sum_i W_{ji} x_i^t + \sum_l R_{jl} b_l^{t-1}
b_j^t = \tanh(a_j^t)
e_k^t = \sum_j V_{kj} b_j^t
y_k^t = \frac{\exp(e_k^t)}{\sum_l \exp(e_l^t)}
L = -\sum_{t=1}^T \sum_k z_k^t \ln y_k^t
`,
  // what it leaves unnamed has its customary names: a_t, O_t, ŷ_t, E_t
  unnamed: tex`
T = 3
param U: 3x2, W: 3x3, V: 4x3
input x_t: 2
target y_t: 4 onehot
const H_0: 3 = [0.3, -0.2, 0.5]
H_t = \tanh(U x_t + W H_{t-1})
E = -\sum_{t=1}^T y_t^\top \log(\mathrm{softmax}(V H_t))
`,
  'unnamed-gates': tex`
T = 3
param W_i, W_f, W_o, W_g: 3x2, U_i, U_f, U_o, U_g: 3x3
input x_t: 2
target y_t: 3
const h_0, c_0: 3 = [0.1, 0.2, -0.3]
i_t = σ(W_i x_t + U_i h_{t-1})
f_t = σ(W_f x_t + U_f h_{t-1})
o_t = σ(W_o x_t + U_o h_{t-1})
g_t = tanh(W_g x_t + U_g h_{t-1})
c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t
h_t = o_t ⊙ tanh(c_t)
L = ½ Σ_t ‖h_t - y_t‖²
`,
};

export const collection: readonly Group[] = [
  {
    model: 'clockwork',
    entries: [
      right(
        tex`\frac{\partial L}{\partial h_t} = V^\top (o_t - y_t) + (1 - m_{t+1}) \odot \frac{\partial L}{\partial h_{t+1}} + W^\top \left( m_{t+1} \odot (1 - s_{t+1}^2) \odot \frac{\partial L}{\partial h_{t+1}} \right)`,
        [tex`(1 - m_{t+1}) \odot \frac{\partial L}{\partial h_{t+1}} + `, '', 'missing'],
        [tex`1 - m_{t+1}`, tex`1 - m_{t}`, 'wrong'],
        ['s_{t+1}^2', 'h_{t+1}^2', 'wrong'],
        [tex`W^\top`, 'W', 'wrong'],
      ),
      right(
        tex`\frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(1 - m_t) + \mathrm{diag}(m_t \odot (1 - s_t^2)) W`,
        [tex`\mathrm{diag}(1 - m_t) + `, ''],
        [tex`W`, tex`W^\top`],
        ['1 - s_t^2', '1 - s_t', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = \sum_{t=1}^{T} \left( \frac{\partial L}{\partial h_t} \odot m_t \odot (1 - s_t^2) \right) h_{t-1}^\top`,
        [tex` \odot m_t`, ''],
        ['h_{t-1}', 'h_t', 'wrong'],
        ['t=1', 't=2'],
      ),
      right(
        tex`\frac{\partial L}{\partial a_t} = m_t \odot (1 - \tanh^2(a_t)) \odot \frac{\partial L}{\partial h_t}`,
        [tex`m_t \odot `, ''],
      ),
      right("ds_t = m_t .* dh_t; da_t = ds_t .* (1 - s_t.^2); db = sum_t da_t; dU = sum_t da_t * x_t'", [
        "x_t'",
        "x_{t-1}'",
      ]),
      right(
        tex`\frac{\partial L}{\partial b} = \sum_{t=1}^{T} \frac{\partial L}{\partial a_t}`,
        [tex`\sum_{t=1}^{T}`, tex`\sum_{t=1}^{T-1}`, 'missing'],
        [tex`\sum_{t=1}^{T}`, tex`\frac1T \sum_{t=1}^{T}`, 'wrong'],
      ),
    ],
  },
  {
    model: 'sru',
    entries: [
      right(
        tex`\frac{\partial L}{\partial c_t} = \frac{\partial L}{\partial h_t} \odot r_t \odot (1 - \tanh^2(c_t)) + \frac{\partial L}{\partial c_{t+1}} \odot f_{t+1}`,
        ['f_{t+1}', 'f_t', 'wrong'],
        [tex`\tanh^2(c_t)`, 'c_t^2', 'wrong'],
        [tex` + \frac{\partial L}{\partial c_{t+1}} \odot f_{t+1}`, '', 'missing'],
      ),
      right(
        tex`\frac{\partial c_t}{\partial c_{t-1}} = \mathrm{diag}(f_t)`,
        ['f_t', '1 - f_t', 'wrong'],
        ['f_t', 'r_t'],
      ),
      right(
        tex`\frac{\partial L}{\partial f_t} = \frac{\partial L}{\partial c_t} \odot (c_{t-1} - \tilde{x}_t)`,
        [tex`c_{t-1} - \tilde{x}_t`, tex`\tilde{x}_t - c_{t-1}`, 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial r_t} = (h_t - y_t) \odot (\tanh(c_t) - x_t)`,
        [' - x_t)', ')'],
        ['h_t - y_t', 'h_t', 'missing'],
      ),
      right(
        tex`\nabla_{W} L = \sum_{t} \left( \nabla_{c_t} L \odot (1 - f_t) \right) x_t^\top`,
        ['(1 - f_t)', 'f_t', 'wrong'],
        [tex`x_t^\top`, tex`\tilde{x}_t^\top`, 'wrong'],
      ),
      right(
        tex`\nabla_{W_f} L = \sum_t \left( \nabla_{f_t} L \odot f_t \odot (1 - f_t) \right) x_t^\top`,
        [tex` \odot (1 - f_t)`, ''],
        ['W_f', 'W_r'],
      ),
      right(
        tex`\frac{\partial c_3}{\partial c_0} = \mathrm{diag}(f_3 \odot f_2 \odot f_1)`,
        [tex` \odot f_1`, ''],
        [tex`f_2 \odot f_1`, tex`f_2 \odot f_2`],
      ),
      right(
        tex`\frac{\partial L}{\partial b_r} = \sum_{t=1}^T (h_t - y_t) \odot (\tanh c_t - x_t) \odot r_t \odot (1 - r_t)`,
        ['b_r', 'b_f'],
      ),
    ],
  },
  {
    model: 'qrnn',
    entries: [
      right('∂L/∂c_T = (h_T − y) ⊙ o_T', ['o_T', 'f_T'], ['h_T − y', 'y − h_T', 'wrong']),
      right(tex`\frac{\partial L}{\partial c_{t-1}} = f_t \odot \frac{\partial L}{\partial c_t}`, [
        'f_t',
        'f_{t-1}',
      ]),
      right(
        tex`\frac{\partial L}{\partial c_k} = \left( \prod_{t=k+1}^{T} f_t \right) \odot o_T \odot (h_T - y)`,
        ['k+1', 'k'],
        ['o_T', 'o_k'],
      ),
      right(
        'dz_t = dc_t * (1 - f_t); df_t = dc_t * (c_{t-1} - z_t)',
        ['c_{t-1} - z_t', 'c_t - z_t'],
        ['* (1 - f_t)', '* f_t'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_z} = \sum_{t=1}^{T} \left( \frac{\partial L}{\partial z_t} \odot (1 - z_t^2) \right) x_t^\top, \quad \frac{\partial L}{\partial V_z} = \sum_{t=1}^{T} \left( \frac{\partial L}{\partial z_t} \odot (1 - z_t^2) \right) x_{t-1}^\top`,
        ['x_{t-1}', 'x_t'],
        ['1 - z_t^2', 'z_t (1 - z_t)'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_o} = \left( (h_T - y) \odot c_T \odot o_T \odot (1 - o_T) \right) x_T^\top`,
        ['x_T', 'x_{T-1}'],
        [tex`c_T \odot `, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial W_f} = \sum_{t=1}^{T} \frac{\partial L}{\partial c_T} \frac{\partial c_T}{\partial c_t} \frac{\partial^+ c_t}{\partial f_t} \frac{\partial f_t}{\partial W_f}`,
        ['t=1', 't=2', 'missing'],
        [tex`\frac{\partial c_T}{\partial c_t}`, tex`\frac{\partial c_T}{\partial c_{t-1}}`],
      ),
    ],
  },
  {
    model: 'residual-rnn',
    entries: [
      right(
        tex`\frac{\partial h_t}{\partial h_{t-1}} = I + \mathrm{diag}(1 - \tanh^2(a_t)) W`,
        ['I + ', ''],
        ['I + ', 'I - '],
        [tex`\tanh^2(a_t)`, 'h_t^2', 'wrong'],
      ),
      right(
        tex`\frac{\partial J}{\partial h_{t-1}} = \frac{\partial J}{\partial h_t} + W^\top \left( (1 - \tanh^2 a_t) \odot \frac{\partial J}{\partial h_t} \right)`,
        [tex`\frac{\partial J}{\partial h_t} + `, ''],
        [tex`W^\top`, 'W', 'wrong'],
        [tex`\tanh^2 a_t`, tex`\tanh^2 a_{t-1}`, 'wrong'],
      ),
      right('∂J/∂h_T = h_T − y', ['h_T', 'h_{T-1}'], ['h_T − y', 'y − h_T', 'wrong']),
      right(
        '∂J/∂W = Σ_t diag(1 − tanh²(a_t)) ∂J/∂h_t h_{t−1}ᵀ',
        ['h_{t−1}ᵀ', 'h_tᵀ', 'wrong'],
        ['diag(1 − tanh²(a_t)) ', ''],
      ),
      right(
        tex`\frac{\partial h_3}{\partial h_1} = \left(I + D_3 W\right)\left(I + D_2 W\right), \quad D_t = \mathrm{diag}(\tanh'(a_t))`,
        [
          tex`\left(I + D_3 W\right)\left(I + D_2 W\right)`,
          tex`\left(I + D_2 W\right)\left(I + D_3 W\right)`,
        ],
        ['I + D_2 W', 'I + D_1 W'],
      ),
      right(
        tex`\frac{\partial J}{\partial a_t} = \tanh'(a_t) \odot \frac{\partial J}{\partial h_t}`,
        [tex`\tanh'(a_t) \odot `, ''],
        ['h_t}', 'h_{t-1}}'],
      ),
      right(
        tex`\frac{\partial J}{\partial W} = \frac{\partial J}{\partial h_3}\left(\frac{\partial^+ h_3}{\partial W} + \frac{\partial h_3}{\partial h_2}\left(\frac{\partial^+ h_2}{\partial W} + \frac{\partial h_2}{\partial h_1}\frac{\partial^+ h_1}{\partial W}\right)\right)`,
        [tex` + \frac{\partial h_2}{\partial h_1}\frac{\partial^+ h_1}{\partial W}`, '', 'missing'],
      ),
      wrong(tex`\frac{\partial J}{\partial a_t} = (1 - h_t^2) \odot \frac{\partial J}{\partial h_t}`),
    ],
  },
  {
    model: 'skip-rnn',
    entries: [
      right(
        tex`\frac{\partial E}{\partial h_t} = V^\top (p_t - y_t) + W^\top \left( (1 - h_{t+1}^2) \odot \frac{\partial E}{\partial h_{t+1}} \right) + S^\top \left( (1 - h_{t+2}^2) \odot \frac{\partial E}{\partial h_{t+2}} \right)`,
        [tex`S^\top \left( (1 - h_{t+2}^2)`, tex`S^\top \left( (1 - h_{t+1}^2)`, 'wrong'],
        [
          tex` + S^\top \left( (1 - h_{t+2}^2) \odot \frac{\partial E}{\partial h_{t+2}} \right)`,
          '',
          'missing',
        ],
        [tex`S^\top`, tex`W^\top`, 'wrong'],
        ['p_t - y_t', 'y_t - p_t', 'wrong'],
      ),
      right(
        tex`\frac{\partial E}{\partial S} = \sum_{t=1}^{T} \left( (1 - h_t^2) \odot \frac{\partial E}{\partial h_t} \right) h_{t-2}^\top`,
        ['h_{t-2}', 'h_{t-1}', 'wrong'],
        [tex`\partial S`, tex`\partial W`],
      ),
      right(
        tex`\frac{\partial E_3}{\partial h_1} = \frac{\partial E_3}{\partial h_3} \left( \frac{\partial^+ h_3}{\partial h_1} + \frac{\partial^+ h_3}{\partial h_2} \frac{\partial^+ h_2}{\partial h_1} \right)`,
        [tex`\frac{\partial^+ h_3}{\partial h_1} + `, '', 'missing'],
        [tex` + \frac{\partial^+ h_3}{\partial h_2} \frac{\partial^+ h_2}{\partial h_1}`, '', 'ambiguous'],
      ),
      right(
        tex`\frac{\partial E_2}{\partial W} = \frac{\partial E_2}{\partial o_2} \frac{\partial o_2}{\partial h_2} \left( \frac{\partial h_2}{\partial W} + \frac{\partial h_2}{\partial h_1} \frac{\partial h_1}{\partial W} \right)`,
        [
          tex`\frac{\partial h_2}{\partial h_1} \frac{\partial h_1}{\partial W}`,
          tex`\frac{\partial h_1}{\partial W}`,
        ],
        [tex`\frac{\partial o_2}{\partial h_2} `, ''],
      ),
      right(
        tex`\frac{\partial^+ h_t}{\partial h_{t-2}} = \mathrm{diag}(1 - h_t^2) S`,
        ['S', 'W'],
        ['h_t^2', 'h_{t-2}^2'],
      ),
      right(
        tex`\frac{d h_3}{d h_1} = \mathrm{diag}(1 - h_3^2) \left( S + W \mathrm{diag}(1 - h_2^2) W \right)`,
        ['S + ', ''],
        ['S + W', 'S W + W'],
      ),
    ],
  },
  {
    model: 'attention-rnn',
    entries: [
      right(
        tex`\frac{\partial L}{\partial c} = V^\top (\hat y - y)`,
        [tex`V^\top`, 'V'],
        [tex`\hat y - y`, tex`y - \hat y`, 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial \alpha_t} = h_t^\top \frac{\partial L}{\partial c}`,
        ['h_t', 'h_{t-1}'],
        [tex`h_t^\top`, tex`h_t`],
      ),
      right(
        tex`\frac{\partial L}{\partial e_t} = \alpha_t \left( \frac{\partial L}{\partial \alpha_t} - \sum_{k=1}^{T} \alpha_k \frac{\partial L}{\partial \alpha_k} \right)`,
        [tex`\alpha_k \frac`, tex`\frac`, 'wrong'],
        [tex`\alpha_t \left(`, tex`\left(`],
        [' - ', ' + ', 'wrong'],
      ),
      right(
        tex`\frac{\partial \alpha_t}{\partial e_k} = \alpha_t (\delta_{tk} - \alpha_k)`,
        [tex`\delta_{tk} - \alpha_k`, tex`\delta_{tk} - \alpha_t`],
        [tex`\delta_{tk} - \alpha_k`, tex`1 - \alpha_k`],
      ),
      right(
        tex`\frac{\partial L}{\partial v} = \sum_{t=1}^{T} \frac{\partial L}{\partial e_t} h_t`,
        ['h_t', 'h_{t-1}'],
        ['t=1', 't=2'],
      ),
      right(
        tex`\frac{\partial L}{\partial h_t} = \alpha_t \frac{\partial L}{\partial c} + \frac{\partial L}{\partial e_t} v + W^\top \left( (1 - h_{t+1}^2) \odot \frac{\partial L}{\partial h_{t+1}} \right)`,
        [tex`\alpha_t \frac{\partial L}{\partial c} + `, '', 'missing'],
        [tex` + \frac{\partial L}{\partial e_t} v`, '', 'missing'],
        ['h_{t+1}^2', 'h_t^2', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial e_t} = \alpha_t (h_t - c)^\top V^\top (\hat y - y)`,
        ['h_t - c', 'h_t'],
        ['h_t - c', 'c - h_t'],
      ),
      right(tex`\nabla_V L = (\hat y - y) c^\top`, [tex`c^\top`, tex`h_3^\top`]),
    ],
  },
  {
    model: 'last-scalar',
    entries: [
      right(tex`\frac{\partial L}{\partial \hat{y}} = \hat{y} - y`, [
        tex`\hat{y} - y`,
        tex`2(\hat{y} - y)`,
        'wrong',
      ]),
      right(
        tex`\frac{\partial L}{\partial h_T} = (\hat{y} - y) w`,
        ['w', 'c'],
        [tex`\hat{y} - y`, tex`y - \hat{y}`],
      ),
      right(
        tex`\delta_T = (\hat y - y)\, w \odot (1 - h_T^2), \qquad \delta_t = (W^\top \delta_{t+1}) \odot (1 - h_t^2)`,
        [tex`W^\top \delta_{t+1}`, tex`W \delta_{t+1}`],
        [tex`\odot (1 - h_t^2)`, tex`\odot (1 - h_{t+1}^2)`],
        [tex`\odot (1 - h_T^2)`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = \sum_{t=1}^{T} \frac{\partial L}{\partial z_t} h_{t-1}^\top`,
        ['t=1', 't=2', 'missing'],
        ['h_{t-1}', 'h_t', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = (\hat y - y) \sum_{k=1}^{T} \frac{\partial \hat y}{\partial h_T} \left( \prod_{j=k+1}^{T} \frac{\partial h_j}{\partial h_{j-1}} \right) \frac{\partial^+ h_k}{\partial W}`,
        ['j=k+1', 'j=k'],
        [tex`(\hat y - y)`, tex`\hat y`],
        [tex`\frac{\partial \hat y}{\partial h_T}`, tex`\frac{\partial \hat y}{\partial h_k}`],
      ),
      right(
        tex`\frac{\partial L}{\partial b} = \sum_{t=1}^{T} \delta_t, \quad \delta_t = \frac{\partial L}{\partial z_t}`,
        [tex`\partial b`, tex`\partial c`],
      ),
      right('∂L/∂w = (ŷ − y) h_T; ∂L/∂c = ŷ − y', ['h_T', 'h_{T−1}'], ['∂L/∂c = ŷ − y', '∂L/∂c = y − ŷ']),
      ambiguous(
        tex`\frac{\partial h_T}{\partial h_k} = \prod_{i=k+1}^{T} \mathrm{diag}(1 - h_i^2) W`,
        ['i=k+1', 'i=k'],
        ['h_i^2', 'h_{i-1}^2'],
      ),
    ],
  },
  {
    model: 'binary-classifier',
    entries: [
      right(
        tex`\frac{\partial L}{\partial p} = \frac{p - y}{p (1 - p)}`,
        ['p - y', 'y - p', 'wrong'],
        ['p (1 - p)', 'p'],
      ),
      right(
        tex`\frac{\partial L}{\partial p} = -\frac{y}{p} + \frac{1-y}{1-p}`,
        [tex`+ \frac{1-y}{1-p}`, tex`- \frac{1-y}{1-p}`, 'wrong'],
        [tex` + \frac{1-y}{1-p}`, '', 'missing'],
      ),
      right('∂L/∂s = p − y', ['p − y', 'y − p', 'wrong'], ['p − y', '(p − y) p (1 − p)']),
      right(
        'dL/ds = dL/dp * dp/ds = dL/dp * p * (1 - p)',
        ['p * (1 - p)', 'p * (1 + p)'],
        ['dp/ds', 'ds/dp'],
      ),
      right('∂L/∂v = (p − y) h_T', ['h_T', 'h_{T-1}']),
      right(
        tex`\frac{\partial L}{\partial W_h} = \sum_{t=1}^{3} \frac{\partial L}{\partial p} \frac{\partial p}{\partial s} \frac{\partial s}{\partial h_3} \frac{\partial h_3}{\partial h_t} \frac{\partial h_t}{\partial W_h}`,
        ['t=1', 't=2', 'missing'],
        [tex`\frac{\partial p}{\partial s} `, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial h_{t-1}} = W_h^\top \left( (1 - h_t^2) \odot \frac{\partial L}{\partial h_t} \right)`,
        ['W_h', 'W_x'],
        [tex`W_h^\top`, 'W_h', 'wrong'],
      ),
      right(tex`\frac{\partial L}{\partial b} = \sum_t (1 - h_t^2) \odot \frac{\partial L}{\partial h_t}`, [
        '1 - h_t^2',
        '1 - h_t',
        'wrong',
      ]),
    ],
  },
  {
    model: 'teacher-forcing',
    entries: [
      right(
        tex`\frac{\partial \mathcal{L}}{\partial R} = \sum_{t=1}^{T} \left( \frac{\partial \mathcal{L}}{\partial h_t} \odot (1 - h_t^2) \right) y_{t-1}^\top`,
        ['y_{t-1}', 'y_t', 'wrong'],
        ['1 - h_t^2', 'h_t^2'],
      ),
      right(
        tex`\frac{\partial \mathcal{L}}{\partial h_t} = V^\top (\hat y_t - y_t) + W^\top \mathrm{diag}(1 - h_{t+1}^2) \frac{\partial \mathcal{L}}{\partial h_{t+1}}`,
        [tex`W^\top`, tex`R^\top`],
        [tex`V^\top (\hat y_t - y_t) + `, '', 'missing'],
        [tex`\hat y_t - y_t`, tex`\hat y_t - y_{t-1}`, 'wrong'],
      ),
      right(tex`\frac{\partial \mathcal{L}}{\partial o_t} = \hat{y}_t - y_t`, ['y_t', 'y_{t-1}']),
      right(
        tex`\frac{\partial h_3}{\partial R} = \frac{\partial^+ h_3}{\partial R} + \frac{\partial h_3}{\partial h_2} \frac{\partial^+ h_2}{\partial R} + \frac{\partial h_3}{\partial h_2} \frac{\partial h_2}{\partial h_1} \frac{\partial^+ h_1}{\partial R}`,
        [tex` + \frac{\partial h_3}{\partial h_2} \frac{\partial^+ h_2}{\partial R}`, '', 'missing'],
        [tex`\frac{\partial h_2}{\partial h_1} `, ''],
      ),
      right(
        tex`\frac{d h_t}{d W} = \frac{\partial h_t}{\partial W} + \frac{\partial h_t}{\partial h_{t-1}} \frac{d h_{t-1}}{d W}`,
        [tex`\frac{\partial h_t}{\partial W} + `, ''],
        [tex`\frac{d h_{t-1}}{d W}`, tex`\frac{d h_{t}}{d W}`],
      ),
      right('∂ℒ/∂V = Σ_t (ŷ_t − y_t) h_tᵀ', ['h_tᵀ', 'h_{t−1}ᵀ', 'wrong'], ['ŷ_t − y_t', 'ŷ_t']),
    ],
  },
  {
    model: 'leaky',
    entries: [
      right(
        tex`\frac{\partial s_t}{\partial s_{t-1}} = (1 - \alpha) I + \alpha W \mathrm{diag}(1 - r_{t-1}^2)`,
        ['r_{t-1}', 'r_t', 'wrong'],
        [tex`(1 - \alpha) I + `, ''],
        [tex`+ \alpha W`, tex`+ W`, 'wrong'],
      ),
      right(
        tex`\delta_t = (1-\alpha)\,\delta_{t+1} + (1 - r_t^2) \odot \left( V^\top e_t + \alpha W^\top \delta_{t+1} \right), \quad \delta_t = \frac{\partial L}{\partial s_t}`,
        [tex`(1-\alpha)\,\delta_{t+1} + `, '', 'missing'],
        [tex`\alpha W^\top`, tex`W^\top`, 'wrong'],
        [tex`V^\top e_t`, tex`V^\top z_t`],
      ),
      right('∂L/∂W = α Σ_{t=1}^T ∂L/∂s_t r_{t−1}ᵀ', ['α ', ''], ['r_{t−1}ᵀ', 'r_tᵀ', 'wrong']),
      right('∂L/∂b = α Σ_t ∂L/∂s_t', ['α', '(1 − α)', 'wrong'], ['α', '', 'wrong']),
      right(tex`\frac{\partial L}{\partial z_t} = e_t`, ['e_t', '-e_t', 'wrong']),
      right(
        tex`\frac{\partial L}{\partial r_t} = V^\top e_t + \alpha W^\top \frac{\partial L}{\partial s_{t+1}}`,
        [tex`V^\top e_t + `, '', 'missing'],
        ['s_{t+1}', 's_t', 'wrong'],
      ),
      ambiguous(
        tex`\frac{\partial s_t}{\partial s_{t-1}} = (1 - \alpha) I + \alpha\, \mathrm{diag}(1 - r_{t-1}^2) W^\top`,
      ),
    ],
  },
  {
    model: 'layer-normed',
    entries: [
      right(
        tex`\frac{\partial L}{\partial k_t} = g \odot (1 - h_t^2) \odot \frac{\partial L}{\partial h_t}`,
        [tex`g \odot `, ''],
        ['g', 'b', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial g} = \sum_t (1 - h_t^2) \odot \frac{\partial L}{\partial h_t} \odot k_t`,
        [tex` \odot k_t`, ''],
        ['k_t', 'a_t', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial a_t} = \frac{1}{s_t} \left( \delta_t - \frac1n \sum_{i} \delta_{t,i} - k_t \frac1n \sum_i \delta_{t,i} k_{t,i} \right), \quad \delta_t = \frac{\partial L}{\partial k_t}`,
        [tex` - \frac1n \sum_{i} \delta_{t,i}`, '', 'missing'],
        [tex`\frac{1}{s_t}`, tex`\frac{1}{s_t^2}`],
        [tex`\delta_{t,i} k_{t,i}`, tex`\delta_{t,i}`],
      ),
      right(
        tex`\frac{\partial k_{t,i}}{\partial a_{t,j}} = \frac{1}{s_t} \left( \delta_{ij} - \frac1n - \frac1n k_{t,i} k_{t,j} \right)`,
        [tex` - \frac1n k_{t,i} k_{t,j}`, ''],
        [tex`k_{t,i} k_{t,j}`, tex`k_{t,i}^2`],
      ),
      right(tex`\frac{\partial \mu_t}{\partial a_t} = \frac1n \mathbf{1}^\top`, [tex`\frac1n`, '']),
      right(tex`\frac{\partial L}{\partial W} = \sum_t \frac{\partial L}{\partial a_t} h_{t-1}^\top`, [
        'h_{t-1}',
        'h_t',
        'wrong',
      ]),
      right(tex`\frac{\partial s_t}{\partial a_{t,i}} = \frac{1}{n} k_{t,i}`, [
        tex`\frac{1}{n} `,
        '',
        'wrong',
      ]),
    ],
  },
  {
    model: 'row-rnn',
    entries: [
      right('dz_t = p_t - y_t', ['p_t - y_t', 'y_t - p_t', 'wrong']),
      right('dW_hy = sum_t h_t.T @ dz_t', ['h_t.T @ dz_t', 'dz_t.T @ h_t'], ['h_t.T', 'h_{t-1}.T']),
      right(
        'dh_t = dz_t @ W_hy.T + (dh_{t+1} * (1 - h_{t+1}**2)) @ W_hh.T',
        ['@ W_hh.T', '@ W_hh', 'wrong'],
        ['h_{t+1}**2', 'h_t**2', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{hh}} = \sum_{t=1}^{T} h_{t-1}^\top \left( \frac{\partial L}{\partial h_t} \odot (1 - h_t \odot h_t) \right)`,
        [tex`h_{t-1}^\top`, tex`h_{t}^\top`, 'wrong'],
        [tex`1 - h_t \odot h_t`, tex`h_t \odot h_t`],
      ),
      right('dW_xh = sum_t x_t.T @ (dh_t * (1 - h_t**2))', ['x_t.T', 'x_{t-1}.T']),
      right('db_h = sum_t dh_t * (1 - h_t * h_t)', ['dh_t * ', '']),
      right(
        tex`\frac{\partial L}{\partial h_T} = (p_T - y_T) W_{hy}^\top`,
        [tex`W_{hy}^\top`, 'W_{hy}'],
        ['p_T - y_T', 'p_T'],
      ),
      ambiguous(tex`\frac{\partial h_t}{\partial h_{t-1}} = W_{hh} \mathrm{diag}(1 - h_t^2)`),
    ],
  },
  {
    model: 'batch-rnn',
    entries: [
      right(
        tex`\frac{\partial L}{\partial W_{hq}} = \sum_{t=1}^{T} H_t^\top (O_t - Y_t)`,
        [tex`H_t^\top (O_t - Y_t)`, tex`(O_t - Y_t)^\top H_t`, 'ambiguous'],
        ['H_t', 'H_{t-1}', 'wrong'],
      ),
      right(tex`\frac{\partial L}{\partial b_q} = \sum_t (O_t - Y_t)^\top \mathbf{1}`, [
        tex`O_t - Y_t`,
        tex`Y_t - O_t`,
        'wrong',
      ]),
      right(
        tex`\frac{\partial L}{\partial H_t} = (O_t - Y_t) W_{hq}^\top + \frac{\partial L}{\partial A_{t+1}} W_{hh}^\top`,
        [tex`W_{hh}^\top`, 'W_{hh}', 'wrong'],
        [tex` + \frac{\partial L}{\partial A_{t+1}} W_{hh}^\top`, '', 'missing'],
        ['A_{t+1}', 'H_{t+1}', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial A_t} = \frac{\partial L}{\partial H_t} \odot (1 - H_t \odot H_t)`,
        [tex`1 - H_t \odot H_t`, tex`1 - H_t H_t`],
        ['1 - ', ''],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{hh}} = \sum_{t=1}^{T} H_{t-1}^\top \frac{\partial L}{\partial A_t}`,
        ['H_{t-1}', 'H_t', 'wrong'],
        [
          tex`H_{t-1}^\top \frac{\partial L}{\partial A_t}`,
          tex`\frac{\partial L}{\partial A_t}^\top H_{t-1}`,
          'ambiguous',
        ],
      ),
      right('dA_t = dH_t * (1 - H_t**2); dW_xh = sum_t X_t.T @ dA_t; db_h = sum_t dA_t.sum(axis=0)', [
        'sum(axis=0)',
        'sum(axis=1)',
      ]),
    ],
  },
  {
    model: 'multiplicative',
    entries: [
      right(
        tex`\frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(1 - h_t^2)\, C\, \mathrm{diag}(A x_t)\, B`,
        [tex`\mathrm{diag}(A x_t)\, `, ''],
        [tex`C\, \mathrm{diag}(A x_t)\, B`, tex`B\, \mathrm{diag}(A x_t)\, C`],
      ),
      right(
        tex`\frac{\partial L}{\partial m_t} = C^\top \left( (1 - h_t^2) \odot \frac{\partial L}{\partial h_t} \right)`,
        [tex`C^\top`, 'C'],
        ['h_t^2', 'm_t^2'],
      ),
      right(
        tex`\frac{\partial L}{\partial B} = \sum_{t=1}^{T} \left( \frac{\partial L}{\partial m_t} \odot (A x_t) \right) h_{t-1}^\top`,
        [tex` \odot (A x_t)`, ''],
        ['h_{t-1}', 'h_t', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial A} = \sum_{t=1}^{T} \left( \frac{\partial L}{\partial m_t} \odot B h_{t-1} \right) x_t^\top`,
        ['B h_{t-1}', 'B h_t', 'wrong'],
        ['B h_{t-1}', 'A x_t', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial h_t} = V^\top (o_t - y_t) + B^\top \left( (A x_{t+1}) \odot \frac{\partial L}{\partial m_{t+1}} \right)`,
        ['x_{t+1}', 'x_t', 'wrong'],
        [tex`V^\top (o_t - y_t) + `, '', 'missing'],
      ),
      right(
        tex`\frac{\partial L_2}{\partial C} = \frac{\partial L_2}{\partial h_2} \left( \frac{\partial^+ h_2}{\partial C} + \frac{\partial h_2}{\partial m_2} \frac{\partial m_2}{\partial h_1} \frac{\partial h_1}{\partial C} \right)`,
        [tex`\frac{\partial m_2}{\partial h_1} `, ''],
        [tex`\frac{\partial^+ h_2}{\partial C} + `, '', 'missing'],
      ),
    ],
  },
  {
    model: 'diagonal-linear',
    entries: [
      right(
        tex`\frac{\partial J}{\partial x_k} = C^\top (y_k - d_k) + \lambda \odot \frac{\partial J}{\partial x_{k+1}}`,
        [tex`\lambda \odot `, ''],
        [tex`C^\top (y_k - d_k) + `, '', 'missing'],
        ['y_k - d_k', 'd_k - y_k', 'wrong'],
      ),
      right('∂J/∂λ = Σ_{k=1}^T ∂J/∂x_k ⊙ x_{k−1}', ['x_{k−1}', 'x_{k}', 'wrong'], ['Σ_{k=1}^T', 'Σ_{k=2}^T']),
      right(tex`\frac{\partial J}{\partial B} = \sum_{k} \frac{\partial J}{\partial x_k} u_k^\top`, [
        'u_k',
        'u_{k-1}',
      ]),
      right(tex`\frac{\partial x_k}{\partial x_j} = \mathrm{diag}(\lambda)^{k-j}, \quad k \ge j`, [
        'k-j}',
        'k-j+1}',
      ]),
      right(
        tex`\frac{\partial J}{\partial x_k} = \sum_{i=k}^{T} \mathrm{diag}(\lambda)^{i-k} C^\top (y_i - d_i)`,
        ['i=k', 'i=k+1', 'missing'],
        ['i-k', 'i', 'wrong'],
      ),
      right(tex`\frac{\partial J}{\partial C} = \sum_k (y_k - d_k) x_k^\top`, ['x_k', 'x_{k-1}', 'wrong']),
      right(tex`\frac{\partial x_k}{\partial x_{k-1}} = \mathrm{diag}(\lambda)`, [
        tex`\mathrm{diag}(\lambda)`,
        'I',
      ]),
    ],
  },
  {
    model: 'counter',
    entries: [
      right(tex`\frac{\partial \xi}{\partial y} = -2 (t - y)`, ['-2', '2', 'wrong'], ['-2', '-', 'wrong']),
      right(tex`\frac{\partial \xi}{\partial s_{k-1}} = \frac{\partial \xi}{\partial s_k} w_{rec}`, [
        'w_{rec}',
        'w_x',
      ]),
      right(
        tex`\frac{\partial \xi}{\partial w_x} = \sum_{k=1}^{n} \frac{\partial \xi}{\partial s_k} x_k`,
        ['k=1', 'k=0'],
        ['x_k', 'x_{k-1}'],
      ),
      right(
        tex`\frac{\partial \xi}{\partial w_{rec}} = \sum_{k=1}^{n} \frac{\partial \xi}{\partial s_k} s_{k-1}`,
        ['s_{k-1}', 's_k', 'wrong'],
        [tex`^{n}`, tex`^{n-1}`, 'missing'],
      ),
      right(
        tex`\frac{\partial \xi}{\partial s_k} = 2 (y - t) w_{rec}^{n-k}`,
        ['n-k', 'n-k+1'],
        ['y - t', 't - y', 'wrong'],
      ),
      right(
        tex`\frac{\partial y}{\partial w_{rec}} = \sum_{k=1}^{n} w_{rec}^{n-k} s_{k-1}`,
        ['s_{k-1}', 's_k'],
        ['n-k', 'k'],
      ),
      right(tex`\frac{\partial s_n}{\partial s_0} = w_{rec}^n`, ['^n', '^{n-1}']),
    ],
  },
  {
    model: 'fastgrnn',
    entries: [
      right(
        tex`\frac{\partial L}{\partial z_t} = \frac{\partial L}{\partial h_t} \odot (h_{t-1} - \zeta \tilde{h}_t)`,
        [tex`\zeta `, '', 'wrong'],
        [tex`h_{t-1} - \zeta \tilde{h}_t`, tex`\zeta \tilde{h}_t - h_{t-1}`, 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial \tilde h_t} = \frac{\partial L}{\partial h_t} \odot (\zeta (1 - z_t) + \nu)`,
        [tex` + \nu`, ''],
        ['1 - z_t', 'z_t', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial a_t} = \frac{\partial L}{\partial z_t} \odot z_t \odot (1 - z_t) + \frac{\partial L}{\partial \tilde h_t} \odot (1 - \tilde h_t^2)`,
        [tex` + \frac{\partial L}{\partial \tilde h_t} \odot (1 - \tilde h_t^2)`, '', 'missing'],
        [tex`z_t \odot (1 - z_t)`, tex`(1 - z_t)`],
      ),
      right(
        tex`\frac{\partial L}{\partial h_{t-1}} = z_t \odot \frac{\partial L}{\partial h_t} + U^\top \frac{\partial L}{\partial a_t}`,
        [tex`z_t \odot \frac{\partial L}{\partial h_t} + `, ''],
        [tex`U^\top`, 'U', 'wrong'],
      ),
      right('∂L/∂U = Σ_t ∂L/∂a_t h_{t−1}ᵀ; ∂L/∂W = Σ_t ∂L/∂a_t x_tᵀ', ['h_{t−1}ᵀ', 'h_tᵀ'], ['x_tᵀ', 'x_t']),
      right('db_z = sum_t dz_t * z_t * (1 - z_t)', ['dz_t * ', '']),
    ],
  },
  {
    model: 'antisymmetric',
    entries: [
      right(
        tex`\frac{\partial h_t}{\partial h_{t-1}} = I + \epsilon\, \mathrm{diag}(1 - \tanh^2(a_t)) (W - W^\top - \gamma I)`,
        [tex`W - W^\top`, tex`W + W^\top`],
        [tex`I + \epsilon`, tex`\epsilon`],
        [tex` - \gamma I`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial a_t} = \epsilon\, \tanh'(a_t) \odot \frac{\partial L}{\partial h_t}`,
        [tex`\epsilon\, `, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial A} = \sum_{t=1}^{T} \frac{\partial L}{\partial a_t} h_{t-1}^\top`,
        ['h_{t-1}', 'h_t', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = \frac{\partial L}{\partial A} - \left( \frac{\partial L}{\partial A} \right)^\top`,
        [' - ', ' + '],
        [tex` - \left( \frac{\partial L}{\partial A} \right)^\top`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial h_{t-1}} = \frac{\partial L}{\partial h_t} + A^\top \frac{\partial L}{\partial a_t}`,
        [tex`A^\top`, 'A', 'wrong'],
        [tex`A^\top`, tex`W^\top`, 'wrong'],
      ),
    ],
  },
  {
    model: 'weight-decay',
    entries: [
      right(
        tex`\frac{\partial J}{\partial W} = \sum_{t=1}^{T} \left( (1 - h_t^2) \odot \frac{\partial J}{\partial h_t} \right) h_{t-1}^\top + \lambda W`,
        [tex` + \lambda W`, '', 'missing'],
        [tex`\lambda W`, tex`2 \lambda W`, 'wrong'],
        [tex`\lambda W`, tex`\lambda W^\top`],
      ),
      right(
        tex`\frac{\partial J}{\partial W} = \sum_{t} \frac{\partial E_t}{\partial W} + \lambda W`,
        [tex`+ \lambda W`, tex`- \lambda W`, 'wrong'],
        [tex`\lambda W`, 'W', 'wrong'],
      ),
      right(tex`\frac{\partial J}{\partial V} = \sum_t (p_t - y_t) h_t^\top`, [
        'p_t - y_t',
        'y_t - p_t',
        'wrong',
      ]),
      right(tex`\frac{\partial R}{\partial W} = \lambda W`, [
        tex`\lambda W`,
        tex`\frac12 \lambda W`,
        'wrong',
      ]),
      right('dJ/dU = sum_t dE_t/dU', ['dE_t/dU', 'dE_t/dW']),
      right(
        tex`\frac{\partial J}{\partial W} = \sum_{t=1}^{T} \sum_{k=1}^{t} \frac{\partial E_t}{\partial h_t} \frac{\partial h_t}{\partial h_k} \frac{\partial^+ h_k}{\partial W} + \frac{\partial R}{\partial W}`,
        [tex` + \frac{\partial R}{\partial W}`, '', 'missing'],
        ['k=1', 'k=2', 'missing'],
      ),
    ],
  },
  {
    model: 'stacked-gru',
    entries: [
      right(
        tex`\frac{\partial L}{\partial g_t^{(l)}} = \frac{\partial L}{\partial h_t^{(l)}} \odot z_t^{(l)}`,
        [tex`\odot z_t^{(l)}`, tex`\odot (1 - z_t^{(l)})`],
        [tex`\odot z_t^{(l)}`, tex`\odot z_{t-1}^{(l)}`],
      ),
      right(
        tex`\frac{\partial L}{\partial z_t^{(l)}} = \frac{\partial L}{\partial h_t^{(l)}} \odot (g_t^{(l)} - h_{t-1}^{(l)})`,
        [tex`h_{t-1}^{(l)}`, tex`h_{t-1}^{(l-1)}`],
        [tex`g_t^{(l)} - h_{t-1}^{(l)}`, tex`h_{t-1}^{(l)} - g_t^{(l)}`, 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_h^{(2)}} = \sum_{t=1}^{T} \left( \frac{\partial L}{\partial g_t^{(2)}} \odot (1 - (g_t^{(2)})^2) \right) (h_t^{(1)})^\top`,
        [tex`(h_t^{(1)})^\top`, tex`(h_t^{(2)})^\top`, 'wrong'],
        [tex`1 - (g_t^{(2)})^2`, tex`1 - g_t^{(2)}`],
      ),
      right(tex`\frac{\partial L}{\partial h_2^{(2)}} = h_2^{(2)} - y_2`, ['y_2', 'y_1', 'wrong']),
      right(
        tex`\frac{\partial L}{\partial r_t^{(l)}} = h_{t-1}^{(l)} \odot \left( U_h^{(l)\top} \left( \frac{\partial L}{\partial g_t^{(l)}} \odot (1 - g_t^{(l)} \odot g_t^{(l)}) \right) \right)`,
        [tex`U_h^{(l)\top}`, tex`U_h^{(l)}`],
        [tex`h_{t-1}^{(l)} \odot \left( U`, tex`h_{t}^{(l)} \odot \left( U`],
      ),
    ],
  },
  {
    model: 'mean-pooling',
    entries: [
      right(tex`\frac{\partial L}{\partial \bar{h}} = V^\top (p - y)`, [tex`p - y`, 'y - p', 'wrong']),
      right(
        tex`\frac{\partial L}{\partial h_t} = \frac1T V^\top (p - y) + W^\top \left( (1 - h_{t+1}^2) \odot \frac{\partial L}{\partial h_{t+1}} \right)`,
        [tex`\frac1T `, '', 'wrong'],
        [tex`W^\top`, 'W', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = \frac{1}{T} \sum_{t=1}^{T} \sum_{k=1}^{t} \frac{\partial L}{\partial \bar h} \frac{\partial h_t}{\partial h_k} \frac{\partial^+ h_k}{\partial W}`,
        [tex`\frac{1}{T} `, ''],
        [tex`\partial^+ h_k}{\partial W`, tex`\partial^+ h_t}{\partial W`],
      ),
      right(tex`\frac{\partial \bar{h}}{\partial h_T} = \frac{1}{T} I`, [tex`\frac{1}{T} `, '']),
      right(
        tex`\frac{\partial L}{\partial W} = \frac{\partial L}{\partial \bar{h}} \sum_{t=1}^{3} \frac{\partial^+ \bar{h}}{\partial h_t} \frac{d h_t}{d W}`,
        ['t=1', 't=2'],
        [tex`\frac{\partial L}{\partial \bar{h}} `, ''],
      ),
    ],
  },
  {
    model: 'by-element',
    entries: [
      right(tex`\frac{\partial L}{\partial e_k^t} = y_k^t - z_k^t`, ['y_k^t - z_k^t', 'z_k^t - y_k^t']),
      right(
        tex`\delta_j^t = (1 - (b_j^t)^2) \left( \sum_k V_{kj} (y_k^t - z_k^t) + \sum_l R_{lj} \delta_l^{t+1} \right)`,
        ['R_{lj}', 'R_{jl}'],
        ['V_{kj}', 'V_{jk}'],
        [tex`\delta_l^{t+1}`, tex`\delta_l^{t}`],
        [tex`1 - (b_j^t)^2`, tex`1 - (a_j^t)^2`],
      ),
      right(
        tex`\frac{\partial L}{\partial R_{jl}} = \sum_{t=1}^T \frac{\partial L}{\partial a_j^t} b_l^{t-1}`,
        ['b_l^{t-1}', 'b_l^{t}'],
        [tex`\partial R_{jl}`, tex`\partial R_{lj}`],
      ),
      right(
        tex`\frac{\partial L}{\partial V} = \sum_t (y^t - z^t) (b^t)^\top`,
        ['(b^t)', '(b^{t-1})', 'wrong'],
        ['y^t - z^t', 'z^t - y^t', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial b^t} = V^\top (y^t - z^t) + R^\top \left( (1 - (b^{t+1})^2) \odot \frac{\partial L}{\partial b^{t+1}} \right)`,
        [tex`R^\top`, 'R', 'wrong'],
        [tex`V^\top (y^t - z^t) + `, '', 'missing'],
      ),
    ],
  },
  {
    model: 'unnamed',
    entries: [
      right(
        tex`\frac{\partial E}{\partial V} = \sum_t (\hat y_t - y_t) H_t^\top`,
        [tex`\hat y_t - y_t`, tex`y_t - \hat y_t`, 'wrong'],
        ['H_t', 'H_{t-1}', 'wrong'],
      ),
      right(
        tex`\frac{\partial E_3}{\partial W} = \sum_{k=1}^3 \frac{\partial E_3}{\partial O_3} \frac{\partial O_3}{\partial H_3} \frac{\partial H_3}{\partial H_k} \frac{\partial^+ H_k}{\partial W}`,
        ['k=1', 'k=2', 'missing'],
        [tex`\frac{\partial O_3}{\partial H_3} `, ''],
      ),
      right(
        tex`\frac{\partial E_2}{\partial W} = \frac{\partial E_2}{\partial H_2} \frac{\partial H_2}{\partial a_2} \left( \frac{\partial a_2}{\partial W} + \frac{\partial a_2}{\partial H_1} \frac{\partial H_1}{\partial a_1} \frac{\partial a_1}{\partial W} \right)`,
        [
          tex` + \frac{\partial a_2}{\partial H_1} \frac{\partial H_1}{\partial a_1} \frac{\partial a_1}{\partial W}`,
          '',
          'ambiguous',
        ],
        [tex`\frac{\partial H_2}{\partial a_2} `, ''],
      ),
      right(
        tex`\frac{\partial E_t}{\partial O_t} = \hat y_t - y_t`,
        [tex`\hat y_t - y_t`, tex`\hat y_t`],
        [tex`\hat y_t - y_t`, tex`\hat y_t + y_t`, 'wrong'],
      ),
      right(
        tex`\delta_{t,j} = (1 - H_{t,j}^2) \left( \sum_k V_{kj} (\hat y_{t,k} - y_{t,k}) + \sum_k W_{kj} \delta_{t+1,k} \right)`,
        ['W_{kj}', 'W_{jk}'],
        [tex`\delta_{t+1,k}`, tex`\delta_{t,k}`],
      ),
      right(tex`\frac{\partial E}{\partial W} = \sum \frac{\partial E_t}{\partial W}`, [
        tex`\partial E_t}{\partial W`,
        tex`\partial E_t}{\partial U`,
      ]),
      right('dE/dV = sum (yhat_t - y_t) H_t^T', ['H_t^T', 'H_{t-1}^T', 'wrong'], ['sum', '2 sum', 'wrong']),
      right(tex`E = -\sum_t sum(y_t * log(yhat_t))`, ['y_t * log(yhat_t)', 'yhat_t * log(y_t + 1)']),
    ],
  },
  {
    model: 'unnamed-gates',
    entries: [
      right('dzf_t = dc_t * c_{t-1} * f_t * (1 - f_t)', ['c_{t-1}', 'c_t', 'wrong'], [' * (1 - f_t)', '']),
      right(
        tex`\frac{\partial L}{\partial U_g} = \sum_{t=1}^{T} \frac{\partial L}{\partial z_{g,t}} h_{t-1}^\top`,
        ['h_{t-1}', 'h_t', 'wrong'],
      ),
      right(
        tex`\frac{\partial L}{\partial h_{t-1}} = (h_{t-1} - y_{t-1}) + U_i^\top dzi_t + U_f^\top dzf_t + U_o^\top dzo_t + U_g^\top dzg_t`,
        [tex` + U_f^\top dzf_t`, '', 'missing'],
        [tex`U_o^\top`, 'U_o', 'wrong'],
      ),
      right(
        tex`\frac{\partial c_t}{\partial c_{t-1}} = f_t + \frac{\partial c_t}{\partial f_t}\frac{\partial f_t}{\partial h_{t-1}}\frac{\partial h_{t-1}}{\partial c_{t-1}} + \frac{\partial c_t}{\partial i_t}\frac{\partial i_t}{\partial h_{t-1}}\frac{\partial h_{t-1}}{\partial c_{t-1}} + \frac{\partial c_t}{\partial g_t}\frac{\partial g_t}{\partial h_{t-1}}\frac{\partial h_{t-1}}{\partial c_{t-1}}`,
        ['= f_t +', '= i_t +'],
        ['f_t + ', ''],
        [
          tex`\frac{\partial i_t}{\partial h_{t-1}}\frac{\partial h_{t-1}}{\partial c_{t-1}}`,
          tex`\frac{\partial i_t}{\partial h_{t-1}}`,
        ],
      ),
    ],
  },
  {
    model: 'pascanu',
    entries: [
      right(
        tex`\frac{\partial \mathcal{E}}{\partial \theta} = \sum_{1 \le t \le T} \frac{\partial \mathcal{E}_t}{\partial \theta}`,
        [tex`1 \le t`, '1 < t', 'missing'],
      ),
      right(
        tex`\frac{\partial \mathcal{E}_t}{\partial \theta} = \sum_{1 \le k \le t} \left( \frac{\partial \mathcal{E}_t}{\partial x_t} \frac{\partial x_t}{\partial x_k} \frac{\partial^+ x_k}{\partial \theta} \right)`,
        [tex`k \le t`, 'k < t', 'missing'],
        [tex`\frac{\partial x_t}{\partial x_k} `, ''],
      ),
    ],
  },
  {
    model: 'rnn3',
    entries: [
      right(
        tex`\frac{\partial E_3}{\partial \theta} = \sum_{k=1}^{3} \frac{\partial E_3}{\partial H_3}\frac{\partial H_3}{\partial H_k}\frac{\partial^+ H_k}{\partial \theta}, \quad \theta \in \{U, W\}`,
        ['U, W', 'U, V'],
        [tex`\sum_{k=1}`, tex`\sum_{k=2}`, 'missing'],
      ),
      ambiguous(
        tex`\frac{\partial E_3}{\partial W} = \frac{\partial E_3}{\partial O_3} \frac{\partial^+ O_3}{\partial W}`,
        [tex`\partial^+ O_3`, tex`\partial^+ O_2`],
      ),
      right(tex`\frac{\partial^+ O_3}{\partial W} = 0`),
    ],
  },
];
