/** Networks of the examples as other people write them: in other notations, and with more or less of it named. */

const tex = String.raw;

export interface Style {
  /** The example that it is. */
  readonly network: string;
  readonly style: string;
  readonly text: string;
}

export const styles: readonly Style[] = [
  {
    network: 'rnn3',
    style: 'a line for each step',
    text: tex`
param U: 3x2, W: 3x3, V: 4x3
input x_1: 2, x_2: 2, x_3: 2
target y_1: 4, y_2: 4, y_3: 4
const H_0: 3 = [0.1, 0.2, -0.3]
H_1 = tanh(U x_1 + W H_0)
H_2 = tanh(U x_2 + W H_1)
H_3 = tanh(U x_3 + W H_2)
O_1 = V H_1
O_2 = V H_2
O_3 = V H_3
E_1 = 1/2 ||O_1 - y_1||^2
E_2 = 1/2 ||O_2 - y_2||^2
E_3 = 1/2 ||O_3 - y_3||^2
E = E_1 + E_2 + E_3
`,
  },
  {
    network: 'rnn3',
    style: 'the step above, in brackets',
    text: tex`
T = 3
param U: 3x2, W: 3x3, V: 4x3
input x^{(t)}: 2 for t = 1..T
target y^{(t)}: 4 for t = 1..T
const H^{(0)}: 3 = [0.1, 0.3, -0.2]
H^{(t)} = tanh(U x^{(t)} + W H^{(t-1)})
O^{(t)} = V H^{(t)}
E^{(t)} = ½‖O^{(t)} - y^{(t)}‖²
E = \sum_{t=1}^{T} E^{(t)}
`,
  },
  {
    network: 'rnn3',
    style: 'no name for the loss of a step',
    text: tex`
T = 3
param U: 3x2, W: 3x3, V: 4x3
input x_t: 2 for t = 1..T
target y_t: 4 for t = 1..T
const H_0: 3 = [0.5, -0.4, 0.3]
H_t = tanh(U x_t + W H_{t-1}) for t = 1..T
O_t = V H_t
E = \frac12 \sum_{t=1}^T \|O_t - y_t\|^2
`,
  },
  {
    network: 'rnn3ce',
    style: 'nothing but states and the loss named',
    text: tex`
T = 3
param U: 3x2, W: 3x3, V: 4x3
input x_t: 2 for t = 1..T
target y_t: 4 onehot for t = 1..T
const H_0: 3 = [0.5, -0.4, 0.3]
H_t = tanh(U x_t + W H_{t-1}) for t = 1..T
E = -sum_t y_t^T log(softmax(V H_t))
`,
  },
  {
    network: 'rnn3ce',
    style: 'by elements',
    text: tex`
T = 3, K = 4
param U: 3x2, W: 3x3, V: Kx3
input x_t: 2 for t = 1..T
target y_t: K onehot for t = 1..T
const H_0: 3 = 0.3
H_{t,i} = \tanh(\sum_{j=1}^{2} U_{ij} x_{t,j} + \sum_{j=1}^{3} W_{ij} H_{t-1,j})  for t = 1..T, i = 1..3
O_{t,k} = \sum_{i=1}^3 V_{ki} H_{t,i}  for t=1..T, k = 1..K
\hat y_{t,k} = \frac{e^{O_{t,k}}}{\sum_{l=1}^{K} e^{O_{t,l}}}
E_t = -\sum_{k=1}^{K} y_{t,k} \ln \hat y_{t,k}
E = \sum_{t=1}^{T} E_t
`,
  },
  {
    network: 'rnn3ce',
    style: 'as a program',
    text: tex`
T = 3
param U: 3x2, W: 3x3, V: 4x3
input x[t]: 2 for t = 1..T
target y[t]: 4 onehot for t = 1..T
const H[0]: 3 = 0.3
H[t] = tanh(dot(U, x[t]) + dot(W, H[t-1])) for t = 1..T
O[t] = V @ H[t]
yhat[t] = softmax(O[t])
E[t] = -sum(y[t] * log(yhat[t]))
E = sum_t E[t]
`,
  },
  {
    network: 'rnn3pre',
    style: 'the tangent written out, another name for the softmax',
    text: tex`
T=3
param W : 3x3
param U : 3x2
param V : 4x3
input x_t : 2 for t=1..T
const H_0 : 3 = [0.2, 0.2, 0.1]
target y_t : 4 onehot for t=1..T
a_t = W H_{t-1} + U x_t
H_t = \frac{e^{a_t} - e^{-a_t}}{e^{a_t} + e^{-a_t}}
O_t = V H_t
p_t = \operatorname{softmax}(O_t)
E_t = -\log p_{t} \cdot y_t
E = \sum_{t=1}^{T} E_t
`,
  },
  {
    network: 'rnn3pre',
    style: 'ranges in brackets, data without one',
    text: tex`
T = 3
param U: 3x2, W: 3x3, V: 4x3
input x_t: 2
target y_t: 4 onehot
const H_0: 3 = 0.3
a_t = U x_t + W H_{t-1}  (t = 1..3)
H_t = \tanh a_t
O_t = V H_t
\hat{y}_t = \text{softmax}(O_t)
E_t = -\sum_i y_{t,i}\log\hat{y}_{t,i}
E = E_1 + E_2 + E_3
`,
  },
  {
    network: 'rnn1d',
    style: 'a line for each step',
    text: tex`
param u, w
input x_1, x_2, x_3
const h_0 = 0.7
h_1 = tanh(w*h_0 + u*x_1)
h_2 = tanh(w*h_1 + u*x_2)
h_3 = tanh(w*h_2 + u*x_3)
`,
  },
  {
    network: 'rnn1d',
    style: 'the argument named, sizes of 1',
    text: tex`
T = 3
param w: 1, u: 1
input x_t: 1 for t = 1..T
const h_0: 1 = 0.5
z_t = w h_{t-1} + u x_t
h_t = \tanh(z_t) for t = 1..T
`,
  },
  {
    network: 'rnn1d',
    style: 'a function that the file defines',
    text: tex`
T = 3
param w, u
input x_t for t = 1..T
const h_0 = 0.5
\sigma(z) = \tanh(z)
h_t = \sigma(w h_{t-1} + u x_t) for t = 1..T
`,
  },
  {
    network: 'lstm',
    style: 'the sigmoid written out, the tangent of the cell named',
    text: tex`
T = 3
d = 2
n = 3
param W_i, W_f, W_o, W_g: n x d
param U_i, U_f, U_o, U_g: n x n
param b_i, b_f, b_o, b_g: n
input x_t: d for t = 1..T
target y_t: n for t = 1..T
const h_0: n = 0.1
const c_0: n = -0.1
zi_t = W_i x_t + U_i h_{t-1} + b_i
zf_t = W_f x_t + U_f h_{t-1} + b_f
zo_t = W_o x_t + U_o h_{t-1} + b_o
zg_t = W_g x_t + U_g h_{t-1} + b_g
i_t = 1/(1+exp(-zi_t))
f_t = 1/(1+exp(-zf_t))
o_t = 1/(1+exp(-zo_t))
g_t = tanh(zg_t)
c_t = f_t ∘ c_{t-1} + i_t ∘ g_t
s_t = tanh(c_t)
h_t = o_t ∘ s_t
ℓ_t = ½ ‖h_t − y_t‖²
L = ℓ_1 + ℓ_2 + ℓ_3
`,
  },
  {
    network: 'lstm',
    style: 'gates above',
    text: tex`
T = 3
param W_i: 3x2, W_f: 3x2, W_o: 3x2, W_g: 3x2, U_i: 3x3, U_f: 3x3, U_o: 3x3, U_g: 3x3, b_i: 3, b_f: 3, b_o: 3, b_g: 3
input x_t: 2 for t = 1..T
target y_t: 3 for t = 1..T
const h_0: 3 = [0.1, 0.2, 0.3], c_0: 3 = [0.3, -0.2, 0.4]
z^i_t = W_i x_t + U_i h_{t-1} + b_i
z^f_t = W_f x_t + U_f h_{t-1} + b_f
z^o_t = W_o x_t + U_o h_{t-1} + b_o
z^g_t = W_g x_t + U_g h_{t-1} + b_g
i_t = \sigma(z^i_t)
f_t = \sigma(z^f_t)
o_t = \sigma(z^o_t)
g_t = \tanh(z^g_t)
c_t = f_t \circ c_{t-1} + i_t \circ g_t
h_t = o_t \circ \tanh(c_t)
L = \frac12 \sum_{t=1}^{T} \left\lVert h_t - y_t \right\rVert^2
`,
  },
  {
    network: 'lstm',
    style: 'no arguments named',
    text: tex`
T = 3
param W_i, W_f, W_o, W_g: 3x2
param U_i, U_f, U_o, U_g: 3x3
param b_i, b_f, b_o, b_g: 3
input x_t: 2
target y_t: 3
const h_0, c_0: 3 = [0.1, 0.2, -0.3]
i_t = σ(W_i x_t + U_i h_{t-1} + b_i)
f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
o_t = σ(W_o x_t + U_o h_{t-1} + b_o)
g_t = tanh(W_g x_t + U_g h_{t-1} + b_g)
c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t
h_t = o_t ⊙ tanh(c_t)
L = ½ Σ_t ‖h_t - y_t‖²
`,
  },
  {
    network: 'gru',
    style: 'the tilde as a letter',
    text: tex`
T = 3
param W_z: 3x2, U_z: 3x3, b_z: 3, W_r: 3x2, U_r: 3x3, b_r: 3, W_h: 3x2, U_h: 3x3, b_h: 3
input x_t: 2 for t = 1..T
target y_t: 3 for t = 1..T
const h_0: 3 = 0.1
z_t = sigma(W_z x_t + U_z h_{t-1} + b_z) for t = 1..T
r_t = sigma(W_r x_t + U_r h_{t-1} + b_r) for t = 1..T
ht_t = tanh(W_h x_t + U_h (r_t * h_{t-1}) + b_h) for t = 1..T
h_t = (1 - z_t) * h_{t-1} + z_t * ht_t for t = 1..T
L = sum_t 1/2 ||h_t - y_t||^2
`,
  },
  {
    network: 'gru',
    style: 'the arguments named',
    text: tex`
T = 3
param W_z: 3x2, U_z: 3x3, b_z: 3, W_r: 3x2, U_r: 3x3, b_r: 3, W_h: 3x2, U_h: 3x3, b_h: 3
input x_t: 2 for t = 1..T
target y_t: 3 for t = 1..T
const h_0: 3 = 0.1
az_t = W_z x_t + U_z h_{t-1} + b_z
ar_t = W_r x_t + U_r h_{t-1} + b_r
s_t = r_t ⊙ h_{t-1}
ah_t = W_h x_t + U_h s_t + b_h
z_t = σ(az_t)
r_t = σ(ar_t)
h̃_t = tanh(ah_t)
h_t = (1 - z_t) ⊙ h_{t-1} + z_t ⊙ h̃_t
L_t = ½‖h_t - y_t‖²
L = Σ_t L_t
`,
  },
  {
    network: 'gru',
    style: 'another form of the state',
    text: tex`
T = 3
param W_z: 3x2, U_z: 3x3, b_z: 3, W_r: 3x2, U_r: 3x3, b_r: 3, W_h: 3x2, U_h: 3x3, b_h: 3
input x_t: 2 for t = 1..T
target y_t: 3 for t = 1..T
const h_0: 3 = 0.1
z_t = \operatorname{sigmoid}(W_z x_t + U_z h_{t-1} + b_z)
r_t = \operatorname{sigmoid}(W_r x_t + U_r h_{t-1} + b_r)
htilde_t = tanh(W_h x_t + U_h (r_t .* h_{t-1}) + b_h)
h_t = h_{t-1} + z_t .* (htilde_t - h_{t-1})
L = \sum_{t=1}^{3} \frac{1}{2} (h_t - y_t)^T (h_t - y_t)
`,
  },
];
