/** Formulas for feed-forward networks, losses and convolutions as books, papers and programs write them. */

import { ambiguous, type Group, right, wrong } from '../support/collections.ts';

const tex = String.raw;

/** Networks that are no example. */
export const networks: Readonly<Record<string, string>> = {
  nielsen: tex`
param w^2: 4x3, w^3: 2x4, b^2: 4, b^3: 2
input a^1: 3
target y: 2
z^2 = w^2 a^1 + b^2
a^2 = σ(z^2)
z^3 = w^3 a^2 + b^3
a^3 = σ(z^3)
C = \frac12 \|y - a^3\|^2
`,
  'cs224n-rows': tex`
param W1: 3x5, b1: 1x5, W2: 5x4, b2: 1x4
input x: 1x3
target y: 1x4 onehot
z1 = x W1 + b1
h = sigmoid(z1)
z2 = h W2 + b2
yhat = softmax(z2)
J = - sum_i y_i log(yhat_i)
`,
  neuron: tex`
param w: 3, b
input x: 3
target y probability
z = w^T x + b
\hat y = σ(z)
L = -(y \log \hat y + (1 - y) \log(1 - \hat y))
`,
  'softmax-any': tex`
param z: 4
target y: 4
p = softmax(z)
L = -\sum_i y_i \log p_i
`,
  'log-partition': tex`
param z: 4
target y: 4
c = logsumexp(z)
q = log_softmax(z)
L = c - y^T z
`,
  'softmax-warm': tex`
τ = 2.5
param z: 4
target y: 4 onehot
p = softmax(z / τ)
L = -y^T log p
`,
  'softmax-layer': tex`
param W: 4x3, b: 4
input x: 3
target y: 4 onehot
z = W x + b
p = softmax(z)
L = -\sum_k y_k \log p_k
`,
  'pseudo-huber': tex`
δ_0 = 1.5
param w: 3, c
input x_i: 3 for i = 1..4
target y_i for i = 1..4
r_i = w^T x_i + c - y_i
L = sum_{i=1}^4 (sqrt(1 + r_i^2) - 1)
`,
  'least-squares': tex`
m = 5
λ = 0.3
param θ: 3
input X: 5x3
target y: 5
r = X θ - y
J = \frac{1}{2m} r^T r + \frac{λ}{2} θ^T θ
`,
  'focal-sign': tex`
γ = 3
param x
input y
y = -1
p_t = σ(y x)
FL = -(1 - p_t)^γ \log p_t
`,
  'tconv-product': tex`
param C: 4x9, x: 4
target g: 9
y = C^T x
L = ½ ‖y - g‖²
`,
  'conv-same': tex`
param X: 5x4, K: 3x3
target G: 5x4
Y = corr_same(X, K)
A = relu(Y)
L = ½ ‖A - G‖²
`,
  'conv-step': tex`
param x_i for i = 1..7
param w: 3, b
target g: 5
y_i = w_1 x_i + w_2 x_{i+1} + w_3 x_{i+2} + b for i = 1..5
L = ½ sum_{i=1}^{5} (y_i - g_i)^2
`,
  'batch-norm-feature': tex`
m = 6
ε = 0.001
param x: 6, γ, β
target t: 6
μ = 1/m sum_{i=1}^m x_i
v = 1/m sum_{i=1}^m (x_i - μ)^2
\hat x = (x - μ) / sqrt(v + ε)
y = γ \hat x + β
L = ½ ‖y - t‖²
`,
  'attention-rows': tex`
d = 4
param Q: 3x4, K: 5x4, V: 5x2
target T: 3x2
S = Q K^T / sqrt(d)
A = softmax(S)
O = A V
L = ½ ‖O - T‖_F^2
`,
  'attention-one': tex`
param q: 3, K: 5x3, V: 5x2
target y: 2
s = K q
a = softmax(s)
o = V^T a
L = ½ ‖o - y‖²
`,
  quadratic: tex`
param x: 3, A: 3x3, c: 3
f = x^T A x + c^T x
`,
  norms: tex`
param x: 4, B: 3x4, c: 3
n = ‖x‖
r = B x - c
q = r^T r
F = n + q
`,
  traces: tex`
param X: 3x4
const A: 5x3, B: 4x5, M: 3x3
a = tr(A X B)
b = tr(X^T M X)
c = tr(X X^T)
L = a + b + c
`,
  diamond: tex`
param x, y
a = x y
b = sin(x)
c = a + b
d = a b
f = c d
`,
  'skip-layers': tex`
param W_1: 4x3, W_2: 4x4, W_3: 2x4, P: 4x3
input x: 3
target t: 2
h_1 = tanh(W_1 x)
h_2 = tanh(W_2 h_1 + P x)
o = W_3 (h_1 + h_2)
E = ½ ‖o - t‖²
`,
  'shared-inputs': tex`
param u: 3, v: 3
p = u + v
q = u ⊙ v
r = p ⊙ q
s = tanh(r)
L = s^T s
`,
};
const perceptrons: readonly Group[] = [
  {
    model: 'mlp',
    entries: [
      right(
        tex`\frac{\partial L}{\partial z_3} = p - y`,
        ['p - y', 'y - p'],
        ['p - y', 'p + y'],
        ['z_3', 'z_2'],
      ),
      right(
        tex`\delta_3 = p - y; \delta_2 = (W_3^\top \delta_3) \odot a_2 \odot (1 - a_2); \delta_1 = (W_2^\top \delta_2) \odot (1 - a_1 \odot a_1)`,
        [tex`W_3^\top`, 'W_3'],
        [tex`a_2 \odot (1 - a_2)`, tex`(1 - a_2 \odot a_2)`],
        [tex`(1 - a_1 \odot a_1)`, tex`a_1 \odot (1 - a_1)`],
        [tex`W_2^\top \delta_2`, tex`W_2^\top \delta_3`],
      ),
      right(
        tex`\frac{\partial L}{\partial W_3} = (p - y) a_2^\top`,
        [tex`a_2^\top`, tex`a_1^\top`],
        ['p - y', 'y - p'],
        [tex`(p - y) a_2^\top`, tex`a_2 (p - y)`],
      ),
      right(
        tex`\frac{\partial L}{\partial b_3} = p - y`,
        ['p - y', tex`p \odot (1 - p)`],
        ['p - y', tex`(p - y) \odot p`],
      ),
      right(
        tex`\frac{\partial L}{\partial a_2} = W_3^\top (p - y)`,
        [tex`W_3^\top`, 'W_3'],
        [tex`W_3^\top`, tex`-W_3^\top`],
      ),
      right(
        tex`\frac{\partial L}{\partial z_2} = W_3^\top (p - y) \odot \sigma'(z_2)`,
        ["σ'".replace('σ', tex`\sigma`), tex`\tanh'`],
        [tex`\odot \sigma'(z_2)`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial W_2} = \left[ W_3^\top (p - y) \odot a_2 \odot (1 - a_2) \right] a_1^\top`,
        [tex`a_1^\top`, 'a_1'],
        [tex`a_1^\top`, tex`a_2^\top`],
        [tex`\odot (1 - a_2)`, ''],
      ),
      right(
        "dL/dW1 = ((W2' * ((W3' * (p - y)) .* a2 .* (1 - a2))) .* (1 - a1.^2)) * x'",
        ["W2'", 'W2'],
        ['(1 - a1.^2)', '(1 - a1)'],
        ['(1 - a2)', '(1 - a2.^2)'],
        ["* x'", "* a1'"],
      ),
      right(
        'dz3 = p - y; dW3 = np.outer(dz3, a2); db3 = dz3; da2 = W3.T @ dz3; dz2 = da2 * a2 * (1 - a2); dW2 = np.outer(dz2, a1); db2 = dz2; da1 = W2.T @ dz2; dz1 = da1 * (1 - a1**2); dW1 = np.outer(dz1, x)',
        ['W3.T @ dz3', 'W3 @ dz3'],
        ['np.outer(dz2, a1)', 'np.outer(a1, dz2)'],
        ['(1 - a1**2)', 'a1 * (1 - a1)'],
        ['db2 = dz2', 'db2 = da2'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_1} = \frac{\partial L}{\partial z_3} \frac{\partial z_3}{\partial a_2} \frac{\partial a_2}{\partial z_2} \frac{\partial z_2}{\partial a_1} \frac{\partial a_1}{\partial z_1} \frac{\partial z_1}{\partial W_1}`,
        [tex`\frac{\partial a_2}{\partial z_2} `, ''],
        [
          tex`\frac{\partial z_2}{\partial a_1} \frac{\partial a_1}{\partial z_1}`,
          tex`\frac{\partial a_1}{\partial z_1} \frac{\partial z_2}{\partial a_1}`,
        ],
        [tex`\frac{\partial z_1}{\partial W_1}`, tex`\frac{\partial z_2}{\partial W_2}`],
        [tex`= \frac{\partial L}{\partial z_3}`, tex`= -\frac{\partial L}{\partial z_3}`],
      ),
      right(
        '∂L/∂b₁ = ∂L/∂p ∂p/∂z₃ ∂z₃/∂a₂ ∂a₂/∂z₂ ∂z₂/∂a₁ ∂a₁/∂z₁ ∂z₁/∂b₁',
        ['∂p/∂z₃ ', ''],
        ['∂a₁/∂z₁', '∂a₁/∂z₂'],
        ['∂L/∂b₁', '∂L/∂b₂'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_2} = \frac{\partial z_2}{\partial W_2} \frac{\partial a_2}{\partial z_2} \frac{\partial z_3}{\partial a_2} \frac{\partial L}{\partial z_3}`,
        [tex`\frac{\partial z_3}{\partial a_2} `, ''],
      ),
      right(
        tex`\frac{\partial a_1}{\partial z_1} = \mathrm{diag}(1 - a_1^2)`,
        ['1 - a_1^2', '1 - z_1^2'],
        ['1 - a_1^2', tex`a_1 \odot (1 - a_1)`],
        ['1 - a_1^2', '(1 - a_1)^2'],
      ),
      ambiguous(tex`\frac{\partial z_2}{\partial a_1} = W_2^\top`),
      right(tex`\frac{\partial z_2}{\partial a_1} = W_2`, ['W_2', 'W_1'], ['= W_2', '= -W_2']),
      right(
        tex`\nabla_{x} L = W_1^\top \delta_1, \quad \delta_1 = \nabla_{z_1} L`,
        [tex`W_1^\top`, 'W_1'],
        [tex`\delta_1,`, tex`x,`],
      ),
      right(
        tex`\frac{\partial p_i}{\partial z_{3,j}} = p_i (\delta_{ij} - p_j)`,
        ['- p_j', '- p_i'],
        ['- p_j', '+ p_j'],
        [tex`p_i (`, 'p_j ('],
      ),
      right(
        tex`\frac{\partial L}{\partial z_{3,i}} = p_i - y_i`,
        ['p_i - y_i', 'y_i - p_i'],
        ['- y_i', '- 1'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{3,ij}} = (p_i - y_i) a_{2,j}`,
        ['a_{2,j}', 'a_{2,i}'],
        ['(p_i - y_i)', '(p_j - y_j)'],
      ),
      right(
        tex`\frac{\partial L}{\partial a_{2,j}} = \sum_i W_{3,ij} (p_i - y_i)`,
        ['W_{3,ij}', 'W_{3,ji}'],
        [tex`\sum_i `, ''],
        ['- y_i', '+ y_i'],
      ),
      right(
        tex`\frac{\partial L}{\partial x} = W_1^\top \left( W_2^\top \left( W_3^\top (p - y) \odot a_2 (1 - a_2) \right) \odot (1 - a_1^2) \right)`,
        [tex`W_1^\top `, ''],
        ['(1 - a_1^2)', '(1 - a_1)^2'],
        [tex`W_2^\top \left( W_3^\top`, tex`W_3^\top \left( W_2^\top`],
      ),
      right(
        tex`\frac{\partial L}{\partial z_3} = \frac{\partial L}{\partial p} \frac{\partial p}{\partial z_3} = p - y`,
        ['= p - y', '= y - p'],
        [tex`\frac{\partial L}{\partial p} `, ''],
      ),
      right(
        'db_1 = (1 - a_1 ∘ a_1) ∘ (W_2^T db_2)',
        ['W_2^T', 'W_2'],
        ['db_2', 'db_3'],
        ['1 - a_1 ∘ a_1', 'a_1 ∘ a_1'],
      ),
      right(
        tex`\frac{\partial L}{\partial p} = -\frac{y}{p}`,
        ['-\\frac{y}{p}', '\\frac{y}{p}'],
        ['\\frac{y}{p}', '\\frac{1}{p}'],
      ),
    ],
  },
  {
    model: 'mlp-layers',
    entries: [
      right(tex`\delta^{[L]} = (a^{[L]} - y) \odot \sigma'(z^{[L]})`, ["'(z^{[L]})", '(z^{[L]})']),
      right(
        tex`\delta^{[l]} = (W^{[l+1]})^\top \delta^{[l+1]} \odot a^{[l]} \odot (1 - a^{[l]})`,
        [tex`(W^{[l+1]})^\top`, tex`W^{[l+1]}`],
        ['(W^{[l+1]})', '(W^{[l]})'],
        [tex`\delta^{[l+1]}`, tex`\delta^{[l]}`],
        ['(1 - a^{[l]})', '(1 - a^{[l+1]})'],
      ),
      right(
        tex`\frac{\partial J}{\partial W^{[l]}} = \delta^{[l]} (a^{[l-1]})^\top, \quad \delta^{[l]} = \frac{\partial J}{\partial z^{[l]}}`,
        ['(a^{[l-1]})', '(a^{[l]})'],
        [tex`(a^{[l-1]})^\top`, 'a^{[l-1]}'],
      ),
      right(
        tex`\frac{\partial J}{\partial b^{[l]}} = \frac{\partial J}{\partial z^{[l]}}`,
        ['z^{[l]}', 'a^{[l]}'],
        ['z^{[l]}', 'z^{[l+1]}'],
      ),
      right(
        tex`dz^{[l]} = da^{[l]} * g'(z^{[l]}); dW^{[l]} = dz^{[l]} a^{[l-1]T}; db^{[l]} = dz^{[l]}; da^{[l-1]} = W^{[l]T} dz^{[l]}`,
        ['a^{[l-1]T}', 'a^{[l]T}'],
        ['W^{[l]T}', 'W^{[l]}'],
        ['db^{[l]} = dz^{[l]}', 'db^{[l]} = da^{[l]}'],
      ),
      right(
        tex`dz^{[l]} = W^{[l+1]T} dz^{[l+1]} \odot g'(z^{[l]})`,
        ['W^{[l+1]T}', 'W^{[l]T}'],
        ['(z^{[l]})', '(z^{[l+1]})'],
        ["g'", 'g'],
      ),
      right(
        tex`\frac{\partial J}{\partial a^{[L]}} = a^{[L]} - y`,
        ['a^{[L]} - y', 'a^{[L]} + y'],
        ['a^{[L]} - y', '2 (a^{[L]} - y)'],
        ['a^{[L]} - y', 'z^{[L]} - y'],
      ),
      right(
        tex`\frac{\partial J}{\partial W^{[1]}} = \frac{\partial J}{\partial a^{[3]}} \frac{\partial a^{[3]}}{\partial z^{[3]}} \frac{\partial z^{[3]}}{\partial a^{[2]}} \frac{\partial a^{[2]}}{\partial z^{[2]}} \frac{\partial z^{[2]}}{\partial a^{[1]}} \frac{\partial a^{[1]}}{\partial z^{[1]}} \frac{\partial z^{[1]}}{\partial W^{[1]}}`,
        [tex`\frac{\partial a^{[2]}}{\partial z^{[2]}} `, ''],
        [tex`\frac{\partial z^{[2]}}{\partial a^{[1]}}`, tex`\frac{\partial z^{[2]}}{\partial W^{[2]}}`],
      ),
      right(
        tex`\frac{\partial J}{\partial a^{[l]}} = \left( \prod_{k=l+1}^{L} (W^{[k]})^\top \mathrm{diag}(a^{[k]} \odot (1 - a^{[k]})) \right) (a^{[L]} - y)`,
        ['k=l+1', 'k=l'],
        [tex`(W^{[k]})^\top`, 'W^{[k]}'],
        ['(a^{[L]} - y)', '(y - a^{[L]})'],
      ),
      right(
        tex`\delta^{[l]} = \mathrm{diag}(\sigma'(z^{[l]})) (W^{[l+1]})^\top \delta^{[l+1]}`,
        [tex`\mathrm{diag}(\sigma'(z^{[l]}))`, tex`\mathrm{diag}(\sigma(z^{[l]}))`],
        ['z^{[l]}', 'z^{[l+1]}'],
      ),
      right(
        tex`\delta^{(3)} = (a^{(3)} - y) \odot a^{(3)} \odot (1 - a^{(3)}); \delta^{(2)} = (W^{(3)})^\top \delta^{(3)} \odot a^{(2)} \odot (1 - a^{(2)})`,
        [tex`(W^{(3)})^\top`, tex`(W^{(2)})^\top`],
        ['(1 - a^{(2)})', '(1 - a^{(3)})'],
      ),
      right(
        tex`\frac{\partial J}{\partial W^{[l]}_{ij}} = \frac{\partial J}{\partial z^{[l]}_i} a^{[l-1]}_j`,
        ['a^{[l-1]}_j', 'a^{[l-1]}_i'],
        ['a^{[l-1]}_j', 'a^{[l]}_j'],
        ['z^{[l]}_i', 'z^{[l]}_j'],
      ),
      right(
        tex`\frac{\partial J}{\partial x} = (W^{[1]})^\top \frac{\partial J}{\partial z^{[1]}}`,
        [tex`(W^{[1]})^\top`, 'W^{[1]}'],
        ['z^{[1]}', 'a^{[1]}'],
      ),
      right(
        tex`\frac{\partial z^{[l+1]}}{\partial z^{[l]}} = W^{[l+1]} \mathrm{diag}(\sigma'(z^{[l]}))`,
        ['W^{[l+1]}', 'W^{[l]}'],
        ['(z^{[l]})', '(z^{[l+1]})'],
        [tex`W^{[l+1]} \mathrm{diag}(\sigma'(z^{[l]}))`, tex`\mathrm{diag}(\sigma'(z^{[l]})) W^{[l+1]}`],
      ),
    ],
  },
  {
    model: 'nielsen',
    entries: [
      right(
        tex`\delta^3 = \nabla_{a^3} C \odot \sigma'(z^3)`,
        [tex`\sigma'(z^3)`, tex`\sigma(z^3)`],
        ['z^3)', 'z^2)'],
      ),
      right(tex`\delta^3 = (a^3 - y) \odot \sigma'(z^3)`, ['a^3 - y', 'a^2 - y'], ["'", '']),
      right(
        tex`\delta^2 = ((w^3)^T \delta^3) \odot \sigma'(z^2)`,
        ['(w^3)^T', '(w^2)^T'],
        ['(z^2)', '(z^3)'],
        ['(w^3)^T', 'w^3'],
      ),
      right(
        tex`\delta^3_j = \frac{\partial C}{\partial a^3_j} \sigma'(z^3_j)`,
        [tex`\sigma'(z^3_j)`, tex`\sigma'(z^2_j)`],
        ["'", ''],
      ),
      right(tex`\frac{\partial C}{\partial b^l_j} = \delta^l_j`, [tex`\delta^l_j`, tex`2 \delta^l_j`]),
      ambiguous(tex`\frac{\partial C}{\partial b^l_j} = -\delta^l_j`),
      ambiguous(tex`\frac{\partial C}{\partial a^l_j} = \delta^l_j`),
      right(
        tex`\frac{\partial C}{\partial w^l_{jk}} = a^{l-1}_k \delta^l_j`,
        ['a^{l-1}_k', 'a^{l-1}_j'],
        ['a^{l-1}_k', 'a^l_k'],
        [tex`\delta^l_j`, tex`\delta^l_k`],
      ),
      right(
        tex`\delta^2_j = \sum_k w^3_{kj} \delta^3_k \sigma'(z^2_j)`,
        ['w^3_{kj}', 'w^3_{jk}'],
        [tex`\delta^3_k`, tex`\delta^3_j`],
        ['z^2_j', 'z^2_k'],
      ),
      right(
        tex`\frac{\partial C}{\partial w^3} = (a^3 - y) \odot a^3 \odot (1 - a^3) (a^2)^T`,
        ['(a^2)^T', 'a^2'],
        ['(1 - a^3)', '(1 + a^3)'],
        ['a^3 - y', 'y - a^3'],
      ),
      right(
        tex`\frac{\partial C}{\partial w^2} = [(w^3)^T \mathrm{diag}(\sigma'(z^3)) (a^3 - y) \odot \sigma'(z^2)] (a^1)^T`,
        ['(a^1)^T', '(a^2)^T'],
        ['(w^3)^T ', ''],
        [tex`\odot \sigma'(z^2)`, ''],
      ),
      right(
        tex`\frac{\partial C}{\partial a^2_k} = \sum_j w^3_{jk} \frac{\partial C}{\partial z^3_j}`,
        ['w^3_{jk}', 'w^3_{kj}'],
        ['z^3_j', 'a^3_j'],
      ),
      right(
        tex`\frac{\partial z^3_k}{\partial z^2_j} = w^3_{kj} \sigma'(z^2_j)`,
        ['w^3_{kj}', 'w^3_{jk}'],
        ['(z^2_j)', '(z^3_k)'],
      ),
      right(tex`\frac{\partial C}{\partial a^3} = a^3 - y`, ['a^3 - y', 'y - a^3']),
    ],
  },
  {
    model: 'cs224n-rows',
    entries: [
      right(tex`\frac{\partial J}{\partial z2} = \hat y - y`.replace(tex`\hat y`, 'yhat'), [
        'yhat - y',
        'y - yhat',
      ]),
      right(
        'dz2 = yhat - y; dW2 = h.T @ dz2; db2 = dz2; dh = dz2 @ W2.T; dz1 = dh * h * (1 - h); dW1 = x.T @ dz1; db1 = dz1; dx = dz1 @ W1.T',
        ['h.T @ dz2', 'dz2.T @ h'],
        ['dz2 @ W2.T', 'dz2 @ W2'],
        ['h * (1 - h)', '(1 - h**2)'],
        ['x.T @ dz1', 'x.T @ dh'],
        ['dz1 @ W1.T', 'W1.T @ dz1'],
      ),
      right(
        tex`\delta_1 = \frac{\partial J}{\partial z2} = yhat - y; \delta_2 = \frac{\partial J}{\partial h} = \delta_1 W2^T; \delta_3 = \delta_2 \circ h \circ (1 - h); \frac{\partial J}{\partial x} = \delta_3 W1^T`,
        ['W2^T', 'W2'],
        ['W1^T', 'W2^T'],
        [tex`(1 - h)`, '(1 + h)'],
        [tex`\delta_3 W1^T`, tex`\delta_2 W1^T`],
      ),
      right(tex`\frac{\partial J}{\partial W2} = h^T (yhat - y)`, ['yhat - y', 'yhat']),
      right(
        tex`\frac{\partial J}{\partial W1} = x^T ((yhat - y) W2^T \odot h \odot (1 - h))`,
        ['x^T', 'x'],
        ['W2^T', 'W2'],
      ),
      right(
        tex`\frac{\partial J}{\partial b1} = (yhat - y) W2^T \circ \sigma'(z1)`,
        ['W2^T', 'W2'],
        ["'", ''],
      ),
      right(
        tex`\frac{\partial J}{\partial h} = \frac{\partial J}{\partial z2} W2^T`,
        ['W2^T', 'W2'],
        ['z2}', 'yhat}'],
      ),
      right(
        tex`\frac{\partial J}{\partial z1_i} = \sum_j (yhat_j - y_j) W2_{ij} h_i (1 - h_i)`,
        ['W2_{ij}', 'W2_{ji}'],
        ['(1 - h_i)', '(1 - h_j)'],
      ),
      right(
        tex`\frac{\partial J}{\partial W1_{ij}} = x_i \frac{\partial J}{\partial z1_j}`,
        ['x_i', 'x_j'],
        ['z1_j', 'h_j'],
      ),
      right(
        "dJ/dW1 = x' * (((yhat - y) * W2') .* h .* (1 - h))",
        ["x' *", 'x *'],
        ["W2'", 'W2'],
        ['(1 - h)', '(1 - h.^2)'],
      ),
      right(
        tex`\frac{\partial J}{\partial x} = \frac{\partial J}{\partial z2} \frac{\partial z2}{\partial h} \frac{\partial h}{\partial z1} \frac{\partial z1}{\partial x}`,
        [tex`\frac{\partial h}{\partial z1} `, ''],
        [tex`\frac{\partial z2}{\partial h} `, ''],
      ),
    ],
  },
  {
    model: 'linear_batch',
    entries: [
      right(tex`\frac{\partial L}{\partial Y} = Y - T`, ['Y - T', 'T - Y'], ['Y - T', '2 (Y - T)']),
      right(tex`\frac{\partial L}{\partial W} = X^\top (Y - T)`, ['X^', 'W^']),
      right(
        tex`\frac{\partial L}{\partial X} = (Y - T) W^\top`,
        [tex`W^\top`, 'W'],
        [tex`(Y - T) W^\top`, tex`W^\top (Y - T)`],
      ),
      right(
        tex`\frac{\partial L}{\partial b} = (Y - T)^\top \mathbf{1}`,
        ['(Y - T)', '(T - Y)'],
        [tex`(Y - T)^\top \mathbf{1}`, tex`(Y - T) \mathbf{1}`],
      ),
      right(
        tex`\frac{\partial L}{\partial b_j} = \sum_{i=1}^{5} (Y_{ij} - T_{ij})`,
        ['i=1}^{5}', 'i=1}^{4}'],
        ['i=1}^{5}', 'i=2}^{5}'],
        ['Y_{ij} - T_{ij}', 'Y_{ij}'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{ij}} = \sum_k X_{ki} \frac{\partial L}{\partial Y_{kj}}`,
        ['X_{ki}', 'X_{ik}'],
        ['Y_{kj}', 'Y_{ij}'],
      ),
      right(
        tex`\frac{\partial L}{\partial X_{ij}} = \sum_k \frac{\partial L}{\partial Y_{ik}} W_{jk}`,
        ['W_{jk}', 'W_{kj}'],
        ['Y_{ik}', 'Y_{jk}'],
      ),
      right(
        'dY = Y - T; dW = X.T @ dY; db = np.sum(dY, axis=0); dX = dY @ W.T',
        ['axis=0', 'axis=1'],
        ['X.T @ dY', 'dY.T @ X'],
        ['dY @ W.T', 'W.T @ dY'],
        ['np.sum(dY, axis=0)', 'dY'],
      ),
      right(
        "dW = X' * (Y - T); db = sum(Y - T, 1)'; dX = (Y - T) * W'",
        ["X' * (Y - T)", 'X * (Y - T)'],
        ["* W'", '* W'],
      ),
      right(
        'db = (Y - T).sum(axis=0)',
        ['axis=0', 'axis=1'],
        ['Y - T', 'T - Y'],
        ['.sum(axis=0)', '.mean(axis=0)'],
      ),
      ambiguous(tex`\frac{\partial L}{\partial W} = (Y - T)^\top X`),
      right(
        tex`\frac{\partial L}{\partial W} = \sum_{i=1}^5 x_i^\top (y_i - t_i)`.replace(
          'x_i^\\top (y_i - t_i)',
          'X_{i,:}^\\top (Y_{i,:} - T_{i,:})',
        ),
        ['i=1', 'i=2'],
        ['Y_{i,:} - T_{i,:}', 'Y_{i,:}'],
      ),
      right(tex`\frac{\partial L}{\partial Y_{ij}} = Y_{ij} - T_{ij}`, ['T_{ij}', 'T_{ji}'], ['- T', '+ T']),
      right(
        tex`\frac{\partial Y_{ij}}{\partial W_{kl}} = X_{ik} \delta_{jl}`,
        ['X_{ik}', 'X_{ki}'],
        [tex`\delta_{jl}`, tex`\delta_{jk}`],
        [tex`X_{ik} \delta_{jl}`, 'X_{ik}'],
      ),
      right(
        tex`\frac{\partial Y_{ij}}{\partial X_{kl}} = \delta_{ik} W_{lj}`,
        ['W_{lj}', 'W_{jl}'],
        [tex`\delta_{ik}`, tex`\delta_{il}`],
      ),
    ],
  },
  {
    model: 'mlp-batch',
    entries: [
      right(
        tex`\frac{\partial L}{\partial Z} = \frac{1}{N} (P - Y)`,
        [tex`\frac{1}{N} `, ''],
        ['P - Y', 'Y - P'],
        ['{N}', '{2}'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_2} = \frac1N H^\top (P - Y)`,
        [tex`H^\top`, tex`X^\top`],
        [tex`\frac1N `, ''],
      ),
      right(
        'dZ = (P - Y) / N; dW2 = H.T @ dZ; db2 = dZ.sum(axis=0); dH = dZ @ W2.T; dA = dH * (H > 0); dW1 = X.T @ dA; db1 = dA.sum(axis=0)',
        ['H.T @ dZ', 'dZ.T @ H'],
        ['W2.T', 'W2'],
        ['(H > 0)', '(H < 0)'],
        ['X.T @ dA', 'X.T @ dH'],
        ['/ N', ''],
      ),
      right(
        tex`\frac{\partial L}{\partial H} = \frac{1}{N} (P - Y) W_2^\top`,
        [tex`W_2^\top`, 'W_2'],
        ['P - Y', 'P + Y'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_1} = X^\top \left( \frac{1}{N} (P - Y) W_2^\top \odot \mathrm{relu}'(X W_1 + \mathbf{1} b_1^\top) \right)`,
        ["'(", '('],
        [tex`X^\top \left`, tex`H^\top \left`],
      ),
      right(
        tex`\frac{\partial L}{\partial b_2} = \frac{1}{N} \sum_{i=1}^{N} (P_i - Y_i)`.replace(
          'P_i - Y_i',
          'P_{i,:} - Y_{i,:}',
        ),
        ['{1}{N}', '{1}{2}'],
        ['i=1', 'i=2'],
      ),
      right(
        tex`\frac{\partial L}{\partial b_2} = \frac{1}{N} (P - Y)^\top \mathbf{1}`,
        ['P - Y', 'Y - P'],
        [tex`\frac{1}{N} `, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial Z_{ij}} = \frac{P_{ij} - Y_{ij}}{N}`,
        ['{N}', '{2 N}'],
        ['P_{ij} - Y_{ij}', 'P_{ji} - Y_{ij}'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{2,jk}} = \frac{1}{N} \sum_{i=1}^N H_{ij} (P_{ik} - Y_{ik})`,
        ['H_{ij}', 'H_{ik}'],
        ['P_{ik}', 'P_{ij}'],
      ),
      right("dL/dW2 = H' * (P - Y) / N", ["H'", "X'"], ['/ N', '']),
      right('dscores = (P - Y) / N; dW2 = np.dot(H.T, dscores)', ['H.T', 'H'], [' / N', '']),
      right(
        tex`\frac{\partial L}{\partial P} = -\frac{1}{N} Y \oslash P`,
        ['-', ''],
        [tex`\frac{1}{N} `, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial W_1} = \frac{1}{N} X^\top ((P - Y) W_2^\top \odot \mathbf{1}[H > 0])`,
        ['H > 0', 'H < 0'],
        [tex`W_2^\top`, 'W_2'],
      ),
    ],
  },
];

const losses: readonly Group[] = [
  {
    model: 'softmaxce',
    entries: [
      right(tex`\frac{\partial L}{\partial z} = p - y`, ['p - y', 'p'], ['p - y', '(p - y) / 4']),
      right(
        tex`\frac{\partial L}{\partial z_i} = p_i - y_i`,
        ['p_i - y_i', 'y_i - p_i'],
        ['p_i', 'z_i'],
        ['- y_i', ''],
      ),
      right(
        tex`\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)`,
        ['- p_j', '- p_i'],
        [tex`p_i (`, tex`(`],
        ['- p_j', '+ p_j'],
      ),
      right(
        tex`\frac{\partial p_i}{\partial z_j} = p_i \delta_{ij} - p_i p_j`,
        ['p_i p_j', 'p_j'],
        ['- p_i', '+ p_i'],
      ),
      right(
        tex`\frac{\partial p_i}{\partial z_j} = -p_i p_j, \quad i \neq j`,
        ['-p_i p_j', 'p_i p_j'],
        ['-p_i p_j', '-p_i p_i'],
        [tex`\neq`, '='],
      ),
      right(
        tex`\frac{\partial p_i}{\partial z_i} = p_i (1 - p_i)`,
        ['1 - p_i', '1 + p_i'],
        ['p_i (', '-p_i ('],
        [tex`p_i (1 - p_i)`, '1 - p_i^2'],
      ),
      right(
        tex`\frac{\partial p}{\partial z} = \mathrm{diag}(p) - p p^\top`,
        ['- p p', '+ p p'],
        [tex`\mathrm{diag}(p)`, 'I'],
        [tex`p p^\top`, tex`p^\top p`],
      ),
      right("dp/dz = diag(p) - p*p'", ["p*p'", "p'*p"], ['diag(p)', 'p'], ['- p', '+ p']),
      right(
        tex`\frac{\partial L}{\partial z_j} = -\sum_i y_i (\delta_{ij} - p_j)`,
        ['-\\sum', '\\sum'],
        ['- p_j', '- p_i'],
        [tex`\delta_{ij}`, '1'],
      ),
      right(
        tex`\frac{\partial L}{\partial z_j} = -\sum_{i=1}^{4} y_i \frac{1}{p_i} \frac{\partial p_i}{\partial z_j}`,
        ['i=1', 'i=2'],
        [tex`\frac{1}{p_i} `, ''],
        ['= -', '= '],
      ),
      right(
        tex`\frac{\partial L}{\partial z_j} = \sum_i \frac{\partial L}{\partial p_i} \frac{\partial p_i}{\partial z_j}`,
        [tex`\frac{\partial L}{\partial p_i}`, tex`\frac{\partial L}{\partial p_j}`],
        [tex`= \sum`, tex`= -\sum`],
      ),
      right(
        tex`\frac{\partial L}{\partial z_j} = \sum_i \frac{\partial L}{\partial p_i} \frac{\partial p_i}{\partial z_j} = -\sum_i \frac{y_i}{p_i} p_i (\delta_{ij} - p_j) = -y_j + p_j \sum_i y_i = p_j - y_j`,
        ['= p_j - y_j', '= y_j - p_j'],
        [tex`-y_j + p_j \sum_i y_i`, tex`-y_j - p_j \sum_i y_i`],
        [tex`\frac{y_i}{p_i} p_i`, tex`\frac{y_i}{p_i}`],
      ),
      right(
        tex`\frac{\partial L}{\partial p_i} = -\frac{y_i}{p_i}`,
        ['-\\frac', '\\frac'],
        ['{p_i}', '{p_i^2}'],
        ['y_i}', '1}'],
      ),
      right(
        tex`\frac{\partial L}{\partial z} = \left( \frac{\partial p}{\partial z} \right)^\top \frac{\partial L}{\partial p}`,
        [tex`\frac{\partial L}{\partial p}`, 'y'],
      ),
      right(
        tex`\frac{\partial L}{\partial z_k} = p_k - \mathbf{1}_{k = y}`,
        ['p_k - ', 'p_k + '],
        ['p_k', 'y_k'],
      ),
      right(
        tex`\frac{\partial L}{\partial z_i} = -y_i (1 - p_i) + \sum_{k \neq i} y_k p_i`,
        ['y_k p_i', 'y_k p_k'],
        ['(1 - p_i)', '(1 + p_i)'],
        [tex`\neq`, '='],
      ),
      right('dz = p - y', ['p - y', 'y - p'], ['p - y', 'p .* (1 - p)']),
      right(tex`dz_i = \exp(z_i) / \sum_j \exp(z_j) - y_i`, ['exp(z_i)', 'exp(z_j)'], ['- y_i', '+ y_i']),
      right(tex`\frac{\partial L}{\partial z} = \mathrm{softmax}(z) - y`, ['(z)', '(p)'], ['- y', '']),
      right(tex`\nabla_z L = \frac{e^{z}}{\sum_j e^{z_j}} - y`, ['- y', '- z'], ['e^{z_j}', 'z_j']),
      right(
        tex`\frac{\partial \log p_i}{\partial z_j} = \delta_{ij} - p_j`,
        ['- p_j', '- p_i'],
        ['- p_j', '+ p_j'],
      ),
    ],
  },
  {
    model: 'softmax-any',
    entries: [
      right(tex`\frac{\partial L}{\partial z} = (\sum_i y_i) p - y`, [tex`(\sum_i y_i) p`, 'p'], ['- y', '']),
      wrong(tex`\frac{\partial L}{\partial z} = p - y`),
      wrong(tex`\frac{\partial L}{\partial z_i} = p_i - y_i`),
      right(
        tex`\frac{\partial L}{\partial z_j} = p_j \sum_i y_i - y_j`,
        [tex`\sum_i y_i`, tex`\sum_i p_i`],
        ['- y_j', '- 1'],
      ),
      right(
        tex`\frac{\partial L}{\partial z} = p \mathbf{1}^\top y - y`,
        [tex`p \mathbf{1}^\top y`, tex`\mathbf{1} p^\top y`],
        ['- y', '+ y'],
      ),
      right(
        tex`\frac{\partial L}{\partial z} = (\mathrm{diag}(p) - p p^\top) (-y \oslash p)`,
        ['(-y', '(y'],
        [tex`-y \oslash p`, '-y'],
      ),
      right(
        tex`\frac{\partial L}{\partial z_j} = -\sum_i y_i (\delta_{ij} - p_j)`,
        ['p_j', 'p_i'],
        ['= -', '= '],
      ),
      right(
        tex`\frac{\partial L}{\partial z} = \frac{\partial p}{\partial z}^\top \frac{\partial L}{\partial p}`,
        [tex`^\top \frac{\partial L}{\partial p}`, tex`^\top y`],
      ),
      right(
        tex`\frac{\partial L}{\partial z_k} = -y_k (1 - p_k) + \sum_{i \neq k} y_i p_k`,
        ['y_i p_k', 'y_k p_i'],
        ['-y_k', 'y_k'],
      ),
      right('dL/dz = sum(y) * p - y', ['sum(y) * ', ''], ['- y', '']),
      right('dz = np.sum(y) * p - y', ['np.sum(y)', 'np.mean(y)']),
      right(
        tex`\frac{\partial L}{\partial p} = -y \oslash p`,
        ['-y', 'y'],
        [tex`y \oslash p`, tex`p \oslash y`],
      ),
    ],
  },
  {
    model: 'log-partition',
    entries: [
      right(
        tex`\frac{\partial c}{\partial z_i} = \frac{\exp(z_i)}{\sum_j \exp(z_j)}`,
        [tex`\exp(z_i)`, 'z_i'],
        [tex`\sum_j \exp(z_j)`, tex`\exp(z_i)`],
      ),
      right(
        tex`\frac{\partial c}{\partial z} = \mathrm{softmax}(z)`,
        [tex`\mathrm{softmax}(z)`, tex`\exp(z)`],
        [tex`\mathrm{softmax}(z)`, 'q'],
      ),
      right(tex`\frac{\partial L}{\partial z} = \mathrm{softmax}(z) - y`, ['- y', '+ y'], ['(z)', '(y)']),
      right(tex`\frac{\partial q_i}{\partial z_j} = \delta_{ij} - \exp(q_j)`, ['q_j', 'q_i'], ['- ', '+ ']),
      right(
        tex`\frac{\partial q_i}{\partial z_j} = \delta_{ij} - \frac{e^{z_j}}{\sum_k e^{z_k}}`,
        ['e^{z_j}', 'e^{z_i}'],
        [tex`\delta_{ij}`, '1'],
      ),
      right(tex`\frac{\partial q}{\partial z} = I - \mathbf{1} \mathrm{softmax}(z)^\top`, ['I - ', 'I + ']),
      right('q = z - c', ['z - c', 'c - z'], ['- c', '']),
      right(
        tex`\frac{\partial L}{\partial z_i} = \frac{e^{z_i}}{\sum_{j=1}^4 e^{z_j}} - y_i`,
        ['j=1', 'j=2'],
        ['- y_i', ''],
      ),
      right(
        tex`\frac{\partial L}{\partial z} = \frac{\partial c}{\partial z} - y`,
        ['- y', '+ y'],
        ['= ', '= -'],
      ),
      right(tex`c = \log \sum_j e^{z_j}`, ['e^{z_j}', 'z_j'], [tex`\log `, '']),
      right(tex`\frac{\partial L}{\partial c} = 1`, ['= 1', '= -1'], ['= 1', '= 2']),
    ],
  },
  {
    model: 'softmax-warm',
    entries: [
      right(
        tex`\frac{\partial L}{\partial z} = \frac{1}{\tau} (p - y)`,
        [tex`\frac{1}{\tau} `, ''],
        [tex`\frac{1}{\tau}`, tex`\tau`],
        ['p - y', 'y - p'],
      ),
      right(
        tex`\frac{\partial p_i}{\partial z_j} = \frac{1}{\tau} p_i (\delta_{ij} - p_j)`,
        [tex`\frac{1}{\tau} `, ''],
        ['- p_j', '- p_i'],
      ),
      right('dL/dz = (p - y) / τ', [' / τ', ''], ['/ τ', '/ τ^2']),
      right(
        tex`\frac{\partial L}{\partial z_i} = \frac{p_i - y_i}{\tau}`,
        [tex`{\tau}`, '{2}'],
        ['p_i - y_i', 'p_i + y_i'],
      ),
      right('dz = (softmax(z / τ) - y) / τ', ['(z / τ)', '(z)'], [') / τ', ')']),
    ],
  },
  {
    model: 'softmax-layer',
    entries: [
      right(
        tex`\frac{\partial L}{\partial W} = (p - y) x^\top`,
        [tex`(p - y) x^\top`, tex`(p - y) x`],
        ['p - y', 'y - p'],
        ['p - y', 'p'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{ij}} = (p_i - y_i) x_j`,
        ['x_j', 'x_i'],
        ['(p_i - y_i)', '(p_j - y_j)'],
        ['- y_i', '- 1'],
      ),
      right(tex`\frac{\partial L}{\partial b} = p - y`, ['p - y', 'y - p'], ['p - y', 'z - y']),
      right(tex`\frac{\partial L}{\partial x} = W^\top (p - y)`, [tex`W^\top`, 'W'], ['p - y', 'y - p']),
      right(
        tex`\frac{\partial L}{\partial x_j} = \sum_i W_{ij} (p_i - y_i)`,
        ['W_{ij}', 'W_{ji}'],
        [tex`\sum_i `, ''],
      ),
      right(
        tex`\frac{\partial z_i}{\partial W_{jk}} = \delta_{ij} x_k`,
        ['x_k', 'x_j'],
        [tex`\delta_{ij}`, tex`\delta_{ik}`],
        [tex`\delta_{ij} `, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = \frac{\partial L}{\partial z} \frac{\partial z}{\partial W}`,
        [
          tex`\frac{\partial L}{\partial z} \frac{\partial z}{\partial W}`,
          tex`\frac{\partial L}{\partial p} \frac{\partial z}{\partial W}`,
        ],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = \frac{\partial L}{\partial p} \frac{\partial p}{\partial z} \frac{\partial z}{\partial W}`,
        [tex`\frac{\partial p}{\partial z} `, ''],
        [tex`\frac{\partial z}{\partial W}`, tex`\frac{\partial z}{\partial b}`],
      ),
      right(tex`\nabla_{W} L = (p - y) \otimes x`, [tex`(p - y) \otimes x`, tex`(y - p) \otimes x`]),
      right(
        tex`\frac{\partial L}{\partial W_{ij}} = \sum_k \frac{\partial L}{\partial p_k} \frac{\partial p_k}{\partial z_i} x_j`,
        ['z_i', 'z_j'],
        ['p_k} \\frac', 'p_i} \\frac'],
      ),
      right(
        "dz = p - y; dW = dz * x'; db = dz; dx = W' * dz",
        ["dz * x'", 'dz * x'],
        ["W' *", 'W *'],
        ['db = dz', 'db = x'],
      ),
      right(
        tex`\frac{\partial L}{\partial z_i} = \sum_k \frac{\partial L}{\partial p_k} p_k (\delta_{ki} - p_i)`,
        ['- p_i', '- p_k'],
        [tex`\delta_{ki}`, '1'],
      ),
    ],
  },
  {
    model: 'neuron',
    entries: [
      right(
        tex`\frac{\partial L}{\partial z} = \hat y - y`,
        [tex`\hat y - y`, tex`y - \hat y`],
        [tex`\hat y - y`, tex`\hat y (1 - \hat y)`],
      ),
      right(
        tex`\frac{\partial L}{\partial \hat y} = -\frac{y}{\hat y} + \frac{1 - y}{1 - \hat y}`,
        ['= -', '= '],
        [tex`+ \frac{1 - y}`, tex`- \frac{1 - y}`],
        [tex`{1 - \hat y}`, tex`{\hat y}`],
      ),
      right(
        tex`\frac{\partial L}{\partial \hat y} = \frac{\hat y - y}{\hat y (1 - \hat y)}`,
        [tex`(1 - \hat y)`, ''],
        [tex`\hat y - y`, tex`y - \hat y`],
      ),
      right(
        tex`\frac{\partial \hat y}{\partial z} = \hat y (1 - \hat y)`,
        [tex`1 - \hat y`, tex`1 - \hat y^2`],
        [tex`\hat y (`, tex`(`],
      ),
      right(
        tex`\frac{\partial L}{\partial w} = (\hat y - y) x`,
        ['x', 'w'],
        [tex`\hat y - y`, tex`y - \hat y`],
      ),
      right(
        tex`\frac{\partial L}{\partial w_j} = (\hat y - y) x_j`,
        ['x_j', 'w_j'],
        [tex`(\hat y - y)`, tex`\hat y`],
      ),
      right(tex`\frac{\partial L}{\partial b} = \hat y - y`, [tex`- y`, '+ y']),
      right(
        tex`\frac{\partial L}{\partial w} = \frac{\partial L}{\partial \hat y} \frac{\partial \hat y}{\partial z} \frac{\partial z}{\partial w}`,
        [tex`\frac{\partial \hat y}{\partial z} `, ''],
        [tex`\frac{\partial z}{\partial w}`, tex`\frac{\partial z}{\partial b}`],
      ),
      right(
        tex`\frac{\partial L}{\partial w} = \frac{\partial L}{\partial \hat y} \frac{\partial \hat y}{\partial z} \frac{\partial z}{\partial w} = \left( -\frac{y}{\hat y} + \frac{1 - y}{1 - \hat y} \right) \hat y (1 - \hat y) x = (\hat y - y) x`,
        [tex`= (\hat y - y) x`, tex`= (y - \hat y) x`],
        [tex`\hat y (1 - \hat y) x`, tex`(1 - \hat y) x`],
      ),
      right(
        tex`\frac{\partial L}{\partial z} = \sigma(z) - y`,
        [tex`\sigma(z)`, tex`\sigma'(z)`],
        ['- y', ''],
      ),
      right(
        tex`\frac{\partial L}{\partial z} = \sigma(z) (1 - y) - (1 - \sigma(z)) y`,
        ['(1 - y)', '(1 + y)'],
        [tex`- (1`, tex`+ (1`],
      ),
      right('dL/dx = (ŷ - y) w', ['w', 'x'], ['ŷ - y', 'y - ŷ']),
      right(tex`\frac{d L}{d w} = \frac{d L}{d z} x`, ['x', 'w'], ['= ', '= -']),
    ],
  },
  {
    model: 'logistic-regression',
    entries: [
      right(
        tex`\frac{\partial L}{\partial w} = \frac{1}{N} X^\top (p - y) + \lambda w`,
        [tex`+ \lambda w`, ''],
        [tex`\lambda w`, tex`2 \lambda w`],
        ['p - y', 'y - p'],
        [tex`\frac{1}{N} `, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial b} = \frac{1}{N} \sum_{i=1}^N (p_i - y_i)`,
        [tex`\frac{1}{N}`, ''],
        ['i=1', 'i=2'],
        ['- y_i', '+ y_i'],
      ),
      right(
        tex`\frac{\partial L}{\partial w_j} = \frac{1}{N} \sum_{i=1}^{N} (p_i - y_i) X_{ij} + \lambda w_j`,
        ['X_{ij}', 'X_{ji}'],
        [tex`+ \lambda w_j`, tex`- \lambda w_j`],
        [tex`\lambda w_j`, tex`\lambda`],
      ),
      right(
        "dw = 1/N * X' * (p - y) + λ*w; db = mean(p - y)",
        ["X'", 'X'],
        ['λ*w', 'λ*w^2'],
        ['mean(p - y)', 'sum(p - y)'],
      ),
      right(
        'dw = X.T @ (p - y) / N + λ * w; db = np.sum(p - y) / N',
        ['X.T', 'X'],
        ['λ * w', '2 * λ * w'],
        ['np.sum(p - y) / N', 'np.sum(p - y)'],
      ),
      right(
        tex`\frac{\partial L}{\partial p_i} = \frac{1}{N} \frac{p_i - y_i}{p_i (1 - p_i)}`,
        ['(1 - p_i)', ''],
        [tex`\frac{1}{N} `, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial p_i} = -\frac{1}{N} \left( \frac{y_i}{p_i} - \frac{1 - y_i}{1 - p_i} \right)`,
        [tex`- \frac{1 - y_i}`, tex`+ \frac{1 - y_i}`],
        ['= -', '= '],
      ),
      right(
        tex`\nabla_w L = \lambda w - \frac{1}{N} X^\top (y - p)`,
        ['- \\frac', '+ \\frac'],
        ['y - p', 'p - y'],
      ),
      right(tex`\nabla_b L = \frac{1}{N} \mathbf{1}^\top (p - y)`, ['p - y', 'p'], [tex`\frac{1}{N} `, '']),
      right(
        tex`\frac{\partial L}{\partial w} = \frac{1}{5} X^\top (\sigma(X w + b) - y) + 0.1 w`,
        ['{5}', '{4}'],
        ['+ b', ''],
        ['0.1 w', '0.05 w'],
      ),
      right(
        tex`\frac{\partial p_i}{\partial w_j} = p_i (1 - p_i) X_{ij}`,
        ['X_{ij}', 'X_{ji}'],
        ['(1 - p_i)', '(1 - p_j)'],
      ),
      right(
        tex`\frac{\partial p}{\partial w} = \mathrm{diag}(p \odot (1 - p)) X`,
        [tex`(1 - p)`, '(1 + p)'],
        [tex`\mathrm{diag}(p \odot (1 - p)) X`, tex`\mathrm{diag}(p) X`],
      ),
    ],
  },
  {
    model: 'least-squares',
    entries: [
      right(
        tex`\nabla_\theta J = \frac{1}{m} X^\top (X \theta - y) + \lambda \theta`,
        [tex`\frac{1}{m}`, tex`\frac{2}{m}`],
        [tex`X^\top (`, tex`X (`],
        [tex`X \theta - y`, tex`y - X \theta`],
        [tex`+ \lambda \theta`, tex`- \lambda \theta`],
      ),
      right(
        tex`\frac{\partial J}{\partial \theta_j} = \frac{1}{m} \sum_{i=1}^{m} r_i X_{ij} + \lambda \theta_j`,
        ['X_{ij}', 'X_{ji}'],
        ['i=1', 'i=2'],
        [tex`\lambda \theta_j`, tex`\frac{\lambda}{2} \theta_j`],
      ),
      right(
        tex`\frac{\partial J}{\partial r} = \frac{1}{m} r`,
        [tex`\frac{1}{m}`, tex`\frac{1}{2m}`],
        ['} r', '} y'],
      ),
      right(tex`\frac{\partial r}{\partial \theta} = X`, ['= X', '= -X'], ['= X', tex`= X + X`]),
      right(
        tex`\frac{\partial J}{\partial \theta} = \frac{1}{m} X^T r + \lambda \theta`,
        ['X^T', 'X'],
        ['} X', '} 2 X'],
      ),
      right(
        tex`\frac{\partial J}{\partial \theta} = \frac{1}{m} (X^\top X \theta - X^\top y) + \lambda \theta`,
        [tex`- X^\top y`, tex`+ X^\top y`],
        [tex`X^\top X \theta`, tex`X X^\top \theta`],
      ),
      right("grad = 1/m * X' * (X*θ - y) + λ*θ; dJ/dθ = grad", ["X'", 'X'], ['1/m', '1/2']),
      right(
        tex`\frac{\partial J}{\partial \theta_j} = \frac{1}{m} \sum_{i=1}^{m} \left( \sum_k X_{ik} \theta_k - y_i \right) X_{ij} + \lambda \theta_j`,
        [tex`X_{ik} \theta_k`, tex`X_{ki} \theta_k`],
        ['- y_i', '+ y_i'],
      ),
      right(
        tex`d\theta = X.T @ r / m + \lambda \theta`
          .replace(tex`d\theta`, 'dθ')
          .replace(tex`\lambda \theta`, 'λ * θ'),
        ['/ m', ''],
        ['X.T @ r', 'X @ r'],
      ),
      right(
        tex`\nabla_\theta J = \frac1m \left( X^\top X + m \lambda I \right) \theta - \frac1m X^\top y`,
        [tex`m \lambda I`, tex`\lambda I`],
        [tex`- \frac1m`, tex`+ \frac1m`],
      ),
    ],
  },
  {
    model: 'hinge',
    entries: [
      right(
        tex`\frac{\partial L}{\partial w} = w - C \sum_{i=1}^{N} \mathbf{1}[y_i s_i < 1] y_i x_i`,
        ['< 1', '> 1'],
        ['- C', '+ C'],
        ['y_i x_i', 'x_i'],
        ['w - ', ''],
      ),
      right(
        tex`\frac{\partial L}{\partial b} = -C \sum_{i=1}^{N} \mathbf{1}_{y_i s_i < 1} y_i`,
        ['-C', 'C'],
        ['< 1', '< 0'],
        ['} y_i', '} s_i'],
      ),
      right(
        tex`\frac{\partial L}{\partial s_i} = -C y_i \mathbf{1}[1 - y_i s_i > 0]`,
        ['-C', ''],
        ['> 0', '< 0'],
        ['-C y_i', '-C s_i'],
      ),
      right(
        tex`\frac{\partial L}{\partial w} = w + \sum_{i=1}^{N} \frac{\partial L}{\partial s_i} x_i`,
        ['w + ', ''],
        ['x_i', 'w'],
        ['+ ', '- '],
      ),
      right(tex`\frac{\partial s_i}{\partial w} = x_i`, ['= x_i', '= w'], ['= x_i', '= -x_i']),
      right(
        tex`\frac{\partial L}{\partial x_i} = -C \mathbf{1}[y_i s_i < 1] y_i w`,
        ['y_i w', 'w'],
        ['-C', 'C'],
      ),
      right(
        tex`\frac{\partial L}{\partial b} = \sum_{i=1}^{N} \frac{\partial L}{\partial s_i}`,
        ['i=1', 'i=2'],
        ['= ', '= -'],
      ),
    ],
  },
  {
    model: 'pseudo-huber',
    entries: [
      right(
        tex`\frac{\partial L}{\partial r_i} = \frac{r_i}{\sqrt{1 + r_i^2}}`,
        ['1 + r_i^2', '1 - r_i^2'],
        [tex`\sqrt{1 + r_i^2}`, '1 + r_i^2'],
        ['{r_i}', '{2 r_i}'],
      ),
      right(
        tex`\frac{\partial L}{\partial w} = \sum_{i=1}^{4} \frac{r_i}{\sqrt{1 + r_i^2}} x_i`,
        ['i=1', 'i=2'],
        ['x_i', 'w'],
        ['{4}', '{3}'],
      ),
      right(
        tex`\frac{\partial L}{\partial c} = \sum_{i=1}^{4} \frac{\partial L}{\partial r_i}`,
        ['{4}', '{3}'],
        ['= ', '= -'],
      ),
      right(
        tex`\frac{\partial L}{\partial w} = \sum_{i=1}^{4} \frac{\partial L}{\partial r_i} \frac{\partial r_i}{\partial w}`,
        ['i=1', 'i=2'],
        [tex`\frac{\partial r_i}{\partial w}`, tex`\frac{\partial r_i}{\partial c}`],
      ),
      right(tex`\frac{\partial L}{\partial r_i} = r_i (1 + r_i^2)^{-1/2}`, ['-1/2', '1/2'], ['r_i (1', '(1']),
      right(
        tex`\frac{\partial L}{\partial w_j} = \sum_i \frac{r_i x_{i,j}}{\sqrt{1 + r_i^2}}`,
        ['x_{i,j}', 'w_j'],
        [tex`\sqrt{1 + r_i^2}`, '1 + r_i^2'],
      ),
    ],
  },
  {
    model: 'focal',
    entries: [
      right(
        tex`\frac{\partial FL}{\partial p} = \gamma (1 - p)^{\gamma - 1} \log p - \frac{(1 - p)^\gamma}{p}`,
        [tex`\gamma (1`, tex`-\gamma (1`],
        [tex`{\gamma - 1}`, tex`{\gamma}`],
        [tex`- \frac`, tex`+ \frac`],
        [tex`\log p `, ''],
      ),
      right(
        tex`\frac{\partial FL}{\partial p} = 2 (1 - p) \log p - \frac{(1 - p)^2}{p}`,
        ['2 (1 - p)', '(1 - p)'],
        ['(1 - p)^2', '(1 - p)'],
        [tex`\log p -`, tex`\log(1 - p) -`],
      ),
      right(
        tex`\frac{\partial FL}{\partial s} = (1 - p)^\gamma (\gamma p \log p + p - 1)`,
        ['+ p - 1', '- p + 1'],
        [tex`\gamma p`, tex`\gamma`],
        ['+ p - 1', '+ p'],
      ),
      right(tex`\frac{\partial CE}{\partial s} = p - 1`, ['p - 1', '1 - p'], ['p - 1', 'p']),
      right(tex`\frac{\partial CE}{\partial p} = -\frac{1}{p}`, ['-', ''], ['{p}', '{1 - p}']),
      right(tex`FL = (1 - p)^\gamma CE`, ['1 - p', 'p'], [tex`\gamma`, tex`{\gamma - 1}`], ['= ', '= -']),
      right(
        tex`\frac{\partial FL}{\partial s} = \frac{\partial FL}{\partial p} \frac{\partial p}{\partial s} = \frac{\partial FL}{\partial p} p (1 - p)`,
        ['p (1 - p)', '(1 - p)'],
        ['p (1 - p)', 'p (1 + p)'],
      ),
      right(
        tex`\frac{\partial FL}{\partial s} = \gamma p (1 - p)^\gamma \log p - (1 - p)^{\gamma + 1}`,
        [tex`\gamma + 1`, tex`\gamma`],
        [tex`- (1`, tex`+ (1`],
        [tex`\gamma p`, 'p'],
      ),
      right('dFL/ds = (1-p)^γ * (γ*p*log(p) + p - 1)', ['log(p)', 'log(1-p)'], ['(1-p)^γ', '(1-p)^(γ-1)']),
      right(
        'dFL/dp = γ (1 − p)^(γ−1) ln p − (1 − p)^γ / p',
        ['ln p', 'p'],
        ['/ p', '/ (1 − p)'],
        ['γ (1', '(1'],
      ),
      right(tex`\frac{\partial p}{\partial s} = p (1 - p)`, ['(1 - p)', '(1 + p)'], ['p (1 - p)', '1 - p^2']),
      right(
        tex`\frac{\partial FL}{\partial s} \Big|_{\gamma = 0} = p - 1`,
        ['p - 1', '1 - p'],
        [tex`\gamma = 0`, tex`\gamma = 1`],
      ),
      right(
        tex`\frac{\partial FL}{\partial p} = (1 - p)^{\gamma - 1} \left( \gamma \log p - \frac{1 - p}{p} \right)`,
        ['{1 - p}{p}', '{1}{p}'],
        [tex`\gamma \log p`, tex`\log p`],
      ),
      right(
        tex`\frac{\partial FL}{\partial s} = \left( \gamma (1 - p)^{\gamma - 1} \log p - \frac{(1 - p)^\gamma}{p} \right) p (1 - p)`,
        [tex`p (1 - p)`, 'p'],
        [tex`- \frac`, tex`+ \frac`],
      ),
    ],
  },
  {
    model: 'focal-logit',
    entries: [
      right(
        tex`\frac{\partial L}{\partial x} = \alpha y (1 - p)^\gamma (\gamma p \log p + p - 1) - (1 - \alpha) (1 - y) p^\gamma (\gamma (1 - p) \log(1 - p) - p)`,
        [tex`- (1 - \alpha)`, tex`+ (1 - \alpha)`],
        ['+ p - 1', '+ p'],
        [tex`(1 - \alpha) `, tex`\alpha `],
        [tex`\log(1 - p) - p`, tex`\log(1 - p) + p`],
      ),
      right(tex`\frac{\partial p}{\partial x} = p (1 - p)`, ['1 - p', '1 - x']),
      right(
        tex`\frac{\partial L}{\partial p} = \alpha y \left( \gamma (1 - p)^{\gamma - 1} \log p - \frac{(1 - p)^\gamma}{p} \right) - (1 - \alpha)(1 - y) \left( \gamma p^{\gamma - 1} \log(1 - p) - \frac{p^\gamma}{1 - p} \right)`,
        [tex`p^{\gamma - 1}`, tex`p^{\gamma}`],
        [tex`- (1 - \alpha)`, tex`+ (1 - \alpha)`],
      ),
      right(tex`\frac{\partial L}{\partial x} = \frac{\partial L}{\partial p} p (1 - p)`, ['p (1 - p)', 'p']),
      right('dL/dx = dL/dp * p * (1 - p)', [' * (1 - p)', ''], ['1 - p', '1 + p']),
    ],
  },
  {
    model: 'focal-sign',
    entries: [
      right(
        tex`\frac{\partial FL}{\partial x} = y (1 - p_t)^\gamma (\gamma p_t \log p_t + p_t - 1)`,
        ['y (1', '(1'],
        ['+ p_t - 1', '- p_t + 1'],
        [tex`\gamma p_t`, 'p_t'],
      ),
      right(tex`\frac{dFL}{dx} = y(1-p_t)^\gamma(\gamma p_t\log(p_t) + p_t - 1)`, ['p_t - 1', 'p_t']),
      right(
        tex`\frac{\partial p_t}{\partial x} = y p_t (1 - p_t)`,
        ['y p_t', 'p_t'],
        ['(1 - p_t)', '(1 + p_t)'],
      ),
      right(
        tex`\frac{\partial FL}{\partial p_t} = \gamma (1 - p_t)^{\gamma - 1} \log p_t - \frac{(1 - p_t)^\gamma}{p_t}`,
        ['- \\frac', '+ \\frac'],
        [tex`{\gamma - 1}`, tex`{\gamma}`],
      ),
    ],
  },
  {
    model: 'iou',
    entries: [
      right(
        tex`\frac{\partial L}{\partial I} = -\frac{U + I}{U^2}`,
        ['U + I', 'U'],
        ['= -', '= '],
        ['U^2', 'U'],
      ),
      right(tex`\frac{\partial L}{\partial U} = \frac{I}{U^2}`, ['U^2', 'U'], ['= ', '= -'], ['{I}', '{U}']),
      right(tex`\frac{\partial I}{\partial w} = h`, ['= h', '= w'], ['= h', '= -h']),
      right(tex`\frac{\partial U}{\partial I} = -1`, ['-1', '1'], ['-1', '0']),
      right(
        tex`\frac{\partial L}{\partial A} = \frac{\partial L}{\partial U} \frac{\partial U}{\partial A} = \frac{I}{U^2}`,
        ['{U^2}', '{U}'],
      ),
      right(tex`\frac{\partial A}{\partial a_3} = a_4 - a_2`, ['a_4 - a_2', 'a_2 - a_4'], ['a_4', 'a_3']),
      right(
        tex`\frac{\partial L}{\partial I} = \frac{\partial^+ L}{\partial I} + \frac{\partial L}{\partial U} \frac{\partial U}{\partial I}`,
        ['+ \\frac{\\partial L}{\\partial U}', '- \\frac{\\partial L}{\\partial U}'],
      ),
      right(tex`\frac{\partial L}{\partial w} = -\frac{h (U + I)}{U^2}`, ['= -', '= '], ['h (', 'w (']),
    ],
  },
  {
    model: 'contrastive',
    entries: [
      right(
        tex`\frac{\partial L}{\partial s_1} = \frac{\exp(s_1)}{\sum_{j=1}^{N} \exp(s_j)} - 1`,
        ['- 1', ''],
        ['- 1', '+ 1'],
        ['j=1', 'j=2'],
      ),
      right(
        tex`\frac{\partial L}{\partial s_2} = \frac{e^{s_2}}{\sum_{j=1}^{N} e^{s_j}}`,
        ['e^{s_2}', 'e^{s_1}'],
        ['= ', '= -'],
      ),
      right(
        tex`\frac{\partial L}{\partial s_i} = \frac{e^{s_i}}{\sum_{j=1}^{N} e^{s_j}} - \mathbf{1}[i = 1]`,
        ['i = 1', 'i = 2'],
        ['- ', '+ '],
      ),
      right(
        tex`\frac{\partial L}{\partial s_i} = \frac{e^{s_i}}{\sum_{j=1}^{N} e^{s_j}} - \delta_{i1}`,
        [tex`\delta_{i1}`, tex`\delta_{i2}`],
        [tex`- \delta`, tex`+ \delta`],
      ),
      right(
        tex`\frac{\partial L}{\partial q} = \sum_{i=1}^N \frac{\partial L}{\partial s_i} \frac{\partial s_i}{\partial q}`,
        ['i=1', 'i=2'],
        [tex`\frac{\partial s_i}{\partial q}`, tex`\frac{\partial s_i}{\partial k_i}`],
      ),
      right(
        tex`\frac{\partial L}{\partial k_i} = \frac{\partial L}{\partial s_i} \frac{\partial s_i}{\partial k_i}`,
        ['= ', '= -'],
        [tex`\frac{\partial s_i}{\partial k_i}`, tex`\frac{\partial s_i}{\partial q}`],
      ),
      right(
        tex`\frac{\partial s_i}{\partial k_i} = \frac{1}{\tau \|q\| \|k_i\|} \left( q - \frac{q^\top k_i}{\|k_i\|^2} k_i \right)`,
        [tex`\tau `, ''],
        [tex`\|k_i\|^2`, tex`\|k_i\|`],
        ['q - ', 'q + '],
      ),
    ],
  },
  {
    model: 'word2vec',
    entries: [
      right(
        tex`\frac{\partial L}{\partial v} = (\sigma(u^\top v) - 1) u + \sum_{k=1}^{K} \sigma(n_k^\top v) n_k`,
        ['- 1', ''],
        ['+ \\sum', '- \\sum'],
        ['n_k^\\top v) n_k', '-n_k^\\top v) n_k'],
        [') u', ') v'],
      ),
      right(tex`\frac{\partial L}{\partial u} = (\sigma(u^\top v) - 1) v`, ['- 1', '+ 1'], [') v', ') u']),
      right(
        tex`\frac{\partial L}{\partial n_k} = \sigma(n_k^\top v) v`,
        [tex`\sigma(n_k^\top v)`, tex`(\sigma(n_k^\top v) - 1)`],
        ['= ', '= -'],
        ['v) v', 'v) n_k'],
      ),
      right(
        tex`\frac{\partial L}{\partial n_k} = (1 - \sigma(-n_k^\top v)) v`,
        ['-n_k', 'n_k'],
        ['1 - ', ''],
      ),
      right(
        tex`\frac{\partial L}{\partial v} = -(1 - \sigma(u^\top v)) u + \sum_{k=1}^{K} (1 - \sigma(-n_k^\top v)) n_k`,
        ['-(1', '(1'],
        ['-n_k^', 'n_k^'],
      ),
      right(
        tex`\frac{\partial L}{\partial u} = -\sigma(-u^\top v) v`,
        ['-\\sigma(-', '-\\sigma('],
        ['= -', '= '],
      ),
      right('dL/du = (sigmoid(dot(u, v)) - 1) * v', ['- 1', ''], ['* v', '* u']),
      right('dL/dv = (σ(uᵀv) − 1) u + Σ_{k=1}^{K} σ(n_kᵀ v) n_k', ['− 1', '+ 1'], ['k=1', 'k=2']),
      right(
        tex`\frac{\partial L}{\partial v_i} = (\sigma(u^\top v) - 1) u_i + \sum_{k=1}^{K} \sigma(n_k^\top v) n_{k,i}`,
        ['n_{k,i}', 'v_i'],
        ['u_i', 'v_i'],
      ),
      right(tex`\frac{\partial L}{\partial v} = -\sigma(-u^\top v) u + \sum_{k} \sigma(n_k^\top v) n_k`, [
        '+ \\sum',
        '- \\sum',
      ]),
    ],
  },
];

const convolutions: readonly Group[] = [
  {
    model: 'conv2d',
    entries: [
      right(tex`\frac{\partial L}{\partial Y} = Y - G`, ['Y - G', 'G - Y'], ['Y - G', '2 (Y - G)']),
      right(
        tex`\frac{\partial L}{\partial b} = \sum_{i} \sum_{j} \frac{\partial L}{\partial Y_{ij}}`,
        [tex`\sum_{j} `, ''],
        ['= ', '= -'],
      ),
      right(
        tex`\frac{\partial L}{\partial b} = \sum_{i,j} (Y_{ij} - G_{ij})`,
        ['- G', '+ G'],
        ['G_{ij}', 'G_{ii}'],
      ),
      right('db = sum(dY)', ['sum(dY)', 'mean(dY)'], ['sum(dY)', '-sum(dY)']),
      right(
        tex`\frac{\partial L}{\partial K} = X \star (Y - G)`,
        [tex`X \star (Y - G)`, tex`(Y - G) \star X`],
        ['Y - G', 'G - Y'],
        [tex`\star`, tex`*`],
      ),
      right('dK = corr(X, dY)', ['corr', 'conv'], ['corr(X, dY)', 'corr(dY, X)'], ['dY', 'Y']),
      right(tex`dK = X \star dY`, ['X', 'K']),
      wrong(tex`\frac{\partial L}{\partial K} = \mathrm{rot180}(X * \frac{\partial L}{\partial Y})`),
      right(
        tex`\frac{\partial L}{\partial K} = X * \mathrm{rot180}(\frac{\partial L}{\partial Y})`,
        [tex`X *`, tex`X \star`],
        [tex`\mathrm{rot180}(\frac{\partial L}{\partial Y})`, tex`\frac{\partial L}{\partial Y}`],
      ),
      right(
        tex`\frac{\partial L}{\partial K_{mn}} = \sum_{i=1}^{3} \sum_{j=1}^{3} \frac{\partial L}{\partial Y_{ij}} X_{i+m-1,j+n-1}`,
        ['i+m-1,j+n-1', 'i-m+1,j-n+1'],
        ['i+m-1,j+n-1', 'j+n-1,i+m-1'],
        ['j=1', 'j=2'],
        ['i=1}^{3}', 'i=1}^{2}'],
      ),
      right(
        tex`\frac{\partial L}{\partial K_{m,n}} = \sum_{i=0}^{2} \sum_{j=0}^{2} \frac{\partial L}{\partial Y_{i,j}} X_{i+m,j+n}`,
        ['X_{i+m,j+n}', 'X_{i-m,j-n}'],
        ['X_{i+m,j+n}', 'X_{m,n}'],
        ['Y_{i,j}}', 'Y_{j,i}}'],
        ['{2} \\sum', '{1} \\sum'],
      ),
      right(
        tex`\frac{\partial L}{\partial X_{ij}} = \sum_{m} \sum_{n} \frac{\partial L}{\partial Y_{i-m,j-n}} K_{mn}`,
        ['i-m,j-n', 'i+m,j+n'],
        ['K_{mn}', 'K_{nm}'],
        ['i-m,j-n', 'i-n,j-m'],
      ),
      right(
        tex`\frac{\partial L}{\partial X_{ij}} = \sum_{m=0}^{1} \sum_{n=0}^{1} K_{mn} \frac{\partial L}{\partial Y_{i-m,j-n}}`,
        ['m=0', 'm=1'],
        ['i-m', 'i+m'],
      ),
      right(tex`\frac{\partial Y_{ij}}{\partial X_{i+m,j+n}} = K_{mn}`, ['K_{mn}', 'K_{nm}'], ['i+m', 'i-m']),
      right(
        tex`\frac{\partial Y_{ij}}{\partial K_{mn}} = X_{i+m,j+n}`,
        ['i+m,j+n', 'i-m,j-n'],
        ['i+m,j+n', 'i,j'],
      ),
      right(tex`\frac{\partial Y_{ij}}{\partial b} = 1`, ['= 1', '= b'], ['= 1', '= -1']),
      right(
        tex`\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y} *_{\mathrm{full}} K`,
        [tex`*_{\mathrm{full}}`, tex`\star_{\mathrm{full}}`],
        ['} K', tex`} \mathrm{rot180}(K)`],
      ),
      right(
        tex`\frac{\partial L}{\partial X} = (Y - G) \star_{\mathrm{full}} \mathrm{rot180}(K)`,
        [tex`\mathrm{rot180}(K)`, 'K'],
        ['Y - G', 'G - Y'],
        [tex`_{\mathrm{full}}`, ''],
      ),
      right('dX = conv_full(dY, K)', ['conv_full', 'corr_full'], ['dY, K', 'K, X'], ['conv_full', 'conv']),
      right(
        'dX = corr_full(dY, rot180(K))',
        ['rot180(K)', 'K'],
        ['corr_full', 'conv_full'],
        ['corr_full', 'corr'],
      ),
      right('dX = corr(dY, rot180(K), full)', ['full', 'valid'], ['rot180(K)', 'K']),
      right(
        tex`\frac{\partial L}{\partial K} = \sum_{ij} \frac{\partial L}{\partial Y_{ij}} \frac{\partial Y_{ij}}{\partial K}`,
        ['Y_{ij}} \\frac', 'Y_{ji}} \\frac'],
        ['= ', '= -'],
      ),
      right(
        tex`\frac{\partial L}{\partial b} = \frac{\partial L}{\partial Y} \frac{\partial Y}{\partial b}`,
        ['= ', '= -'],
        [tex`\frac{\partial Y}{\partial b}`, tex`\frac{\partial Y}{\partial K}`],
      ),
      right(
        tex`\frac{\partial L}{\partial K} = \frac{\partial L}{\partial Y} \frac{\partial Y}{\partial K}`,
        [tex`\frac{\partial L}{\partial Y} `, ''],
      ),
      right('dX = tconv(dY, K)', ['tconv(dY, K)', 'corr(dY, K)'], ['tconv(dY, K)', 'tconv(dY, rot180(K))']),
    ],
  },
  {
    model: 'conv-true',
    entries: [
      right(tex`\frac{\partial L}{\partial V} = V`, ['= V', '= -V'], ['= V', '= F']),
      right('∂L/∂F = F', ['= F', '= 2 F']),
      right(
        tex`\frac{\partial L}{\partial X} = \frac{\partial L}{\partial F} \frac{\partial F}{\partial X} + \frac{\partial L}{\partial S} \frac{\partial S}{\partial X} + \frac{\partial L}{\partial V} \frac{\partial V}{\partial X}`,
        [tex` + \frac{\partial L}{\partial V} \frac{\partial V}{\partial X}`, '', 'missing'],
        [tex`+ \frac{\partial L}{\partial S}`, tex`- \frac{\partial L}{\partial S}`],
      ),
      right('F = conv_full(X, K)', ['conv_full', 'corr_full'], ['conv_full', 'conv']),
      right('F = X *_{full} K', ['*', '⋆'], ['_{full}', '']),
      right('V = X * K', ['*', '⋆'], ['X * K', 'K * K']),
      right('V = corr(X, rot180(K))', ['rot180(K)', 'K']),
    ],
  },
  {
    model: 'conv1d',
    entries: [
      right(tex`\frac{\partial L}{\partial h} = h - y`, ['h - y', 'y - h'], ['h - y', 'h']),
      right(
        tex`\frac{\partial L}{\partial z} = (h - y) \odot (1 - h^2)`,
        ['1 - h^2', '1 - z^2'],
        ['1 - h^2', tex`h \odot (1 - h)`],
        ['h - y', 'z - y'],
      ),
      right(
        tex`\frac{\partial L}{\partial k} = \mathrm{rot180}(x \star \frac{\partial L}{\partial z})`,
        [tex`\mathrm{rot180}`, ''],
        [tex`x \star`, 'x *'],
      ),
      right(
        tex`\frac{\partial L}{\partial x} = \frac{\partial L}{\partial z} \star_{\mathrm{full}} k`,
        [tex`\star_`, '*_'],
        [tex`_{\mathrm{full}}`, ''],
      ),
      right('dx = corr_full(dz, k)', ['corr_full', 'conv_full'], ['dz', 'dh']),
      right(tex`dk = \mathrm{flip}(\mathrm{corr}(x, dz))`, [tex`\mathrm{flip}`, ''], ['dz', 'dh']),
      right(
        tex`\frac{\partial L}{\partial k} = \frac{\partial L}{\partial h} \frac{\partial h}{\partial z} \frac{\partial z}{\partial k}`,
        [tex`\frac{\partial h}{\partial z} `, ''],
        [tex`\frac{\partial z}{\partial k}`, tex`\frac{\partial z}{\partial x}`],
      ),
      right(
        tex`\frac{\partial L}{\partial k_j} = \sum_{i=1}^{5} \frac{\partial L}{\partial z_i} x_{i+3-j}`,
        ['i+3-j', 'i+j-1'],
        ['i=1', 'i=2'],
        ['z_i}', 'h_i}'],
      ),
      right(tex`\frac{\partial z_i}{\partial k_j} = x_{i+3-j}`, ['i+3-j', 'i+4-j'], ['i+3-j', 'i-3+j']),
      right(
        tex`\frac{\partial h}{\partial z} = \mathrm{diag}(1 - h \odot h)`,
        [tex`1 - h \odot h`, '1 - h'],
        ['1 - h', '1 + h'],
      ),
      right(
        tex`\frac{\partial L}{\partial z_i} = (h_i - y_i) (1 - h_i^2)`,
        ['h_i^2', 'h_i'],
        ['- y_i', '+ y_i'],
      ),
      right(
        'dz = (h - y) .* (1 - h.^2); dk = rot180(corr(x, dz)); dx = corr_full(dz, k)',
        ['(1 - h.^2)', '(1 - z.^2)'],
        ['rot180(corr(x, dz))', 'corr(x, dz)'],
        ['corr_full', 'corr'],
      ),
    ],
  },
  {
    model: 'conv-step',
    entries: [
      right(
        tex`\frac{\partial L}{\partial w_j} = \sum_{i=1}^{5} (y_i - g_i) x_{i+j-1}`,
        ['i+j-1', 'i-j+3'],
        ['i=1', 'i=2'],
        ['- g_i', '+ g_i'],
      ),
      right(
        tex`\frac{\partial L}{\partial b} = \sum_{i=1}^{5} (y_i - g_i)`,
        ['{5}', '{4}'],
        ['y_i - g_i', 'y_i'],
      ),
      right(
        tex`\frac{\partial L}{\partial x_k} = \sum_{j=1}^{3} \frac{\partial L}{\partial y_{k-j+1}} w_j`,
        ['k-j+1', 'k+j-1'],
        ['j=1', 'j=2'],
        ['w_j', 'w_k'],
      ),
      right(tex`\frac{\partial L}{\partial y_i} = y_i - g_i`, ['y_i - g_i', 'g_i - y_i']),
      right(tex`\frac{\partial y_i}{\partial w_j} = x_{i+j-1}`, ['i+j-1', 'i+j+1'], ['i+j-1', 'i-j+1']),
      right(
        tex`\frac{\partial L}{\partial w} = \sum_{i=1}^{5} \frac{\partial L}{\partial y_i} \frac{\partial y_i}{\partial w}`,
        ['i=1', 'i=2', 'missing'],
        ['= ', '= -'],
      ),
      right(
        tex`\frac{\partial L}{\partial b} = \sum_{i=1}^{5} \frac{\partial L}{\partial y_i}`,
        ['{5}', '{4}'],
        ['= ', '= 2 '],
      ),
      right(tex`\frac{\partial L}{\partial w_j} = \sum_{i} \frac{\partial L}{\partial y_i} x_{i+j-1}`, [
        'i+j-1',
        'j',
      ]),
    ],
  },
  {
    model: 'conv-same',
    entries: [
      right(
        tex`\frac{\partial L}{\partial Y} = (A - G) \odot \mathbf{1}[Y > 0]`,
        ['Y > 0', 'Y < 0'],
        [tex` \odot \mathbf{1}[Y > 0]`, ''],
        ['A - G', 'G - A'],
      ),
      right("dY = (A - G) .* relu'(Y)", ["relu'(Y)", 'relu(Y)']),
      right('dX = conv_same(dY, K)', ['conv_same', 'corr_same'], ['dY', 'dA']),
      right(
        tex`\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y} \star_{\mathrm{same}} \mathrm{rot180}(K)`,
        [tex`\mathrm{rot180}(K)`, 'K'],
        ['same', 'full'],
      ),
      right(
        tex`\frac{\partial L}{\partial Y_{ij}} = (A_{ij} - G_{ij}) \mathbf{1}[A_{ij} > 0]`,
        ['> 0', '< 0'],
        ['- G_{ij}', '+ G_{ij}'],
      ),
      right(
        tex`\frac{\partial L}{\partial K_{mn}} = \sum_{i=1}^{5} \sum_{j=1}^{4} \frac{\partial L}{\partial Y_{ij}} X_{i+m-2,j+n-2}`,
        ['i+m-2,j+n-2', 'i+m-1,j+n-1'],
        ['i+m-2,j+n-2', 'i-m+2,j-n+2'],
        ['j=1', 'j=2'],
      ),
      right(
        tex`\frac{\partial L}{\partial K} = \frac{\partial L}{\partial A} \frac{\partial A}{\partial Y} \frac{\partial Y}{\partial K}`,
        [tex`\frac{\partial A}{\partial Y} `, ''],
      ),
    ],
  },
  {
    model: 'conv-channels',
    entries: [
      right(
        tex`\frac{\partial L}{\partial Y} = (A - G) \odot (1 - A \odot A)`,
        [tex`1 - A \odot A`, '1 - A'],
        ['A - G', 'G - A'],
      ),
      right('dY = (A - G) .* (1 - A.^2)', ['(1 - A.^2)', '(1 - Y.^2)'], ['A.^2', 'A']),
      right(
        tex`\frac{\partial L}{\partial K} = \frac{\partial L}{\partial A} \frac{\partial A}{\partial Y} \frac{\partial Y}{\partial K}`,
        [tex`\frac{\partial A}{\partial Y} `, ''],
        [tex`\frac{\partial Y}{\partial K}`, tex`\frac{\partial Y}{\partial X}`],
      ),
      right(tex`\frac{\partial L}{\partial A} = A - G`, ['A - G', 'A + G']),
      right(
        tex`\frac{\partial L}{\partial Y_{oij}} = (A_{oij} - G_{oij}) (1 - A_{oij}^2)`,
        ['A_{oij}^2', 'A_{oij}'],
        ['G_{oij}', 'G_{oji}'],
      ),
      right('dX = tconv(dY, K, stride=2, pad=1)', ['stride=2', 'stride=1'], ['dY', 'dA']),
    ],
  },
  {
    model: 'cnn',
    entries: [
      right(
        tex`\frac{\partial L}{\partial Z} = \mathrm{softmax}(Z) - y`,
        ['- y', '+ y'],
        [tex`\mathrm{softmax}(Z)`, 'Z'],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = (\mathrm{softmax}(Z) - y) f^\top`,
        [tex`f^\top`, 'f'],
        ['- y', ''],
      ),
      right(
        tex`\frac{\partial L}{\partial M} = P \star \frac{\partial L}{\partial B} \odot (1 - B \odot B)`.replace(
          tex`P \star \frac{\partial L}{\partial B} \odot (1 - B \odot B)`,
          tex`P \star (\frac{\partial L}{\partial B} \odot (1 - B \odot B))`,
        ),
        ['1 - B', '1 + B'],
        [tex`P \star`, tex`A \star`],
      ),
      right(
        tex`\frac{\partial L}{\partial d} = \sum_{ij} \frac{\partial L}{\partial B_{ij}} (1 - B_{ij}^2)`,
        ['(1 - B_{ij}^2)', '(1 - B_{ij})'],
        ['= ', '= -'],
      ),
      right(tex`\frac{\partial L}{\partial b} = \mathrm{softmax}(Z) - y`, ['- y', '+ y']),
      right(
        tex`\frac{\partial L}{\partial K} = \frac{\partial L}{\partial Z} \frac{\partial Z}{\partial B} \frac{\partial B}{\partial P} \frac{\partial P}{\partial A} \frac{\partial A}{\partial K}`,
        [tex`\frac{\partial B}{\partial P} `, ''],
        [tex`\frac{\partial A}{\partial K}`, tex`\frac{\partial A}{\partial c}`],
      ),
      right(
        tex`\frac{\partial L}{\partial P} = (\frac{\partial L}{\partial B} \odot (1 - B^{\odot 2})) *_{\mathrm{full}} M`.replace(
          tex`B^{\odot 2}`,
          tex`B \odot B`,
        ),
        [tex`*_`, tex`\star_`],
        ['full', 'same'],
      ),
    ],
  },
  {
    model: 'tconv',
    entries: [
      right(
        tex`\frac{\partial L}{\partial x} = C (y - g)`,
        ['C (', tex`C^\top (`],
        ['y - g', 'g - y'],
        ['y - g', 'y'],
      ),
      right(tex`\frac{\partial L}{\partial y} = y - g`, ['y - g', 'g - y']),
      right(tex`\frac{\partial y}{\partial x} = C^\top`, [tex`C^\top`, tex`-C^\top`], [tex`C^\top`, 'K']),
      ambiguous(tex`\frac{\partial y}{\partial x} = C`),
      right('dx = C * dy', ['C * dy', "C' * dy"], ['dy', 'y']),
      right('dx = C @ (y - g)', ['C @', 'C.T @'], ['y - g', 'g - y']),
      right(
        tex`\frac{\partial L}{\partial x} = \mathrm{vec}((Y - G) \star K)`,
        [tex`\star`, '*'],
        ['Y - G', 'G - Y'],
        ['K', 'rot180(K)'],
      ),
      right(
        tex`\frac{\partial L}{\partial K} = (Y - G) \star X`,
        [tex`(Y - G) \star X`, tex`X \star (Y - G)`],
        ['Y - G', 'Y'],
        [tex`\star`, '*'],
      ),
      right(tex`Y = X *_{\mathrm{full}} K`, ['*_', tex`\star_`], ['full', 'same']),
      right(tex`Y = X \star_{\mathrm{full}} \mathrm{rot180}(K)`, [tex`\mathrm{rot180}(K)`, 'K']),
      right(
        tex`\frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} \frac{\partial y}{\partial x}`,
        ['= ', '= -'],
      ),
      right(tex`y = \mathrm{vec}(X *_{\mathrm{full}} K)`, ['*', tex`\star`]),
      right(
        tex`\frac{\partial L}{\partial x} = C C^\top x - C g`,
        [tex`C C^\top`, tex`C^\top C`],
        ['- C g', '+ C g'],
      ),
      right(
        tex`\frac{\partial L}{\partial x_i} = \sum_{j=1}^{9} C_{ij} (y_j - g_j)`,
        ['C_{ij}', 'C_{ji}'],
        ['{9}', '{8}'],
        ['- g_j', '+ g_j'],
      ),
      right("y = C' * x", ["C'", 'C'], ['x', 'g']),
      right(tex`y_j = \sum_{i} C_{ij} x_i`, ['C_{ij}', 'C_{ji}'], ['x_i', 'x_j']),
    ],
  },
  {
    model: 'tconv-product',
    entries: [
      right(
        tex`\frac{\partial L}{\partial C} = x (y - g)^\top`,
        [tex`(y - g)^\top`, '(y - g)'],
        ['y - g', 'g - y'],
      ),
      right(
        tex`\frac{\partial L}{\partial C_{ij}} = x_i (y_j - g_j)`,
        ['x_i', 'x_j'],
        ['y_j - g_j', 'g_j - y_j'],
      ),
      right(tex`\frac{\partial L}{\partial x} = C \frac{\partial L}{\partial y}`, ['C ', tex`C^\top `]),
      right(
        tex`\frac{\partial L}{\partial C} = x \left( \frac{\partial L}{\partial y} \right)^\top`,
        ['= x', '= -x'],
        ['= x', '= g'],
      ),
      right(
        'dC = np.outer(x, dy); dx = C @ dy',
        ['np.outer(x, dy)', 'np.outer(dy, x)'],
        ['C @ dy', 'C.T @ dy'],
      ),
      right(
        tex`\frac{\partial L}{\partial C} = x x^\top C - x g^\top`,
        [tex`- x`, tex`+ x`],
        [tex`x^\top C`, tex`x^\top C^\top`],
      ),
    ],
  },
  {
    model: 'tconv_seed',
    entries: [
      right(tex`y = W_m^\top x`.replace('W_m', 'Wm'), [tex`Wm^\top`, 'Wm'], ['x', 'y']),
      right(
        tex`Y = \begin{bmatrix} 1 & 3 & 2 \\ 4 & 10 & 6 \\ 3 & 7 & 4 \end{bmatrix}`,
        ['10', '9'],
        ['1 & 3 & 2', '1 & 2 & 3'],
        ['7 & 4', '4 & 7'],
      ),
      right('y = [1; 3; 2; 4; 10; 6; 3; 7; 4]', ['10', '8'], ['7; 4', '4; 7']),
      right(tex`\frac{\partial L}{\partial X} = Y \star K`, [tex`\star`, '*'], ['Y', 'X']),
      right(tex`\frac{\partial L}{\partial Y} = Y`, ['= Y', '= -Y']),
      right("y = Wm' * x", ["Wm'", 'Wm']),
    ],
  },
  {
    model: 'tconv-stride',
    entries: [
      right(tex`\frac{\partial L}{\partial Y} = Y - G`, ['Y - G', 'G - Y']),
      right('dX = corr(dY, K, stride=2)', ['stride=2', 'stride=1'], ['corr', 'conv'], ['dY', 'Y']),
      right(
        tex`\frac{\partial L}{\partial X_{ij}} = \sum_{m=1}^{3} \sum_{n=1}^{3} K_{mn} \frac{\partial L}{\partial Y_{2i+m-2,2j+n-2}}`,
        ['2i+m-2', '2i+m-1'],
        ['K_{mn}', 'K_{nm}'],
        ['m=1', 'm=2'],
      ),
      right(
        tex`\frac{\partial L}{\partial X_{ij}} = \sum_{m=0}^{2} \sum_{n=0}^{2} K_{mn} \frac{\partial L}{\partial Y_{2i+m,2j+n}}`,
        ['2i+m', 'i+m'],
        ['2j+n', '2j-n'],
      ),
      right(
        tex`\frac{\partial L}{\partial K_{mn}} = \sum_{i=0}^{1} \sum_{j=0}^{2} X_{ij} \frac{\partial L}{\partial Y_{2i+m,2j+n}}`,
        ['2i+m,2j+n', 'i+m,j+n'],
        ['X_{ij}', 'X_{mn}'],
        ['j=0', 'j=1'],
      ),
      right(
        tex`\frac{\partial L}{\partial K} = \frac{\partial L}{\partial Y} \frac{\partial Y}{\partial K}`,
        ['= ', '= -'],
      ),
    ],
  },
];

const layers: readonly Group[] = [
  {
    model: 'batch-norm',
    entries: [
      right(
        tex`\frac{\partial L}{\partial \gamma} = (\frac{\partial L}{\partial Y} \odot H)^\top \mathbf{1}`,
        [tex`\odot H`, ''],
        ['H)', 'Y)'],
      ),
      right(
        tex`\frac{\partial L}{\partial \gamma_j} = \sum_{i=1}^{N} \frac{\partial L}{\partial Y_{ij}} H_{ij}`,
        ['H_{ij}', 'C_{ij}'],
        ['i=1', 'i=2'],
        ['Y_{ij}}', 'H_{ij}}'],
      ),
      right(
        tex`\frac{\partial L}{\partial \beta_j} = \sum_{i=1}^{N} \frac{\partial L}{\partial Y_{ij}}`,
        ['i=1', 'i=2'],
        ['= ', '= -'],
      ),
      right(
        tex`\frac{\partial L}{\partial H} = \frac{\partial L}{\partial Y} \odot (\mathbf{1} \gamma^\top)`,
        [tex`\gamma`, tex`\beta`],
        [tex` \odot (\mathbf{1} \gamma^\top)`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial H_{ij}} = \frac{\partial L}{\partial Y_{ij}} \gamma_j`,
        [tex`\gamma_j`, tex`\gamma_i`],
        [tex`\gamma_j`, tex`\beta_j`],
      ),
      right(
        'dγ = np.sum(dY * H, axis=0); dβ = np.sum(dY, axis=0); dH = dY * γ',
        ['axis=0); dβ', 'axis=1); dβ'],
        ['dY * H', 'dY * Y'],
        ['dY * γ', 'dY * β'],
      ),
      right(
        tex`\frac{\partial L}{\partial v_j} = -\frac12 \sum_{i=1}^{N} \frac{\partial L}{\partial H_{ij}} C_{ij} (v_j + \varepsilon)^{-3/2}`,
        ['-3/2', '-1/2'],
        [tex`-\frac12 `, ''],
        ['C_{ij}', 'H_{ij}'],
      ),
      right(
        tex`\frac{\partial L}{\partial X_{ij}} = \frac{s_j}{N} \left( N \frac{\partial L}{\partial H_{ij}} - \sum_{k=1}^{N} \frac{\partial L}{\partial H_{kj}} - H_{ij} \sum_{k=1}^{N} \frac{\partial L}{\partial H_{kj}} H_{kj} \right)`,
        ['- H_{ij}', '+ H_{ij}'],
        ['N \\frac', '\\frac'],
        [tex` H_{kj} \right)`, tex` \right)`],
        [tex` - \sum_{k=1}^{N} \frac{\partial L}{\partial H_{kj}} - H`, ' - H'],
      ),
      right(
        'dX = (1/N) * s * (N*dH - np.sum(dH, axis=0) - H * np.sum(dH*H, axis=0))',
        ['- H *', '+ H *'],
        ['(1/N) * ', ''],
        ['dH*H', 'dH'],
        ['N*dH', 'dH'],
      ),
      right(
        tex`\frac{\partial L}{\partial s_j} = \sum_i \frac{\partial L}{\partial H_{ij}} C_{ij}`,
        ['C_{ij}', 'X_{ij}'],
        ['= ', '= -'],
      ),
      right(
        tex`\frac{\partial s_j}{\partial v_j} = -\frac12 (v_j + \varepsilon)^{-3/2}`,
        ['-3/2', '-1/2'],
        ['= -', '= '],
      ),
      right(tex`\frac{\partial L}{\partial Y} = Y - T`, ['Y - T', 'T - Y']),
    ],
  },
  {
    model: 'batch-norm-feature',
    entries: [
      right(
        tex`\frac{\partial L}{\partial \hat x_i} = \frac{\partial L}{\partial y_i} \cdot \gamma`,
        [tex`\gamma`, tex`\beta`],
        [tex` \cdot \gamma`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial v} = \sum_{i=1}^{m} \frac{\partial L}{\partial \hat x_i} \cdot (x_i - \mu) \cdot \frac{-1}{2} (v + \varepsilon)^{-3/2}`,
        ['-3/2', '-1/2'],
        [tex`\frac{-1}{2}`, tex`\frac{1}{2}`],
        [tex`x_i - \mu`, 'x_i'],
      ),
      right(
        tex`\frac{\partial L}{\partial \mu} = \sum_{i=1}^{m} \frac{\partial L}{\partial \hat x_i} \cdot \frac{-1}{\sqrt{v + \varepsilon}} + \frac{\partial L}{\partial v} \cdot \frac{\sum_{i=1}^{m} -2 (x_i - \mu)}{m}`,
        ['\\frac{-1}{\\sqrt', '\\frac{1}{\\sqrt'],
        [tex`\sum_{i=1}^{m} \frac{\partial L}`, tex`\sum_{i=2}^{m} \frac{\partial L}`],
      ),
      right(
        tex`\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial \hat x_i} \cdot \frac{1}{\sqrt{v + \varepsilon}} + \frac{\partial L}{\partial v} \cdot \frac{2 (x_i - \mu)}{m} + \frac{\partial L}{\partial \mu} \cdot \frac{1}{m}`,
        [tex` + \frac{\partial L}{\partial \mu} \cdot \frac{1}{m}`, ''],
        ['\\frac{2 (x_i', '\\frac{(x_i'],
        [tex`\cdot \frac{1}{m}`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial \gamma} = \sum_{i=1}^{m} \frac{\partial L}{\partial y_i} \cdot \hat x_i`,
        [tex`\hat x_i`, 'x_i'],
        ['i=1', 'i=2'],
      ),
      right(
        tex`\frac{\partial L}{\partial \beta} = \sum_{i=1}^{m} \frac{\partial L}{\partial y_i}`,
        ['i=1', 'i=2'],
        ['= ', '= -'],
      ),
      right(
        tex`\frac{\partial L}{\partial x} = \frac{\gamma}{m \sqrt{v + \varepsilon}} \left( m \frac{\partial L}{\partial y} - \sum_{j} \frac{\partial L}{\partial y_j} - \hat x \sum_j \frac{\partial L}{\partial y_j} \hat x_j \right)`,
        [tex`- \hat x \sum`, tex`+ \hat x \sum`],
        [tex`\gamma`, '1'],
        ['m \\frac{\\partial L}{\\partial y} ', '\\frac{\\partial L}{\\partial y} '],
      ),
      right(
        tex`\frac{\partial L}{\partial x_i} = \frac{1}{m \sqrt{v + \varepsilon}} \left( m \frac{\partial L}{\partial \hat x_i} - \sum_{j=1}^m \frac{\partial L}{\partial \hat x_j} - \hat x_i \sum_{j=1}^m \frac{\partial L}{\partial \hat x_j} \hat x_j \right)`,
        [tex`- \hat x_i`, tex`+ \hat x_i`],
        [tex`\hat x_j \right)`, tex`\hat x_i \right)`],
      ),
      right(
        tex`\frac{\partial v}{\partial x_i} = \frac{2}{m} (x_i - \mu)`,
        [tex`\frac{2}{m}`, tex`\frac{1}{m}`],
        [tex`x_i - \mu`, tex`\mu - x_i`],
      ),
      right(tex`\frac{\partial \mu}{\partial x_i} = \frac{1}{m}`, ['{m}', '{2}'], ['= ', '= -']),
      right(
        tex`\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial \hat x_i} \frac{\partial \hat x_i}{\partial x_i} + \frac{\partial L}{\partial v} \frac{\partial v}{\partial x_i} + \frac{\partial L}{\partial \mu} \frac{\partial \mu}{\partial x_i}`,
        [tex` + \frac{\partial L}{\partial \mu} \frac{\partial \mu}{\partial x_i}`, ''],
        ['+ \\frac{\\partial L}{\\partial v}', '- \\frac{\\partial L}{\\partial v}'],
      ),
      right(tex`\frac{\partial L}{\partial y} = y - t`, ['y - t', 't - y']),
    ],
  },
  {
    model: 'layer-norm',
    entries: [
      right(tex`\frac{\partial L}{\partial h} = h - y`, ['h - y', 'y - h']),
      right(
        tex`\frac{\partial L}{\partial b} = (h - y) \odot (1 - h^2)`,
        ['1 - h^2', '1 - h'],
        ['h - y', 'y - h'],
      ),
      right(
        tex`\frac{\partial L}{\partial g} = (h - y) \odot (1 - h^2) \odot \hat a`,
        [tex`\hat a`, 'a'],
        [tex` \odot (1 - h^2)`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial \hat a} = g \odot (h - y) \odot (1 - h^2)`,
        ['g \\odot', 'b \\odot'],
        ['1 - h^2', '(1 - h)^2'],
      ),
      right(
        tex`\frac{\partial L}{\partial a} = \frac{1}{n \sqrt{v + \varepsilon}} \left( n \frac{\partial L}{\partial \hat a} - \sum_j \frac{\partial L}{\partial \hat a_j} - \hat a \sum_j \frac{\partial L}{\partial \hat a_j} \hat a_j \right)`,
        [tex`- \hat a \sum`, tex`+ \hat a \sum`],
        ['n \\frac{\\partial L}{\\partial \\hat a} ', '\\frac{\\partial L}{\\partial \\hat a} '],
        [tex`\frac{1}{n \sqrt`, tex`\frac{1}{\sqrt`],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = \frac{\partial L}{\partial a} x^\top`,
        [tex`x^\top`, 'x'],
        ['= ', '= -'],
      ),
      right(tex`\frac{\partial L}{\partial x} = W^\top \frac{\partial L}{\partial a}`, [tex`W^\top`, 'W']),
      right(tex`\frac{\partial \mu}{\partial a_i} = \frac{1}{n}`, ['{n}', '{2}']),
      right(
        tex`\frac{\partial v}{\partial a_i} = \frac{2}{n} (a_i - \mu)`,
        ['{2}', '{1}'],
        [tex`- \mu`, tex`+ \mu`],
      ),
      right(
        tex`\frac{\partial \hat a_i}{\partial a_j} = \frac{1}{\sqrt{v + \varepsilon}} \left( \delta_{ij} - \frac{1}{n} - \frac{\hat a_i \hat a_j}{n} \right)`,
        [tex`- \frac{1}{n} `, ''],
        [tex`- \frac{\hat a_i`, tex`+ \frac{\hat a_i`],
        [tex`\hat a_i \hat a_j`, tex`\hat a_i \hat a_i`],
      ),
    ],
  },
  {
    model: 'residual',
    entries: [
      right(
        tex`\frac{\partial x_2}{\partial x_1} = I + V_2 \mathrm{diag}(\mathrm{relu}'(W_2 x_1)) W_2`,
        ['I + ', ''],
        ['I + ', 'I - '],
        ['V_2', 'V_1'],
        ['x_1))', 'x_2))'],
      ),
      right(
        tex`\frac{\partial L}{\partial x_1} = \frac{\partial L}{\partial x_2} + W_2^\top ((V_2^\top \frac{\partial L}{\partial x_2}) \odot \mathrm{relu}'(W_2 x_1))`,
        [tex`\frac{\partial L}{\partial x_2} + `, ''],
        [tex`W_2^\top ((`, 'W_2 (('],
        [tex`V_2^\top`, 'V_2'],
      ),
      right(
        tex`\frac{\partial L}{\partial x_k} = \frac{\partial L}{\partial x_{k+1}} + W_{k+1}^\top (V_{k+1}^\top \frac{\partial L}{\partial x_{k+1}} \odot \mathbf{1}[W_{k+1} x_k > 0])`,
        ['> 0', '< 0'],
        [tex`W_{k+1}^\top`, tex`W_{k}^\top`],
        ['x_k > 0', 'x_{k+1} > 0'],
      ),
      right(
        tex`\frac{\partial L}{\partial V_k} = \frac{\partial L}{\partial x_k} \mathrm{relu}(W_k x_{k-1})^\top`,
        ['x_{k-1}', 'x_k'],
        ['W_k', 'V_k'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_k} = ((V_k^\top \frac{\partial L}{\partial x_k}) \odot \mathrm{relu}'(W_k x_{k-1})) x_{k-1}^\top`,
        [tex`x_{k-1}^\top`, tex`x_{k}^\top`],
        [tex`V_k^\top`, 'V_k'],
        ["'", ''],
      ),
      right(tex`\frac{\partial L}{\partial x_2} = x_2 - y`, ['x_2 - y', 'y - x_2']),
      right(
        tex`\frac{\partial L}{\partial x_0} = \frac{\partial L}{\partial x_2} \frac{\partial x_2}{\partial x_1} \frac{\partial x_1}{\partial x_0}`,
        [tex`\frac{\partial x_2}{\partial x_1} `, ''],
        ['= ', '= -'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_1} = \frac{\partial L}{\partial x_2} \frac{\partial x_2}{\partial x_1} \frac{\partial x_1}{\partial W_1}`,
        [tex`\frac{\partial x_2}{\partial x_1} `, ''],
        [tex`\frac{\partial x_1}{\partial W_1}`, tex`\frac{\partial x_2}{\partial W_2}`],
      ),
    ],
  },
  {
    model: 'highway',
    entries: [
      right(
        tex`\frac{\partial L}{\partial \tau_l} = \frac{\partial L}{\partial x_l} \odot (\tanh(W_l x_{l-1} + b_l) - x_{l-1})`,
        ['- x_{l-1}', '+ x_{l-1}'],
        [' - x_{l-1}', ''],
        ['(W_l', '(A_l'],
      ),
      right(
        tex`\frac{\partial L}{\partial c_l} = \frac{\partial L}{\partial \tau_l} \odot \tau_l \odot (1 - \tau_l)`,
        [tex`(1 - \tau_l)`, tex`(1 - \tau_l^2)`],
        [tex`\odot \tau_l \odot`, tex`\odot`],
      ),
      right(
        tex`\frac{\partial L}{\partial A_l} = (\frac{\partial L}{\partial \tau_l} \odot \tau_l \odot (1 - \tau_l)) x_{l-1}^\top`,
        [tex`x_{l-1}^\top`, tex`x_l^\top`],
        [tex`(1 - \tau_l)`, tex`(1 + \tau_l)`],
      ),
      right(
        tex`\frac{\partial L}{\partial b_l} = \frac{\partial L}{\partial x_l} \odot \tau_l \odot \tanh'(W_l x_{l-1} + b_l)`,
        [tex`\odot \tau_l `, ''],
        [tex`\tanh'`, tex`\tanh`],
        [tex`\tau_l`, tex`(1 - \tau_l)`],
      ),
      right(
        tex`\frac{\partial L}{\partial W_l} = (\frac{\partial L}{\partial x_l} \odot \tau_l \odot (1 - \tanh^2(W_l x_{l-1} + b_l))) x_{l-1}^\top`,
        [tex`\tanh^2`, tex`\tanh`],
        [tex`x_{l-1}^\top`, tex`x_l^\top`],
      ),
      right(
        tex`\frac{\partial L}{\partial x_{l-1}} = \frac{\partial L}{\partial x_l} \odot (1 - \tau_l) + W_l^\top \frac{\partial L}{\partial b_l} + A_l^\top \frac{\partial L}{\partial c_l}`,
        [tex` + A_l^\top \frac{\partial L}{\partial c_l}`, ''],
        [tex`(1 - \tau_l)`, tex`\tau_l`],
        [tex`W_l^\top`, 'W_l'],
      ),
      right(tex`\frac{\partial L}{\partial x_2} = x_2 - y`, ['x_2 - y', 'x_1 - y']),
      right(
        tex`\frac{\partial L}{\partial W_1} = \frac{\partial L}{\partial x_2} \frac{\partial x_2}{\partial x_1} \frac{\partial x_1}{\partial W_1}`,
        [tex`\frac{\partial x_2}{\partial x_1} `, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial A_1} = \frac{\partial L}{\partial x_2} \left( \frac{\partial x_2}{\partial x_1} + \frac{\partial x_2}{\partial \tau_2} \frac{\partial \tau_2}{\partial x_1} \right) \frac{\partial x_1}{\partial \tau_1} \frac{\partial \tau_1}{\partial A_1}`,
        [tex`+ \frac{\partial x_2}{\partial \tau_2}`, tex`- \frac{\partial x_2}{\partial \tau_2}`],
      ),
    ],
  },
  {
    model: 'attention-one',
    entries: [
      right(tex`\frac{\partial L}{\partial o} = o - y`, ['o - y', 'y - o']),
      right(tex`\frac{\partial L}{\partial a} = V (o - y)`, ['V (', tex`V^\top (`], ['o - y', 'y - o']),
      right(
        tex`\frac{\partial L}{\partial V} = a (o - y)^\top`,
        [tex`(o - y)^\top`, '(o - y)'],
        ['= a', '= s'],
      ),
      right(
        tex`\frac{\partial L}{\partial s} = (\mathrm{diag}(a) - a a^\top) V (o - y)`,
        ['- a a', '+ a a'],
        ['V (', '('],
      ),
      right(
        tex`\frac{\partial L}{\partial s} = a \odot (\frac{\partial L}{\partial a} - a^\top \frac{\partial L}{\partial a})`,
        [tex`- a^\top`, tex`+ a^\top`],
        [tex`a \odot`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial q} = K^\top \frac{\partial L}{\partial s}`,
        [tex`K^\top`, 'K'],
        ['s}', 'a}'],
      ),
      right(
        tex`\frac{\partial L}{\partial K} = \frac{\partial L}{\partial s} q^\top`,
        [tex`q^\top`, 'q'],
        [tex`\frac{\partial L}{\partial s} q^\top`, tex`\frac{\partial L}{\partial a} q^\top`],
      ),
      right(
        tex`\frac{\partial a_i}{\partial s_j} = a_i (\delta_{ij} - a_j)`,
        ['- a_j', '- a_i'],
        ['- a_j', '+ a_j'],
      ),
      right(
        tex`\frac{\partial L}{\partial q} = \frac{\partial L}{\partial o} \frac{\partial o}{\partial a} \frac{\partial a}{\partial s} \frac{\partial s}{\partial q}`,
        [tex`\frac{\partial a}{\partial s} `, ''],
      ),
      right(
        'da = V @ (o - y); ds = a * (da - np.sum(a * da)); dq = K.T @ ds; dK = np.outer(ds, q); dV = np.outer(a, o - y)',
        ['np.sum(a * da)', 'np.sum(da)'],
        ['K.T @ ds', 'K.T @ da'],
        ['np.outer(ds, q)', 'np.outer(q, ds)'],
        ['np.outer(a, o - y)', 'np.outer(a, y - o)'],
      ),
      right(
        tex`\frac{\partial L}{\partial s_i} = a_i \left( \frac{\partial L}{\partial a_i} - \sum_j a_j \frac{\partial L}{\partial a_j} \right)`,
        ['- \\sum', '+ \\sum'],
        ['a_j \\frac', 'a_i \\frac'],
        ['= a_i', '= a_i^2'],
      ),
    ],
  },
  {
    model: 'attention-rows',
    entries: [
      right(tex`\frac{\partial L}{\partial O} = O - T`, ['O - T', 'T - O']),
      right(tex`\frac{\partial L}{\partial V} = A^\top (O - T)`, [tex`A^\top`, 'A'], ['O - T', 'O']),
      right(tex`\frac{\partial L}{\partial A} = (O - T) V^\top`, [tex`V^\top`, 'V'], ['O - T', 'T - O']),
      right(
        tex`\frac{\partial L}{\partial S} = A \odot \left( \frac{\partial L}{\partial A} - ((A \odot \frac{\partial L}{\partial A}) \mathbf{1}) \mathbf{1}^\top \right)`,
        ['- ((', '+ (('],
        [tex`(A \odot \frac{\partial L}{\partial A})`, tex`(\frac{\partial L}{\partial A})`],
        [tex`= A \odot`, '= '],
      ),
      right(
        tex`\frac{\partial L}{\partial Q} = \frac{1}{\sqrt{d}} \frac{\partial L}{\partial S} K`,
        [tex`\frac{1}{\sqrt{d}} `, ''],
        ['} K', tex`} Q`],
        [tex`\sqrt{d}`, 'd'],
      ),
      right(
        tex`\frac{\partial L}{\partial K} = \frac{1}{\sqrt{d}} \left( \frac{\partial L}{\partial S} \right)^\top Q`,
        [tex`^\top Q`, 'Q'],
        [tex`\frac{1}{\sqrt{d}} `, ''],
      ),
      right(
        'dV = A.T @ dO; dA = dO @ V.T; dS = A * (dA - np.sum(dA * A, axis=1, keepdims=True)); dQ = dS @ K / np.sqrt(d); dK = dS.T @ Q / np.sqrt(d)',
        ['A.T @ dO', 'A @ dO'],
        ['dA * A, axis=1', 'dA * A, axis=0'],
        ['dS @ K /', 'dA @ K /'],
        ['dS.T @ Q', 'dS @ Q'],
        ['@ K / np.sqrt(d)', '@ K'],
      ),
      right(
        tex`\frac{\partial L}{\partial S_{ij}} = A_{ij} \left( \frac{\partial L}{\partial A_{ij}} - \sum_k A_{ik} \frac{\partial L}{\partial A_{ik}} \right)`,
        ['A_{ik} \\frac', 'A_{kj} \\frac'],
        ['- \\sum', '+ \\sum'],
      ),
      right(
        tex`\frac{\partial L}{\partial Q} = \frac{\partial L}{\partial O} \frac{\partial O}{\partial A} \frac{\partial A}{\partial S} \frac{\partial S}{\partial Q}`,
        [tex`\frac{\partial A}{\partial S} `, ''],
      ),
    ],
  },
  {
    model: 'attention',
    entries: [
      right(
        tex`\frac{\partial L}{\partial h_i} = \frac{\partial L}{\partial c} \frac{\partial c}{\partial h_i} + \frac{\partial L}{\partial e_i} \frac{\partial e_i}{\partial h_i}`,
        ['+ ', '- '],
      ),
      right(tex`\frac{\partial c}{\partial \alpha_i} = h_i`, ['h_i', 's']),
      right(
        tex`\frac{\partial \alpha_i}{\partial e_j} = \alpha_i (\delta_{ij} - \alpha_j)`,
        [tex`- \alpha_j`, tex`- \alpha_i`],
        [tex`= \alpha_i`, tex`= -\alpha_i`],
      ),
      right(tex`\frac{\partial L}{\partial \alpha_i} = \frac{\partial L}{\partial c}^\top h_i`, [
        'h_i',
        'h_1',
      ]),
      right(
        tex`\frac{\partial L}{\partial e_i} = \alpha_i \left( \frac{\partial L}{\partial \alpha_i} - \sum_{k=1}^S \alpha_k \frac{\partial L}{\partial \alpha_k} \right)`,
        ['- \\sum', '+ \\sum'],
        [tex`\alpha_k \frac`, tex`\alpha_i \frac`],
      ),
      right(
        tex`\frac{\partial L}{\partial V} = (\mathrm{softmax}(V c) - y) c^\top`,
        [tex`c^\top`, 'c'],
        ['- y', '+ y'],
      ),
      right(
        tex`\frac{\partial L}{\partial v_a} = \sum_{i=1}^{S} \frac{\partial L}{\partial e_i} \tanh(W_a s + U_a h_i)`,
        ['i=1', 'i=2', 'missing'],
        [tex`\tanh(`, '('],
      ),
      right(
        tex`\frac{\partial L}{\partial e_j} = \sum_i \frac{\partial L}{\partial \alpha_i} \frac{\partial \alpha_i}{\partial e_j}`,
        ['= ', '= -'],
        [tex`\sum_i `, ''],
      ),
    ],
  },
  {
    model: 'self-attention',
    entries: [
      right(
        tex`\frac{\partial L}{\partial W_V} = X^\top A^\top (O - Y)`,
        [tex`A^\top`, 'A'],
        ['O - Y', 'Y - O'],
        [tex`X^\top `, ''],
      ),
      right(tex`\frac{\partial L}{\partial A} = (O - Y) V^\top`, [tex`V^\top`, 'V']),
      right(
        tex`\frac{\partial L}{\partial W_Q} = X^\top \frac{\partial L}{\partial Q}`,
        ['Q}', 'K}'],
        ['= ', '= -'],
      ),
      right(tex`\frac{\partial L}{\partial W_K} = X^\top \frac{\partial L}{\partial K}`, ['= ', '= -']),
      right(
        tex`\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Q} W_Q^\top + \frac{\partial L}{\partial K} W_K^\top + \frac{\partial L}{\partial V} W_V^\top`,
        [tex` + \frac{\partial L}{\partial V} W_V^\top`, ''],
        [tex`W_Q^\top`, tex`W_K^\top`],
        [tex`+ \frac{\partial L}{\partial K}`, tex`- \frac{\partial L}{\partial K}`],
      ),
      right(tex`\frac{\partial L}{\partial V} = A^\top \frac{\partial L}{\partial O}`, [tex`A^\top`, 'A']),
      right(
        tex`\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Q} \frac{\partial Q}{\partial X} + \frac{\partial L}{\partial K} \frac{\partial K}{\partial X} + \frac{\partial L}{\partial V} \frac{\partial V}{\partial X}`,
        [tex` + \frac{\partial L}{\partial V} \frac{\partial V}{\partial X}`, '', 'missing'],
      ),
    ],
  },
  {
    model: 'embedding-lm',
    entries: [
      right(
        tex`\frac{\partial L}{\partial b} = \mathrm{softmax}(U a + b) - y`,
        ['- y', '+ y'],
        ['U a + b', 'U a'],
      ),
      right(
        tex`\frac{\partial L}{\partial U} = (\mathrm{softmax}(U a + b) - y) a^\top`,
        [tex`a^\top`, 'a'],
        ['- y', ''],
      ),
      right(
        tex`\frac{\partial L}{\partial d} = (1 - a^2) \odot U^\top (\mathrm{softmax}(U a + b) - y)`,
        [tex`U^\top`, 'U'],
        ['1 - a^2', '1 - a'],
      ),
      right(
        tex`\frac{\partial L}{\partial x} = H^\top \frac{\partial L}{\partial d}`,
        [tex`H^\top`, 'H'],
        ['d}', 'a}'],
      ),
      right(
        tex`\frac{\partial L}{\partial H} = \frac{\partial L}{\partial d} x^\top`,
        [tex`x^\top`, 'x'],
        ['d}', 'a}'],
      ),
      right(tex`\frac{\partial L}{\partial a} = U^\top \frac{\partial L}{\partial b}`, [tex`U^\top`, 'U']),
    ],
  },
  {
    model: 'autoencoder',
    entries: [
      right(tex`\frac{\partial L}{\partial r} = r - x`, ['r - x', 'x - r']),
      right(tex`\frac{\partial L}{\partial c} = r - x`, ['r - x', '2 (r - x)']),
      right(tex`\frac{\partial L}{\partial h} = W (r - x)`, ['W (', tex`W^\top (`], ['r - x', 'x - r']),
      right(
        tex`\frac{\partial L}{\partial W} = h (r - x)^\top + (W (r - x) \odot h \odot (1 - h)) x^\top`,
        [tex`h (r - x)^\top + `, ''],
        [tex` + (W (r - x) \odot h \odot (1 - h)) x^\top`, ''],
        [tex`h (r - x)^\top`, tex`(r - x) h^\top`],
        ['(1 - h)', '(1 - h^2)'],
      ),
      right(
        tex`\frac{\partial L}{\partial b} = W (r - x) \odot h \odot (1 - h)`,
        ['W (r', '(r'],
        ['(1 - h)', '(1 + h)'],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = \frac{\partial L}{\partial r} \frac{\partial r}{\partial W} + \frac{\partial L}{\partial r} \frac{\partial r}{\partial h} \frac{\partial h}{\partial W}`,
        ['+ \\frac', '- \\frac'],
        [tex`\frac{\partial L}{\partial r} \frac{\partial r}{\partial W} + `, '', 'missing'],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = \frac{\partial L}{\partial r} \left( \frac{\partial r}{\partial W} + \frac{\partial r}{\partial h} \frac{\partial h}{\partial W} \right)`,
      ),
      right(
        'dr = r - x; dh = W @ dr; dz = dh * h * (1 - h); dW = np.outer(h, dr) + np.outer(dz, x); db = dz; dc = dr',
        ['np.outer(h, dr)', 'np.outer(dr, h)'],
        [' + np.outer(dz, x)', ''],
        ['db = dz', 'db = dh'],
        ['W @ dr', 'W.T @ dr'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{ij}} = h_i (r_j - x_j) + \frac{\partial L}{\partial b_i} x_j`,
        ['x_j', 'x_i'],
        [tex` + \frac{\partial L}{\partial b_i} x_j`, ''],
      ),
      right(tex`\frac{\partial r}{\partial h} = W^\top`, [tex`W^\top`, tex`-W^\top`]),
    ],
  },
];

const algebra: readonly Group[] = [
  {
    model: 'matrix-factors',
    entries: [
      right(
        tex`\frac{\partial L}{\partial U} = -E V`,
        ['-E V', 'E V'],
        ['-E V', tex`-E^\top V`],
        ['-E V', '-E U'],
      ),
      right(tex`\frac{\partial L}{\partial V} = -E^\top U`, [tex`E^\top`, 'E'], ['= -', '= ']),
      right(tex`\frac{\partial L}{\partial E} = E`, ['= E', '= 2 E'], ['= E', tex`= -E`]),
      right(
        tex`\frac{\partial L}{\partial U} = (U V^\top - R) V`,
        [tex`U V^\top - R`, tex`R - U V^\top`],
        ['R) V', 'R) U'],
      ),
      right(
        tex`\frac{\partial L}{\partial U_{ik}} = -\sum_j E_{ij} V_{jk}`,
        ['V_{jk}', 'V_{kj}'],
        ['= -', '= '],
      ),
      right(
        tex`\frac{\partial L}{\partial V_{jk}} = -\sum_{i} E_{ij} U_{ik}`,
        ['E_{ij}', 'E_{ji}'],
        ['U_{ik}', 'U_{jk}'],
      ),
      right("dU = -E * V; dV = -E' * U", ["-E' * U", '-E * U'], ['-E * V', 'E * V']),
      right('dU = (U @ V.T - R) @ V', ['- R', '+ R'], ['@ V.T', '@ V']),
      right(tex`\frac{\partial L}{\partial U} = U V^\top V - R V`, ['- R V', '+ R V'], [tex`V^\top V`, 'V']),
      right(tex`\frac{\partial L}{\partial V} = (R - U V^\top)^\top (-U)`, ['(-U)', 'U'], ['R - ', 'R + ']),
      right(
        tex`\frac{\partial L}{\partial U} = \frac{\partial L}{\partial E} \frac{\partial E}{\partial U}`,
        ['= ', '= -'],
      ),
    ],
  },
  {
    model: 'bilinear',
    entries: [
      right(tex`\frac{\partial s}{\partial W} = a b^\top`, [tex`a b^\top`, tex`a a^\top`], ['= a', '= -a']),
      ambiguous(tex`\frac{\partial s}{\partial W} = b a^\top`),
      right(tex`\frac{\partial s}{\partial a} = W b`, ['W b', tex`W^\top b`], ['W b', 'W a']),
      right(tex`\frac{\partial s}{\partial b} = W^\top a`, [tex`W^\top a`, 'W a']),
      right(tex`\frac{\partial L}{\partial W} = (s - r) a b^\top`, ['s - r', 'r - s'], [tex`b^\top`, 'b']),
      right(
        tex`\frac{\partial r}{\partial U} = a (V^\top b)^\top`,
        [tex`(V^\top b)^\top`, tex`V^\top b`],
        ['= a', '= b'],
      ),
      right(tex`\frac{\partial r}{\partial V} = b a^\top U`, ['b a', 'a b'], ['U', 'V']),
      right(
        tex`\frac{\partial L}{\partial a} = (s - r) (W b - U V^\top b)`,
        ['W b - ', 'W b + '],
        [tex`U V^\top b`, tex`V U^\top b`],
      ),
      right(tex`\frac{\partial L}{\partial U} = -(s - r) a b^\top V`, ['-(s', '(s'], ['V', tex`V^\top`]),
      right(
        tex`\frac{\partial L}{\partial W_{ij}} = (s - r) a_i b_j`,
        ['a_i b_j', 'a_j b_i'],
        ['s - r', 's'],
      ),
      right(
        tex`\frac{\partial L}{\partial b} = \frac{\partial L}{\partial s} \frac{\partial s}{\partial b} + \frac{\partial L}{\partial r} \frac{\partial r}{\partial b}`,
        [tex` + \frac{\partial L}{\partial r} \frac{\partial r}{\partial b}`, '', 'missing'],
        ['+ ', '- '],
      ),
      right(tex`\frac{\partial L}{\partial s} = s - r`, ['s - r', 'r - s'], ['s - r', 's + r']),
      right(tex`\frac{\partial L}{\partial r} = -(s - r)`, ['-(', '(']),
    ],
  },
  {
    model: 'hopfield',
    entries: [
      right(
        tex`\frac{\partial E}{\partial x} = -\frac12 (W + W^\top) x - \theta`,
        [tex`W + W^\top`, 'W'],
        [tex`- \theta`, tex`+ \theta`],
        [tex`\frac12 `, ''],
      ),
      wrong(tex`\frac{\partial E}{\partial x} = -W x - \theta`),
      right(
        tex`\frac{\partial E}{\partial x} = -W x - \theta, \quad W = W^\top`,
        [tex`- \theta,`, tex`+ \theta,`],
        ['-W x', 'W x'],
      ),
      right(tex`\frac{\partial E}{\partial \theta} = -x`, ['-x', 'x']),
      right(
        tex`\frac{\partial E}{\partial W} = -\frac12 x x^\top`,
        ['-\\frac12', '\\frac12'],
        [tex`x x^\top`, tex`x^\top x`],
        ['\\frac12 ', ''],
      ),
      right(
        tex`\frac{\partial E}{\partial W_{ij}} = -\frac12 x_i x_j`,
        ['x_i x_j', 'x_i x_i'],
        ['\\frac12 ', ''],
      ),
      right(
        tex`\frac{\partial E}{\partial x_i} = -\frac12 \sum_j (W_{ij} + W_{ji}) x_j - \theta_i`,
        ['+ W_{ji}', '- W_{ji}'],
        [tex`\theta_i`, 'x_i'],
      ),
    ],
  },
  {
    model: 'quadratic',
    entries: [
      right(
        tex`\frac{\partial f}{\partial x} = (A + A^\top) x + c`,
        ['A + A', 'A - A'],
        ['+ c', ''],
        [tex`(A + A^\top)`, '2 A'],
      ),
      right(tex`\nabla_x f = A x + A^\top x + c`, [tex` + A^\top x`, ''], ['+ c', '- c']),
      wrong(tex`\nabla_x f = 2 A x + c`),
      right(tex`\nabla_x f = 2 A x + c, \quad A = A^\top`, ['2 A', 'A'], ['+ c,', '- c,']),
      right(tex`\frac{\partial f}{\partial A} = x x^\top`, [tex`x x^\top`, tex`x^\top x`], ['= x', '= 2 x']),
      right(tex`\frac{\partial f}{\partial c} = x`, ['= x', '= c']),
      right(
        tex`\frac{\partial f}{\partial x_k} = \sum_j A_{kj} x_j + \sum_i x_i A_{ik} + c_k`,
        ['A_{ik}', 'A_{ki}'],
        ['c_k', 'x_k'],
        ['+ \\sum_i', '- \\sum_i'],
      ),
      right("df/dx = A*x + A'*x + c", ["A'*x", 'A*x'], ['+ c', '']),
      right('∂f/∂x = (A + Aᵀ) x + c', ['Aᵀ', 'A'], [' + c', '']),
      right(
        'f = sum(x * (A @ x)) + c @ x'.replace('c @ x', 'dot(c, x)'),
        ['A @ x', 'A.T @ c'],
        ['+ dot', '- dot'],
      ),
      right(tex`\frac{\partial f}{\partial A_{ij}} = x_i x_j`, ['x_i x_j', 'x_i'], ['x_i x_j', '2 x_i x_j']),
    ],
  },
  {
    model: 'norms',
    entries: [
      right(
        tex`\frac{\partial n}{\partial x} = \frac{x}{\|x\|}`,
        [tex`{\|x\|}`, tex`{\|x\|^2}`],
        ['{x}{', '{1}{'],
        ['= ', '= -'],
      ),
      right(
        tex`\frac{\partial q}{\partial x} = 2 B^\top (B x - c)`,
        [tex`B^\top`, 'B'],
        ['2 B', 'B'],
        ['- c', '+ c'],
      ),
      right(
        tex`\nabla_x F = \frac{x}{n} + 2 B^\top r`,
        ['+ 2', '- 2'],
        ['{n}', '{n^2}'],
        [tex`\frac{x}{n} + `, ''],
      ),
      right(tex`\frac{\partial F}{\partial B} = 2 r x^\top`, ['2 r', 'r'], [tex`x^\top`, tex`c^\top`]),
      right(tex`\frac{\partial F}{\partial c} = -2 r`, ['-2', '2'], ['-2 r', '-r']),
      right(
        tex`\frac{\partial F}{\partial x} = \frac{\partial F}{\partial n} \frac{\partial n}{\partial x} + \frac{\partial F}{\partial q} \frac{\partial q}{\partial r} \frac{\partial r}{\partial x}`,
        [tex`\frac{\partial q}{\partial r} `, ''],
        [
          tex` + \frac{\partial F}{\partial q} \frac{\partial q}{\partial r} \frac{\partial r}{\partial x}`,
          '',
          'missing',
        ],
      ),
      right(tex`\frac{\partial r}{\partial x} = B`, ['= B', '= -B']),
      right(tex`\frac{\partial q}{\partial r} = 2 r`, ['2 r', 'r']),
      right(tex`\frac{\partial n}{\partial x_i} = \frac{x_i}{n}`, ['{n}', '{n^2}'], ['x_i}{n', '1}{n']),
      right(
        tex`\frac{\partial F}{\partial x} = \frac{x}{\sqrt{x^\top x}} + 2 B^\top B x - 2 B^\top c`,
        [tex`- 2 B^\top c`, tex`+ 2 B^\top c`],
        [tex`B^\top B`, tex`B B^\top`],
      ),
    ],
  },
  {
    model: 'traces',
    entries: [
      right(
        tex`\frac{\partial a}{\partial X} = A^\top B^\top`,
        [tex`A^\top B^\top`, 'A B'],
        [tex`A^\top B^\top`, tex`B^\top A^\top`],
      ),
      ambiguous(tex`\frac{\partial a}{\partial X} = B A`),
      right(tex`\frac{\partial b}{\partial X} = (M + M^\top) X`, ['M + M', 'M - M'], [tex`M + M^\top`, 'M']),
      right(tex`\frac{\partial c}{\partial X} = 2 X`, ['2 X', 'X'], ['2 X', '-2 X']),
      right(
        tex`\frac{\partial L}{\partial X} = A^\top B^\top + (M + M^\top) X + 2 X`,
        [' + 2 X', ''],
        [tex`M + M^\top`, '2 M'],
        ['+ 2 X', '- 2 X'],
      ),
      right(tex`\frac{\partial b}{\partial X} = M X + M^\top X`, [tex` + M^\top X`, '']),
      right(tex`\nabla_X a = (B A)^\top`, [tex`(B A)^\top`, tex`(A B)^\top`], ['= ', '= -']),
      right(
        tex`\frac{\partial L}{\partial X} = \frac{\partial a}{\partial X} + \frac{\partial b}{\partial X} + \frac{\partial c}{\partial X}`,
        [tex` + \frac{\partial c}{\partial X}`, '', 'missing'],
        ['+ \\frac{\\partial c}', '- \\frac{\\partial c}'],
      ),
      right(tex`\frac{\partial c}{\partial X_{ij}} = 2 X_{ij}`, ['2 X_{ij}', 'X_{ij}']),
      right(tex`a = \mathrm{tr}(B A X)`, ['= ', '= -']),
    ],
  },
  {
    model: 'diamond',
    entries: [
      right(
        tex`\frac{\partial f}{\partial x} = \frac{\partial f}{\partial c} \left( \frac{\partial c}{\partial a} \frac{\partial a}{\partial x} + \frac{\partial c}{\partial b} \frac{\partial b}{\partial x} \right) + \frac{\partial f}{\partial d} \left( \frac{\partial d}{\partial a} \frac{\partial a}{\partial x} + \frac{\partial d}{\partial b} \frac{\partial b}{\partial x} \right)`,
        [tex` + \frac{\partial d}{\partial b} \frac{\partial b}{\partial x}`, '', 'missing'],
        [tex`\frac{\partial c}{\partial a} \frac{\partial a}{\partial x} + `, '', 'missing'],
        ['+ \\frac{\\partial f}{\\partial d}', '- \\frac{\\partial f}{\\partial d}'],
      ),
      right(
        tex`\frac{\partial f}{\partial y} = \frac{\partial f}{\partial c} \frac{\partial c}{\partial a} \frac{\partial a}{\partial y} + \frac{\partial f}{\partial d} \frac{\partial d}{\partial a} \frac{\partial a}{\partial y}`,
        [
          tex` + \frac{\partial f}{\partial d} \frac{\partial d}{\partial a} \frac{\partial a}{\partial y}`,
          '',
          'missing',
        ],
        [
          tex`\frac{\partial d}{\partial a} \frac{\partial a}{\partial y}`,
          tex`\frac{\partial d}{\partial b} \frac{\partial b}{\partial y}`,
        ],
      ),
      right(
        'df/dx = (d + c b) y + (d + c a) cos(x)',
        ['cos(x)', 'sin(x)'],
        ['c b) y', 'c a) y'],
        ['+ (d', '- (d'],
      ),
      right('df/dy = (d + c*b)*x', ['c*b', 'c*a'], ['*x', '*y'], ['d + ', '']),
      right(
        tex`\frac{\partial f}{\partial a} = \frac{\partial f}{\partial c} \frac{\partial c}{\partial a} + \frac{\partial f}{\partial d} \frac{\partial d}{\partial a}`,
        [tex` + \frac{\partial f}{\partial d} \frac{\partial d}{\partial a}`, '', 'missing'],
        ['+ ', '- '],
      ),
      right(
        tex`\frac{\partial f}{\partial a} = d + c b`,
        ['d + c b', 'd + c a'],
        ['d + c b', 'd - c b'],
        ['d + c b', 'd'],
      ),
      right(
        tex`\frac{\partial f}{\partial b} = d \cdot 1 + c \cdot a`,
        ['c \\cdot a', 'c \\cdot b'],
        ['d \\cdot 1 + ', ''],
      ),
      right(
        '∂f/∂x = ∂f/∂a ∂a/∂x + ∂f/∂b ∂b/∂x',
        [' + ∂f/∂b ∂b/∂x', '', 'missing'],
        ['+', '-'],
        ['∂b/∂x', '∂a/∂x'],
      ),
      right(
        'df/dx = df/da * da/dx + df/db * db/dx',
        ['db/dx', 'db/dy'],
        [' + df/db * db/dx', '', 'missing'],
        ['df/da * da/dx + ', '', 'missing'],
      ),
      right(tex`\frac{\partial a}{\partial x} = y`, ['= y', '= x']),
      right(
        tex`\frac{\partial b}{\partial x} = \cos x`,
        [tex`\cos x`, tex`\sin x`],
        [tex`\cos x`, tex`-\cos x`],
      ),
      right(
        tex`\frac{\partial f}{\partial x} = \frac{\partial a}{\partial x} \frac{\partial f}{\partial a} + \frac{\partial b}{\partial x} \frac{\partial f}{\partial b}`,
        [tex`+ \frac{\partial b}{\partial x}`, tex`- \frac{\partial b}{\partial x}`],
        [tex`\frac{\partial b}{\partial x} `, ''],
      ),
      right('a̅ = ∂f/∂a; a̅ = d + c b'.replaceAll('a̅', tex`\bar a`), ['d + c b', 'd + c a']),
    ],
  },
  {
    model: 'skip-layers',
    entries: [
      right(
        tex`\frac{\partial E}{\partial W_1} = \frac{\partial E}{\partial o} \left( \frac{\partial o}{\partial h_1} + \frac{\partial o}{\partial h_2} \frac{\partial h_2}{\partial h_1} \right) \frac{\partial h_1}{\partial W_1}`,
        [tex`\frac{\partial o}{\partial h_1} + `, '', 'missing'],
        ['+ \\frac', '- \\frac'],
      ),
      right(
        tex`\frac{\partial E}{\partial x} = \frac{\partial E}{\partial h_1} \frac{\partial h_1}{\partial x} + \frac{\partial E}{\partial h_2} \frac{\partial h_2}{\partial x}`,
        [tex` + \frac{\partial E}{\partial h_2} \frac{\partial h_2}{\partial x}`, ''],
        ['+ ', '- '],
      ),
      right(
        tex`\frac{\partial E}{\partial h_2} = W_3^\top (o - t)`,
        [tex`W_3^\top`, 'W_3'],
        ['o - t', 't - o'],
      ),
      right(
        tex`\frac{\partial E}{\partial h_1} = W_3^\top (o - t) + W_2^\top ((1 - h_2^2) \odot W_3^\top (o - t))`,
        [tex`W_3^\top (o - t) + `, ''],
        ['1 - h_2^2', '1 - h_1^2'],
        [tex`W_2^\top`, 'W_2'],
      ),
      right(
        tex`\frac{\partial E}{\partial W_3} = (o - t) (h_1 + h_2)^\top`,
        ['h_1 + h_2', 'h_2'],
        ['o - t', 'o'],
      ),
      right(
        tex`\frac{\partial E}{\partial P} = ((1 - h_2^2) \odot W_3^\top (o - t)) x^\top`,
        [tex`x^\top`, tex`h_1^\top`],
        ['1 - h_2^2', '1 - h_2'],
      ),
      right(
        tex`\frac{\partial E}{\partial W_2} = [(1 - h_2^2) \odot W_3^\top (o - t)] h_1^\top`,
        [tex`h_1^\top`, tex`h_2^\top`],
        ['1 - h_2^2', '1 + h_2^2'],
      ),
      right(
        tex`\frac{\partial E}{\partial W_1} = \left[ (1 - h_1^2) \odot \frac{\partial E}{\partial h_1} \right] x^\top`,
        ['1 - h_1^2', '1 - h_2^2'],
        ['{\\partial h_1}', '{\\partial h_2}'],
      ),
      right(
        tex`\frac{\partial E}{\partial W_1} = \frac{\partial E}{\partial o} \frac{\partial o}{\partial h_1} \frac{\partial h_1}{\partial W_1} + \frac{\partial E}{\partial o} \frac{\partial o}{\partial h_2} \frac{\partial h_2}{\partial h_1} \frac{\partial h_1}{\partial W_1}`,
        [
          tex`\frac{\partial h_2}{\partial h_1} \frac{\partial h_1}{\partial W_1}`,
          tex`\frac{\partial h_1}{\partial W_1}`,
        ],
      ),
      right(
        tex`\frac{\partial h_2}{\partial h_1} = \mathrm{diag}(1 - h_2^2) W_2`,
        ['W_2', tex`W_2^\top`],
        ['h_2^2', 'h_1^2'],
      ),
      right(
        "dh2 = W3' * (o - t); dh1 = W3' * (o - t) + W2' * (dh2 .* (1 - h2.^2)); dW1 = (dh1 .* (1 - h1.^2)) * x'",
        ["dh1 = W3' * (o - t) + W2'", "dh1 = W2'"],
        ["* x'", '* x'],
        ['(1 - h1.^2)', '(1 - h1)'],
      ),
    ],
  },
  {
    model: 'shared-inputs',
    entries: [
      right(tex`\frac{\partial L}{\partial s} = 2 s`, ['2 s', 's']),
      right(tex`\frac{\partial L}{\partial r} = 2 s \odot (1 - s^2)`, ['1 - s^2', '1 - r^2'], ['2 s', 's']),
      right(
        tex`\frac{\partial L}{\partial u} = \frac{\partial L}{\partial r} \odot (q + p \odot v)`,
        [tex`p \odot v`, tex`p \odot u`],
        ['q + ', ''],
      ),
      right(
        tex`\frac{\partial L}{\partial v} = \frac{\partial L}{\partial r} \left( \frac{\partial r}{\partial p} \frac{\partial p}{\partial v} + \frac{\partial r}{\partial q} \frac{\partial q}{\partial v} \right)`,
        [tex`\frac{\partial r}{\partial p} \frac{\partial p}{\partial v} + `, '', 'missing'],
        ['+ \\frac', '- \\frac'],
      ),
      right(tex`\frac{\partial r}{\partial p} = \mathrm{diag}(q)`, ['(q)', '(p)']),
      right(tex`\frac{\partial p}{\partial u} = I`, ['= I', '= -I'], ['= I', '= 2 I']),
      right(tex`\frac{\partial q}{\partial v} = \mathrm{diag}(u)`, ['(u)', '(v)']),
      right(
        tex`\frac{\partial L}{\partial u_i} = 2 s_i (1 - s_i^2) (q_i + p_i v_i)`,
        ['v_i', 'u_i'],
        ['s_i^2', 's_i'],
      ),
      right(
        tex`\frac{\partial L}{\partial u} = \frac{\partial L}{\partial s} \frac{\partial s}{\partial r} \left[ \frac{\partial r}{\partial p} \frac{\partial p}{\partial u} + \frac{\partial r}{\partial q} \frac{\partial q}{\partial u} \right]`,
        [tex`\frac{\partial s}{\partial r} `, ''],
        [tex`\frac{\partial q}{\partial u}`, tex`\frac{\partial q}{\partial v}`],
      ),
    ],
  },
];

export const groups: readonly Group[] = [...perceptrons, ...losses, ...convolutions, ...layers, ...algebra];
