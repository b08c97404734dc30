/** Formulas for layers: normalisation, masks, skips, attention, embeddings, activations, convolutions and pooling. */

import { type Group, right, wrong } from '../support/collections.ts';

const tex = String.raw;

export const networks: Readonly<Record<string, string>> = {
  'bn-columns': tex`
# batch norm of one layer, samples as rows
N = 5
eps = 0.00001
param X: 5x3, W: 3x4, gamma: 1x4, beta: 1x4
target T: 5x4
A = X W
mu = mean(A, axis=0)
var = mean((A - mu)^2, axis=0)
Ahat = (A - mu) / sqrt(var + eps)
Y = gamma * Ahat + beta
L = 0.5 * sum((Y - T)**2)
`,
  'ln-vector': tex`
n = 5
param W: 5x3, g: 5, b: 5
input x: 3
target t: 5
a = W x
\mu = \frac{1}{n} \sum_{i=1}^{n} a_i
\sigma = \sqrt{\frac{1}{n} \sum_{i=1}^{n} (a_i - \mu)^2}
\hat{a} = (a - \mu) / \sigma
y = g \odot \hat{a} + b
L = \frac{1}{2} \| y - t \|^2
`,
  'dropout-mlp': tex`
q = 0.8
param W_1: 6x4, b_1: 6, W_2: 3x6, b_2: 3
input x: 4
input m: 6 = [1, 0, 1, 1, 0, 1]
target y: 3 onehot
z_1 = W_1 x + b_1
h = relu(z_1)
d = (m \odot h) / q
z_2 = W_2 d + b_2
p = softmax(z_2)
L = -\sum_k y_k \log p_k
`,
  'residual-block': tex`
param W_1: 5x4, W_2: 4x5, V: 2x4
input x: 4
target y: 2
a = W_1 x
h = tanh(a)
r = x + W_2 h
o = V r
L = 1/2 ||o - y||^2
`,
  'residual-stack': tex`
K = 3
param x_0: 4, W_k: 4x4 for k = 1..K
target y: 4
x_k = x_{k-1} + \tanh(W_k x_{k-1})  for k = 1..K
L = \frac12 \|x_K - y\|^2
`,
  'attention-masked': tex`
d = 4
param Q: 3x4, K: 3x4, V: 3x2
input M: 3x3 = [[0, -9, -9], [0, 0, -9], [0, 0, 0]]
target Y: 3x2
S = \frac{Q K^\top}{\sqrt{d}}
P = \mathrm{softmax}(S + M)
O = P V
L = \frac12 \|O - Y\|_F^2
`,
  'attention-full': tex`
param W_Q: 3x4, W_K: 3x4, W_V: 3x2, W_O: 2x3
input X: 5x3
target T: 5x3
Q = X W_Q; K = X W_K; V = X W_V
S = Q K^\top / \sqrt{4}
A = \operatorname{softmax}(S)
Z = A V
O = Z W_O
L = \frac{1}{2} \sum_{ij} (O_{ij} - T_{ij})^2
`,
  'embedding-mean': tex`
param E: 4x7, W: 3x4, b: 3
input c: 7 = [0.5, 0, 0.25, 0, 0.25, 0, 0]
target y: 3 onehot
e = E c
z = W e + b
p = softmax(z)
L = -y^T log(p)
`,
  cbow: tex`
C = 3
param V: 4x6, U: 6x4
input x_c: 6 onehot for c = 1..C
target y: 6 onehot
v_c = V x_c for c = 1..C
\hat v = \frac{1}{C} \sum_{c=1}^{C} v_c
z = U \hat v
\hat y = \mathrm{softmax}(z)
J = - \sum_i y_i \log \hat y_i
`,
  'unit-prelu': tex`
param w: 3, b, a
input x: 3
target t
z = w^T x + b
y = max(0, z) + a min(0, z)
L = 1/2 (y - t)^2
`,
  'gelu-layer': tex`
param W: 4x3, v: 4
input x: 3
target t
z = W x
h = gelu(z)
y = v^T h
L = \frac12 (y - t)^2
`,
  'swish-layer': tex`
param W: 4x3, v: 4
input x: 3
target t
z = W x
s = \sigma(z)
h = z \odot s
y = v^T h
L = \frac12 (y - t)^2
`,
  glu: tex`
param W: 4x3, V: 4x3, b: 4, c: 4
input x: 3
target t: 4
a = W x + b
g = \sigma(V x + c)
h = a \odot g
L = \frac12 \|h - t\|^2
`,
  maxout: tex`
param W_1: 4x3, W_2: 4x3, u: 4
input x: 3
target t
z_1 = W_1 x
z_2 = W_2 x
h = max(z_1, z_2)
y = u^T h
L = 1/2 (y - t)^2
`,
  'conv1d-stride': tex`
param x: 9, w: 3, b
target t: 4
y = corr(x, w, stride=2) + b
a = relu(y)
L = 1/2 ||a - t||^2
`,
  'conv1d-index': tex`
param x: 8, w: 3, b
target t: 6
z_i = \sum_{j=1}^{3} w_j x_{i+j-1} + b
a_i = \tanh(z_i)
L = \frac12 \sum_{i=1}^{6} (a_i - t_i)^2
`,
  'conv-pool': tex`
param X: 6x6, K: 3x3, b, w: 4
target t
Z = X \star K + b
A = relu(Z)
P = maxpool(A, 2)
f = vec(P)
y = w^T f
L = \frac12 (y - t)^2
`,
  'avg-pool': tex`
param X: 4x4, w: 4
target t
P = avgpool(X, 2)
f = vec(P)
y = w^T f
L = (y - t)^2 / 2
`,
  'dilated-index': tex`
param x: 9, w: 3
target t: 5
y_i = sum_{j=0}^{2} w_j x_{i+2*j}  for i = 0..4
L = 1/2 sum_{i=0}^{4} (y_i - t_i)^2
`,
  'up-conv': tex`
param X: 3x3, K: 2x2
target T: 6x6
Y = tconv(X, K, stride=2)
L = ½ ‖Y − T‖²
`,
};

export const groups: readonly Group[] = [
  {
    model: 'bn-columns',
    entries: [
      right(
        'dbeta = np.sum(dY, axis=0)',
        ['axis=0', 'axis=1'],
        ['np.sum(dY', 'np.sum(Y'],
        ['np.sum', 'np.mean'],
      ),
      right('dgamma = np.sum(dY * Ahat, axis=0)', ['* Ahat', '* A'], ['* Ahat', '']),
      right('dAhat = dY * gamma', ['* gamma', ''], ['gamma', 'beta']),
      right(
        'dA = (1/N) / np.sqrt(var + eps) * (N*dAhat - np.sum(dAhat, axis=0) - Ahat*np.sum(dAhat*Ahat, axis=0))',
        ['N*dAhat', 'dAhat'],
        ['- Ahat*', '+ Ahat*'],
        [' - np.sum(dAhat, axis=0)', ''],
        ['dAhat*Ahat', 'dAhat*A'],
      ),
      right(
        'dvar = np.sum(dAhat * (A - mu) * (-0.5) * (var + eps)**(-1.5), axis=0)',
        ['-1.5', '-0.5'],
        ['(-0.5)', '0.5'],
        ['(A - mu)', 'A'],
      ),
      right(
        tex`\frac{\partial L}{\partial \mu} = -\frac{1}{\sqrt{var + eps}} \odot \sum_{i=1}^{N} \frac{\partial L}{\partial \hat{A}_{i}}`.replace(
          tex`\frac{\partial L}{\partial \mu} = -\frac{1}{\sqrt{var + eps}} \odot \sum_{i=1}^{N} \frac{\partial L}{\partial \hat{A}_{i}}`,
          'dmu = -np.sum(dAhat, axis=0) / np.sqrt(var + eps)',
        ),
        ['= -', '= '],
        ['np.sqrt(var + eps)', '(var + eps)'],
      ),
      right(tex`\frac{\partial L}{\partial Y} = Y - T`, ['Y - T', 'T - Y']),
      right(
        tex`\frac{\partial L}{\partial W} = X^\top \frac{\partial L}{\partial A}`,
        [tex`X^\top`, 'X'],
        [tex`\partial A`, tex`\partial Y`],
      ),
    ],
  },
  {
    model: 'ln-vector',
    entries: [
      right(tex`\frac{\partial L}{\partial b} = y - t`, ['y - t', 't - y']),
      right(
        tex`\frac{\partial L}{\partial g} = (y - t) \odot \hat{a}`,
        [tex`\hat{a}`, 'a'],
        [tex`\odot \hat{a}`, ''],
      ),
      right(tex`\frac{\partial L}{\partial \hat{a}} = g \odot (y - t)`, [tex`g \odot `, ''], ['g', 'b']),
      right(
        tex`\frac{\partial L}{\partial a} = \frac{1}{\sigma} \left( \frac{\partial L}{\partial \hat a} - \frac{1}{n} \mathbf{1} \mathbf{1}^\top \frac{\partial L}{\partial \hat a} - \frac{1}{n} \hat a \hat a^\top \frac{\partial L}{\partial \hat a} \right)`,
        [tex`- \frac{1}{n} \hat a`, tex`+ \frac{1}{n} \hat a`],
        [tex`- \frac{1}{n} \mathbf{1} \mathbf{1}^\top \frac{\partial L}{\partial \hat a} `, ''],
        [tex`\frac{1}{\sigma} `, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial a_i} = \frac{1}{\sigma} \left( \frac{\partial L}{\partial \hat a_i} - \frac{1}{n} \sum_{j=1}^{n} \frac{\partial L}{\partial \hat a_j} - \frac{\hat a_i}{n} \sum_{j=1}^{n} \frac{\partial L}{\partial \hat a_j} \hat a_j \right)`,
        [tex`\frac{\hat a_i}{n}`, tex`\frac{a_i}{n}`],
        [tex`\frac{\partial L}{\partial \hat a_j} \hat a_j`, tex`\frac{\partial L}{\partial \hat a_j}`],
      ),
      right(tex`\frac{\partial \mu}{\partial a_i} = \frac{1}{n}`, [tex`\frac{1}{n}`, '1'], ['{n}', '{n^2}']),
      right(
        tex`\frac{\partial \sigma}{\partial a_i} = \frac{a_i - \mu}{n \sigma}`,
        [tex`n \sigma`, 'n'],
        [tex`- \mu`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = \frac{\partial L}{\partial a} x^\top`,
        [tex`x^\top`, 'x'],
        [tex`\partial a`, tex`\partial y`],
      ),
    ],
  },
  {
    model: 'dropout-mlp',
    entries: [
      right(tex`\frac{\partial L}{\partial z_2} = p - y`, ['p - y', 'y - p']),
      right(
        tex`\frac{\partial L}{\partial W_2} = (p - y) d^\top`,
        [tex`d^\top`, tex`h^\top`],
        [tex`d^\top`, 'd'],
      ),
      right(
        tex`\frac{\partial L}{\partial h} = \frac{1}{q} m \odot W_2^\top (p - y)`,
        [tex`\frac{1}{q} `, ''],
        [tex`m \odot `, ''],
        [tex`W_2^\top`, 'W_2'],
      ),
      right(
        tex`\frac{\partial L}{\partial z_1} = \frac{1}{q} \, m \odot \mathbf{1}[z_1 > 0] \odot (W_2^\top (p - y))`,
        [tex`\mathbf{1}[z_1 > 0] \odot `, ''],
        ['z_1 > 0', 'z_1 < 0'],
        [tex`m \odot `, ''],
      ),
      right(
        'dz2 = p - y; dd = W2.T @ dz2; dh = m * dd / q; dz1 = dh * (z1 > 0); dW1 = np.outer(dz1, x); db1 = dz1',
        ['m * dd / q', 'dd / q'],
        ['m * dd / q', 'm * dd'],
        ['(z1 > 0)', 'z1'],
        ['np.outer(dz1, x)', 'np.outer(x, dz1)'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_1} = \frac{\partial L}{\partial z_2} \frac{\partial z_2}{\partial d} \frac{\partial d}{\partial h} \frac{\partial h}{\partial z_1} \frac{\partial z_1}{\partial W_1}`,
        [tex`\frac{\partial d}{\partial h} `, ''],
        [tex`\frac{\partial z_2}{\partial d}`, tex`\frac{\partial z_2}{\partial W_2}`],
      ),
      right(
        tex`\frac{\partial d}{\partial h} = \frac{1}{q} \mathrm{diag}(m)`,
        [tex`\frac{1}{q} `, ''],
        ['(m)', '(h)'],
      ),
    ],
  },
  {
    model: 'residual-block',
    entries: [
      right(tex`\frac{\partial L}{\partial r} = V^\top (o - y)`, [tex`V^\top`, 'V'], ['o - y', 'y - o']),
      right(
        tex`\frac{\partial L}{\partial x} = \frac{\partial L}{\partial r} + W_1^\top \left( (1 - h \odot h) \odot W_2^\top \frac{\partial L}{\partial r} \right)`,
        [tex`\frac{\partial L}{\partial r} + `, ''],
        [tex`(1 - h \odot h) \odot `, ''],
        ['W_1^', 'W_2^'],
      ),
      right(
        tex`\frac{\partial L}{\partial x} = \frac{\partial L}{\partial o} \frac{\partial o}{\partial r} \left( I + \frac{\partial r}{\partial h} \frac{\partial h}{\partial a} \frac{\partial a}{\partial x} \right)`,
        ['I + ', ''],
        ['I + ', 'I - '],
        [tex`\frac{\partial h}{\partial a} `, ''],
      ),
      right(
        tex`\frac{\partial r}{\partial x} = I + W_2 \mathrm{diag}(1 - h^2) W_1`,
        ['I + ', ''],
        [tex`W_2 \mathrm{diag}(1 - h^2) W_1`, tex`W_1 \mathrm{diag}(1 - h^2) W_2`],
        ['1 - h^2', '1 - h'],
      ),
      right(
        'dr = V.T @ (o - y); dW2 = np.outer(dr, h); da = (W2.T @ dr) * (1 - h**2); dW1 = np.outer(da, x); dx = dr + W1.T @ da',
        ['dx = dr + ', 'dx = '],
        ['(1 - h**2)', 'h * (1 - h)'],
        ['np.outer(dr, h)', 'np.outer(h, dr)'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_2} = V^\top (o - y) h^\top`,
        [tex`h^\top`, tex`x^\top`],
        [tex`V^\top `, ''],
      ),
    ],
  },
  {
    model: 'residual-stack',
    entries: [
      right(
        tex`\frac{\partial L}{\partial x_{k-1}} = \left( I + W_k^\top \mathrm{diag}(1 - \tanh^2(W_k x_{k-1})) \right) \frac{\partial L}{\partial x_k}`,
        ['I + ', ''],
        [tex`W_k^\top`, 'W_k'],
        [tex`\tanh^2`, tex`\tanh`],
      ),
      right(tex`\frac{\partial L}{\partial x_K} = x_K - y`, ['x_K - y', 'y - x_K']),
      right(
        tex`\frac{\partial L}{\partial x_0} = \left( \prod_{k=1}^{K} \frac{\partial x_k}{\partial x_{k-1}} \right)^\top (x_K - y)`.replace(
          tex`\left( \prod_{k=1}^{K} \frac{\partial x_k}{\partial x_{k-1}} \right)^\top (x_K - y)`,
          tex`\frac{\partial L}{\partial x_K} \prod_{k=1}^{K} \frac{\partial x_k}{\partial x_{k-1}}`,
        ),
        ['k=1', 'k=2'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_k} = \left( \frac{\partial L}{\partial x_k} \odot (1 - \tanh^2(W_k x_{k-1})) \right) x_{k-1}^\top`,
        [tex`x_{k-1}^\top`, tex`x_k^\top`],
        [tex`1 - \tanh^2`, tex`1 - \tanh`],
        [tex`\partial x_k`, tex`\partial x_{k-1}`],
      ),
    ],
  },
  {
    model: 'attention-masked',
    entries: [
      right(tex`\frac{\partial L}{\partial V} = P^\top \frac{\partial L}{\partial O}`, [tex`P^\top`, 'P']),
      right(
        tex`\frac{\partial L}{\partial P} = \frac{\partial L}{\partial O} V^\top`,
        [tex`V^\top`, 'V'],
        [tex`\frac{\partial L}{\partial O} V^\top`, tex`V^\top \frac{\partial L}{\partial O}`],
      ),
      right(
        tex`\frac{\partial L}{\partial S_{ij}} = P_{ij} \left( \frac{\partial L}{\partial P_{ij}} - \sum_{k} P_{ik} \frac{\partial L}{\partial P_{ik}} \right)`,
        ['- ', '+ '],
        [tex`P_{ik} \frac`, tex`P_{jk} \frac`],
        [tex`P_{ij} \left`, tex`\left`],
      ),
      right(
        tex`\frac{\partial L}{\partial Q} = \frac{1}{\sqrt{d}} \frac{\partial L}{\partial S} K`,
        [tex`\frac{1}{\sqrt{d}} `, ''],
        ['S} K', tex`S} K^\top`],
      ),
      right(
        tex`\frac{\partial L}{\partial K} = \frac{1}{\sqrt{d}} \left( \frac{\partial L}{\partial S} \right)^\top Q`,
        [tex`^\top Q`, ' Q'],
        [tex`\sqrt{d}`, 'd'],
      ),
      right(
        'dO = O - Y; dV = P.T @ dO; dP = dO @ V.T; dS = P * (dP - np.sum(dP * P, axis=1, keepdims=True)); dQ = dS @ K / np.sqrt(d); dK = dS.T @ Q / np.sqrt(d)',
        ['axis=1', 'axis=0'],
        ['dS.T @ Q', 'dS @ Q'],
        ['dP * P', 'dP'],
        ['P.T @ dO', 'P @ dO'],
      ),
    ],
  },
  {
    model: 'attention-full',
    entries: [
      right(
        tex`\frac{\partial L}{\partial W_V} = X^\top A^\top \frac{\partial L}{\partial Z}`,
        [tex`A^\top`, 'A'],
        [tex`X^\top `, ''],
        ['Z}', 'O}'],
      ),
      right(tex`\frac{\partial L}{\partial W_O} = Z^\top (O - T)`, [tex`Z^\top`, 'Z'], ['O - T', 'T - O']),
      right(
        tex`\frac{\partial L}{\partial W_Q} = \frac{1}{2} X^\top \frac{\partial L}{\partial S} K`,
        [tex`\frac{1}{2}`, tex`\frac{1}{4}`],
        ['S} K', 'S} Q'],
      ),
      right(
        tex`\frac{\partial L}{\partial W_K} = X^\top \left(\frac{\partial L}{\partial S}\right)^\top \frac{Q}{2}`,
        [tex`^\top \frac{Q}`, tex` \frac{Q}`],
        ['{Q}', '{K}'],
      ),
      right('dZ = dO * W_O^T', ['W_O^T', 'W_O'], ['dO * W_O^T', 'W_O^T * dO']),
      right('dA = dZ V^T; dV = A^T dZ', ['dZ V^T', 'V^T dZ'], ['A^T', 'A']),
    ],
  },
  {
    model: 'embedding-mean',
    entries: [
      right(
        tex`\frac{\partial L}{\partial E} = W^\top (p - y) c^\top`,
        [tex`W^\top`, 'W'],
        [tex`c^\top`, tex`e^\top`],
      ),
      right(tex`\frac{\partial L}{\partial e} = W^\top (p - y)`, ['p - y', 'y - p']),
      right(
        tex`\frac{\partial L}{\partial W} = (p - y) e^\top`,
        [tex`e^\top`, tex`c^\top`],
        ['(p - y)', 'p'],
      ),
      right(
        tex`\frac{\partial L}{\partial E_{ij}} = c_j \sum_k W_{ki} (p_k - y_k)`,
        ['W_{ki}', 'W_{ik}'],
        ['c_j', 'c_i'],
      ),
      right('∂L/∂E = ∂L/∂z ∂z/∂e ∂e/∂E', [' ∂z/∂e', ''], ['∂e/∂E', '∂z/∂W']),
    ],
  },
  {
    model: 'cbow',
    entries: [
      right(tex`\frac{\partial J}{\partial z} = \hat y - y`, [tex`\hat y - y`, tex`y - \hat y`]),
      right(tex`\frac{\partial J}{\partial \hat v} = U^\top (\hat y - y)`, [tex`U^\top`, 'U'], ['- y', '']),
      right(
        tex`\frac{\partial J}{\partial U} = (\hat y - y) \hat v^\top`,
        [tex`\hat v^\top`, tex`\hat v`],
        [tex`(\hat y - y) \hat v^\top`, tex`(\hat y - y) v_1^\top`],
      ),
      right(
        tex`\frac{\partial J}{\partial v_c} = \frac{1}{C} U^\top (\hat y - y)`,
        [tex`\frac{1}{C} `, ''],
        [tex`U^\top`, 'U'],
      ),
      right(
        tex`\frac{\partial J}{\partial V} = \frac{1}{C} \sum_{c=1}^{C} U^\top (\hat y - y) x_c^\top`,
        [tex`\frac{1}{C} `, ''],
        ['c=1', 'c=2'],
        [tex`x_c^\top`, tex`v_c^\top`],
      ),
      right(
        tex`\frac{\partial J}{\partial V} = \sum_{c=1}^{C} \frac{\partial J}{\partial v_c} \frac{\partial v_c}{\partial V}`,
        [tex`\frac{\partial v_c}{\partial V}`, tex`\frac{\partial \hat v}{\partial v_c}`],
        ['c=1', 'c=2'],
      ),
    ],
  },
  {
    model: 'unit-prelu',
    entries: [
      right(
        tex`\frac{\partial L}{\partial a} = (y - t) \min(0, z)`,
        [tex`\min`, tex`\max`],
        ['y - t', 't - y'],
      ),
      right(
        tex`\frac{\partial y}{\partial z} = \begin{cases} 1 & z > 0 \\ a & z < 0 \end{cases}`,
        ['z > 0', 'z < 0'],
        ['a &', '0 &'],
      ),
      right(
        tex`\frac{\partial y}{\partial z} = \mathbf{1}[z > 0] + a \mathbf{1}[z \le 0]`,
        ['+ a', '- a'],
        ['z > 0', 'z < 0'],
      ),
      right(tex`\frac{\partial L}{\partial w} = (y - t) \frac{\partial y}{\partial z} x`, [
        tex`\frac{\partial y}{\partial z} `,
        '',
      ]),
      right(tex`\frac{\partial L}{\partial b} = (y - t) \frac{\partial y}{\partial z}`, ['y - t', 'y']),
    ],
  },
  {
    model: 'gelu-layer',
    entries: [
      right(tex`\frac{\partial L}{\partial h} = (y - t) v`, ['y - t', 't - y'], ['v', 'h']),
      right(
        tex`\frac{\partial L}{\partial z} = (y - t) v \odot \left( \frac12 (1 + \mathrm{erf}(z / \sqrt{2})) + z \odot \frac{1}{\sqrt{2\pi}} e^{-z^2/2} \right)`,
        [tex`z \odot \frac{1}`, tex`\frac{1}`],
        [tex`z / \sqrt{2}`, 'z'],
        ['-z^2/2', '-z^2'],
      ),
      right(
        tex`\frac{\partial L}{\partial W} = \frac{\partial L}{\partial h} \frac{\partial h}{\partial z} \frac{\partial z}{\partial W}`,
        [tex`\frac{\partial h}{\partial z} `, ''],
      ),
    ],
  },
  {
    model: 'swish-layer',
    entries: [
      right(
        tex`\frac{\partial h}{\partial z} = \mathrm{diag}(s + z \odot s \odot (1 - s))`,
        [tex`s + `, ''],
        [tex`z \odot s`, 's'],
      ),
      right(
        tex`\frac{\partial L}{\partial z} = (y - t) v \odot (h + s \odot (1 - h))`,
        ['(1 - h)', '(1 - s)'],
        ['h + ', ''],
      ),
      right(
        tex`\frac{\partial L}{\partial z_i} = (y - t) v_i \left[ \sigma(z_i) + z_i \sigma(z_i) (1 - \sigma(z_i)) \right]`,
        [tex`\sigma(z_i) + `, ''],
        ['v_i', 'h_i'],
        [tex`z_i \sigma(z_i) (1`, tex`\sigma(z_i) (1`],
      ),
      right(
        tex`\frac{\partial L}{\partial z} = \frac{\partial L}{\partial h} \frac{\partial^+ h}{\partial z} + \frac{\partial L}{\partial h} \frac{\partial h}{\partial s} \frac{\partial s}{\partial z}`,
        [
          tex`+ \frac{\partial L}{\partial h} \frac{\partial h}{\partial s}`,
          tex`+ \frac{\partial h}{\partial s}`,
        ],
      ),
      right(
        tex`\frac{\partial L}{\partial s} = (y - t) v \odot z`,
        [tex`\odot z`, tex`\odot s`],
        ['y - t', 't - y'],
      ),
      right(
        'dh = (y - t) * v; dz = dh * (s + z * s * (1 - s)); dW = np.outer(dz, x)',
        ['s + ', ''],
        ['np.outer(dz, x)', 'np.outer(dh, x)'],
      ),
    ],
  },
  {
    model: 'glu',
    entries: [
      right(
        tex`\frac{\partial L}{\partial a} = (h - t) \odot g`,
        [tex`\odot g`, tex`\odot a`],
        ['h - t', 't - h'],
      ),
      right(tex`\frac{\partial L}{\partial g} = (h - t) \odot a`, [tex`\odot a`, tex`\odot g`]),
      right(
        tex`\frac{\partial L}{\partial W} = \left( (h - t) \odot g \right) x^\top`,
        [tex`\odot g`, ''],
        [tex`x^\top`, 'x'],
      ),
      right(
        tex`\frac{\partial L}{\partial V} = \left( (h - t) \odot a \odot g \odot (1 - g) \right) x^\top`,
        [tex`\odot (1 - g)`, ''],
        [tex`\odot a `, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial x} = W^\top ((h - t) \odot g) + V^\top ((h - t) \odot a \odot g \odot (1 - g))`,
        [tex`W^\top ((h - t) \odot g) + `, '', 'missing'],
        ['+ V', '- V'],
        [tex`V^\top`, tex`W^\top`],
      ),
      right(tex`\frac{\partial L}{\partial c} = (h - t) \odot h \odot (1 - g)`, [tex`h \odot`, tex`g \odot`]),
      right(
        tex`\frac{\partial L}{\partial x} = \frac{\partial L}{\partial a} \frac{\partial a}{\partial x} + \frac{\partial L}{\partial g} \frac{\partial g}{\partial x}`,
        [tex` + \frac{\partial L}{\partial g} \frac{\partial g}{\partial x}`, '', 'missing'],
        [tex`+ \frac`, tex`- \frac`],
      ),
    ],
  },
  {
    model: 'maxout',
    entries: [
      right(tex`\frac{\partial L}{\partial h} = (y - t) u`, ['u', 'h']),
      right(
        tex`\frac{\partial L}{\partial z_1} = (y - t) u \odot \mathbf{1}[z_1 > z_2]`,
        ['z_1 > z_2', 'z_2 > z_1'],
        [tex` \odot \mathbf{1}[z_1 > z_2]`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial W_2} = \left( (y - t) u \odot \mathbf{1}[z_2 > z_1] \right) x^\top`,
        ['z_2 > z_1', 'z_1 > z_2'],
        [tex`x^\top`, 'x'],
      ),
      right('dz1 = (y - t) * u * (z1 > z2); dW1 = np.outer(dz1, x)', ['z1 > z2', 'z1 < z2'], ['* u ', '']),
      right(
        tex`\frac{\partial L}{\partial x} = \frac{\partial L}{\partial h} \left( \frac{\partial h}{\partial z_1} \frac{\partial z_1}{\partial x} + \frac{\partial h}{\partial z_2} \frac{\partial z_2}{\partial x} \right)`,
        [tex` + \frac{\partial h}{\partial z_2} \frac{\partial z_2}{\partial x}`, '', 'missing'],
        ['+ ', '- '],
      ),
    ],
  },
  {
    model: 'conv1d-stride',
    entries: [
      right(
        tex`\frac{\partial L}{\partial w_j} = \sum_{i=1}^{4} \frac{\partial L}{\partial y_i} x_{2i+j-2}`,
        ['2i+j-2', 'i+j-1'],
        ['2i+j-2', '2i+j-1'],
      ),
      right(
        tex`\frac{\partial L}{\partial w_j} = \sum_{i=0}^{3} \frac{\partial L}{\partial y_i} x_{2i+j}`,
        ['2i+j', 'i+j'],
        ['2i+j', '2i-j'],
      ),
      right(tex`\frac{\partial L}{\partial b} = \sum_i \frac{\partial L}{\partial y_i}`, ['y_i', 'a_i']),
      right(
        tex`\frac{\partial L}{\partial y_i} = (a_i - t_i) \mathbf{1}[y_i > 0]`,
        ['y_i > 0', 'y_i < 0'],
        [tex` \mathbf{1}[y_i > 0]`, ''],
      ),
      right('dx = tconv(dy, w, stride=2)', ['stride=2', 'stride=1'], ['dy', 'da']),
      right(
        tex`\frac{\partial L}{\partial w} = \frac{\partial L}{\partial a} \frac{\partial a}{\partial y} \frac{\partial y}{\partial w}`,
        [tex`\frac{\partial a}{\partial y} `, ''],
      ),
    ],
  },
  {
    model: 'conv1d-index',
    entries: [
      right(
        tex`\frac{\partial L}{\partial w_j} = \sum_{i=1}^{6} (a_i - t_i)(1 - a_i^2) x_{i+j-1}`,
        ['x_{i+j-1}', 'x_{i+j}'],
        ['(1 - a_i^2)', ''],
        ['x_{i+j-1}', 'x_{i-j+1}'],
      ),
      right(
        tex`\frac{\partial L}{\partial b} = \sum_{i=1}^{6} (a_i - t_i)(1 - a_i^2)`,
        ['a_i^2', 'a_i'],
        ['a_i - t_i', 'a_i'],
      ),
      right(
        tex`\frac{\partial L}{\partial z} = (a - t) \odot (1 - a \odot a)`,
        ['a - t', 't - a'],
        [tex`\odot (1`, tex`\odot (2`],
      ),
      right(
        tex`\frac{\partial L}{\partial x_k} = \sum_{j=1}^{3} w_j \frac{\partial L}{\partial z_{k-j+1}}`,
        ['k-j+1', 'k+j-1'],
        ['w_j', 'w_{4-j}'],
      ),
      right('dw = corr(x, dz)', ['corr', 'conv'], ['dz', 'da']),
      right('dx = conv_full(dz, w)', ['conv_full', 'corr_full']),
      right(tex`\frac{\partial z_i}{\partial x_{i+j-1}} = w_j`, ['w_j', 'w_i'], ['i+j-1', 'i+j']),
    ],
  },
  {
    model: 'conv-pool',
    entries: [
      right(tex`\frac{\partial L}{\partial f} = (y - t) w`, ['w', 'f'], ['y - t', 't - y']),
      right(tex`\frac{\partial L}{\partial w} = (y - t) f`, [' f', ' w']),
      right(
        tex`\frac{\partial L}{\partial K} = X \star \frac{\partial L}{\partial Z}`,
        ['Z}', 'A}'],
        [tex`\star`, '*'],
      ),
      right(tex`\frac{\partial L}{\partial b} = \sum_{i,j} \frac{\partial L}{\partial Z_{ij}}`, ['Z_', 'A_']),
      right(
        tex`\frac{\partial L}{\partial Z} = \frac{\partial L}{\partial A} \odot \mathbf{1}[Z > 0]`,
        ['Z > 0', 'Z < 0'],
        [tex` \odot \mathbf{1}[Z > 0]`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial K} = \frac{\partial L}{\partial y} \frac{\partial y}{\partial f} \frac{\partial f}{\partial P} \frac{\partial P}{\partial A} \frac{\partial A}{\partial Z} \frac{\partial Z}{\partial K}`,
        [tex`\frac{\partial P}{\partial A} `, ''],
        [tex`\frac{\partial A}{\partial Z} `, ''],
      ),
      right('dX = conv_full(dZ, K)', ['conv_full', 'corr_full'], ['dZ', 'dA']),
    ],
  },
  {
    model: 'avg-pool',
    entries: [
      right(
        tex`\frac{\partial L}{\partial P_{ij}} = (y - t) W_{ij}`.replace(
          'P_{ij}} = (y - t) W_{ij}',
          'f} = (y - t) w',
        ),
        ['w', 'f'],
      ),
      right(
        tex`\frac{\partial L}{\partial X_{2i-1,2j-1}} = \frac{1}{4} \frac{\partial L}{\partial P_{ij}}`,
        [tex`\frac{1}{4} `, ''],
        ['2j-1', 'j'],
      ),
      right(
        tex`\frac{\partial P_{11}}{\partial X_{12}} = \frac14`,
        [tex`\frac14`, '1'],
        ['X_{12}', 'X_{13}'],
      ),
      wrong(tex`\frac{\partial P_{12}}{\partial X_{12}} = \frac14`),
    ],
  },
  {
    model: 'dilated-index',
    entries: [
      right(
        tex`\frac{\partial L}{\partial w_j} = \sum_{i=0}^{4} (y_i - t_i) x_{i+2j}`,
        ['i+2j', 'i+j'],
        ['y_i - t_i', 't_i - y_i'],
        ['i=0', 'i=1'],
      ),
      right(tex`\frac{\partial y_i}{\partial x_{i+2j}} = w_j`, ['i+2j', 'i+j']),
      right(
        tex`\frac{\partial L}{\partial x_k} = \sum_{j=0}^{2} w_j \frac{\partial L}{\partial y_{k-2j}}`,
        ['k-2j', 'k-j'],
        ['k-2j', 'k+2j'],
      ),
    ],
  },
  {
    model: 'up-conv',
    entries: [
      right('dX = corr(dY, K, stride=2)', ['stride=2', 'stride=1'], ['corr', 'conv']),
      right(
        tex`\frac{\partial L}{\partial X_{ij}} = \sum_{m=0}^{1} \sum_{n=0}^{1} \frac{\partial L}{\partial Y_{2i+m,2j+n}} K_{mn}`,
        ['2i+m', 'i+m'],
        ['K_{mn}', 'K_{nm}'],
      ),
      right(
        tex`\frac{\partial L}{\partial K_{mn}} = \sum_{i=0}^{2} \sum_{j=0}^{2} X_{ij} (Y_{2i+m,2j+n} - T_{2i+m,2j+n})`,
        ['X_{ij}', 'X_{ji}'],
        ['i=0', 'i=1'],
      ),
      right(tex`Y_{2i+m,2j+n} = X_{ij} K_{mn}`.replace('Y_{2i+m,2j+n} = X_{ij} K_{mn}', 'dY = Y - T'), [
        'Y - T',
        'T - Y',
      ]),
    ],
  },
];
