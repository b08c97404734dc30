/** Formulas for losses, similarities and probabilistic models, and programs over batches. */

import { ambiguous, type Group, right } from '../support/collections.ts';

const tex = String.raw;

export const networks: Readonly<Record<string, string>> = {
  'softmax-classifier': tex`
# CS231n
N = 6
reg = 0.1
param W: 4x3, b: 1x3
input X: 6x4
target Y: 6x3 onehot
scores = X W + b
probs = exp(scores) / sum(exp(scores), axis=1, keepdims=True)
data_loss = -1/N sum(Y ⊙ log(probs))
loss = data_loss + 0.5 * reg * sum(W*W)
`,
  'two-layer': tex`
N = 6
reg = 0.1
param W: 4x5, b: 1x5, W2: 5x3, b2: 1x3
input X: 6x4
target Y: 6x3 onehot
h = np.maximum(0, np.dot(X, W) + b)
scores = np.dot(h, W2) + b2
probs = softmax(scores)
L = -np.sum(Y * np.log(probs)) / N + 0.5*reg*np.sum(W*W) + 0.5*reg*np.sum(W2*W2)
`,
  'svm-classes': tex`
# multiclass hinge, the right class is the first
Δ = 1
param W: 4x3
input x: 3
s = W x
L = max(0, s_2 - s_1 + Δ) + max(0, s_3 - s_1 + Δ) + max(0, s_4 - s_1 + Δ)
`,
  'svm-primal': tex`
C = 2
param w: 3, b
input X: 5x3
input y: 5 = [1, -1, 1, -1, 1]
m = y ⊙ (X w + b)
L = \frac{1}{2} w^T w + C \sum_{i=1}^{5} \max(0, 1 - m_i)
`,
  'logistic-rows': tex`
m = 6
param θ: 3
input X: 6x3
target y: 6 probability
h = \sigma(X θ)
J(θ) = -\frac{1}{m} \sum_{i=1}^{m} \left[ y_i \log h_i + (1 - y_i) \log(1 - h_i) \right]
`,
  triplet: tex`
α = 40
param a: 3, p: 3, n: 3
L = max(0, ‖a - p‖² - ‖a - n‖² + α)
`,
  'info-nce': tex`
τ = 0.5
param q: 4, K: 5x4
s = K q / τ
π = softmax(s)
L = -log π_1
`,
  'vae-kl': tex`
param μ: 3, λ: 3
D = -\frac{1}{2} \sum_{j=1}^{3} (1 + λ_j - μ_j^2 - e^{λ_j})
`,
  reparametrised: tex`
param μ: 3, ρ: 3
input ε: 3
target t: 3
s = softplus(ρ)
z = μ + s ⊙ ε
L = \frac12 \|z - t\|^2
`,
  'matrix-factorisation': tex`
λ = 0.1
param U: 4x2, V: 5x2
target R: 4x5
E = R - U V^T
L = \frac{1}{2} \|E\|_F^2 + \frac{λ}{2} (\|U\|_F^2 + \|V\|_F^2)
`,
  smoothed: tex`
e = 0.1
K = 4
param z: 4
input y: 4 onehot
q = (1 - 0.1) y + 0.1 / K
p = softmax(z)
L = -\sum_k q_k \log p_k
`,
  distilled: tex`
T = 3
param z: 4
input v: 4
p = softmax(z / T)
q = softmax(v / T)
L = T^2 \sum_i q_i \log(q_i / p_i)
`,
  'gaussian-nll': tex`
param μ, ρ
target y
v = exp(ρ)
L = \frac{1}{2} \log v + \frac{(y - μ)^2}{2 v}
`,
  rbf: tex`
param c: 3, w, β positive
input x: 3
target t
r = ‖x - c‖²
φ_1 = exp(-β r)
y = w φ_1
L = 1/2 (y - t)^2
`,
  'bilinear-score': tex`
param u: 3, M: 3x4, v: 4
target t
s = u^T M v
p = σ(s)
L = -t log p - (1 - t) log(1 - p)
`,
  'smooth-l1': tex`
param w: 3
input x: 3
target t
e = w^T x - t
L = \begin{cases} \frac12 e^2 & |e| < 1 \\ |e| - \frac12 & \text{otherwise} \end{cases}
`,
  'focal-alpha': tex`
α = 0.25
γ = 2
param x
p = σ(x)
FL = -α (1 - p)^γ log(p)
`,
  giou: tex`
param a: 4 = [0.2, 0.1, 2.2, 2.3]
target b: 4 = [0.7, 0.6, 3.0, 2.8]
w = min(a_3, b_3) - max(a_1, b_1)
h = min(a_4, b_4) - max(a_2, b_2)
I = w h
A = (a_3 - a_1) (a_4 - a_2)
B = (b_3 - b_1) (b_4 - b_2)
U = A + B - I
C = (max(a_3, b_3) - min(a_1, b_1)) (max(a_4, b_4) - min(a_2, b_2))
G = I / U - (C - U) / C
L = 1 - G
`,
  cosine: tex`
param a: 3, b: 3
c = \frac{a^T b}{\|a\| \|b\|}
L = 1 - c
`,
};

export const groups: readonly Group[] = [
  {
    model: 'softmax-classifier',
    entries: [
      right(
        'dscores = (probs - Y) / N; dW = np.dot(X.T, dscores) + reg * W; db = np.sum(dscores, axis=0, keepdims=True)',
        [' / N', ''],
        ['X.T', 'X'],
        [' + reg * W', ''],
        ['axis=0', 'axis=1'],
      ),
      right(
        'dscores = probs - Y; dscores /= N; dW = np.dot(X.T, dscores); db = np.sum(dscores, axis=0); dW += reg*W',
        ['dscores /= N; ', ''],
        ['dW += reg*W', 'dW += 2*reg*W'],
        ['dW += reg*W', 'dW -= reg*W'],
        ['np.dot(X.T, dscores)', 'np.dot(dscores.T, X)'],
      ),
      right(
        tex`\frac{\partial loss}{\partial W} = \frac{1}{N} X^\top (probs - Y) + reg \, W`,
        [tex` + reg \, W`, ''],
        [tex`X^\top`, 'X'],
        ['probs - Y', 'Y - probs'],
      ),
      right(
        tex`\frac{\partial loss}{\partial b_j} = \frac{1}{N} \sum_{i=1}^{N} (probs_{ij} - Y_{ij})`,
        [tex`\frac{1}{N} `, ''],
        ['Y_{ij}', 'Y_{ji}'],
      ),
      right(
        'dscores = probs; dscores -= Y; dscores /= N; dW = X.T.dot(dscores) + reg * W',
        ['-= Y', '+= Y'],
        ['X.T.dot(dscores)', 'X.dot(dscores)'],
      ),
    ],
  },
  {
    model: 'two-layer',
    entries: [
      right(
        'dscores = (probs - Y) / N; dW2 = np.dot(h.T, dscores); db2 = np.sum(dscores, axis=0, keepdims=True); dh = np.dot(dscores, W2.T); dh[h <= 0] = 0; dW = np.dot(X.T, dh); db = np.sum(dh, axis=0, keepdims=True); dW2 += reg * W2; dW += reg * W',
        ['dh[h <= 0] = 0; ', ''],
        ['h <= 0', 'h > 0'],
        ['W2.T', 'W2'],
        ['np.dot(X.T, dh)', 'np.dot(h.T, dh)'],
        ['dW += reg * W', 'dW += W'],
      ),
      right(
        tex`\frac{\partial L}{\partial W2} = \frac{1}{N} h^\top (probs - Y) + reg \cdot W2`,
        [tex` + reg \cdot W2`, ''],
        [tex`h^\top`, tex`X^\top`],
      ),
      right(
        'dhidden = (probs - Y).dot(W2.T) / N; dhidden = dhidden * (h > 0); dW = X.T.dot(dhidden) + reg*W'
          .replaceAll('dhidden', 'dh')
          .replace('dh = dh * (h > 0)', 'dz = dh * (h > 0)')
          .replace('X.T.dot(dh)', 'X.T.dot(dz)'),
        ['(h > 0)', '(h < 0)'],
        ['.dot(W2.T)', '.dot(W2)'],
      ),
    ],
  },
  {
    model: 'svm-classes',
    entries: [
      right(
        tex`\frac{\partial L}{\partial s_2} = \mathbf{1}[s_2 - s_1 + \Delta > 0]`,
        ['> 0', '< 0'],
        [tex`\mathbf{1}[s_2 - s_1 + \Delta > 0]`, '1'],
      ),
      right(
        tex`\frac{\partial L}{\partial s_1} = -\sum_{j=2}^{4} \mathbf{1}[s_j - s_1 + \Delta > 0]`,
        ['= -', '= '],
        ['j=2', 'j=3'],
        [tex` + \Delta`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial W_{1k}} = -\left( \sum_{j \ne 1} \mathbf{1}[s_j - s_1 + \Delta > 0] \right) x_k`,
        ['x_k', 'x_1'],
        ['= -', '= '],
      ),
      right(tex`\frac{\partial L}{\partial x} = W^\top \frac{\partial L}{\partial s}`, [tex`W^\top`, 'W']),
    ],
  },
  {
    model: 'svm-primal',
    entries: [
      right(
        tex`\frac{\partial L}{\partial w} = w - C \sum_{i=1}^{5} \mathbf{1}[m_i < 1] y_i X_{i,:}^\top`,
        ['w - C', 'w + C'],
        ['m_i < 1', 'm_i > 1'],
        ['w - C', '-C'],
      ),
      right(
        tex`\frac{\partial L}{\partial b} = -C \sum_{i=1}^{5} \mathbf{1}[m_i < 1] y_i`,
        ['-C', 'C'],
        [' y_i', ''],
        ['m_i < 1', 'm_i < 0'],
      ),
      right(
        tex`\frac{\partial L}{\partial w_j} = w_j - C \sum_{i=1}^{5} \mathbf{1}[m_i < 1] y_i X_{ij}`,
        ['X_{ij}', 'X_{jj}'],
        ['w_j - ', ''],
      ),
      right(
        tex`\frac{\partial L}{\partial m_i} = -C \mathbf{1}[m_i < 1]`,
        ['= -C', '= C'],
        ['m_i < 1', '1 < m_i'],
      ),
      right(
        'dw = w - C * np.dot(X.T, y * (m < 1)); db = -C * np.sum(y * (m < 1))',
        ['X.T, y', 'X.T, m'],
        ['m < 1)); db', 'm > 1)); db'],
      ),
    ],
  },
  {
    model: 'logistic-rows',
    entries: [
      right(
        tex`\nabla_\theta J = \frac{1}{m} X^\top (h - y)`,
        [tex`\frac{1}{m} `, ''],
        [tex`X^\top`, 'X'],
        ['h - y', 'y - h'],
      ),
      right(
        tex`\frac{\partial J}{\partial \theta_j} = \frac{1}{m} \sum_{i=1}^{m} (h_i - y_i) X_{ij}`,
        ['X_{ij}', 'X_{ji}'],
        ['i=1', 'i=2'],
        ['- y_i', ''],
      ),
      right("dJ/dθ = X' * (h - y) / m", ["X'", 'X'], [' / m', '']),
      right(
        tex`\frac{\partial^2 J}{\partial \theta^2} = \frac{1}{m} X^\top \mathrm{diag}(h \odot (1 - h)) X`.replace(
          tex`\frac{\partial^2 J}{\partial \theta^2} = \frac{1}{m} X^\top \mathrm{diag}(h \odot (1 - h)) X`,
          tex`\frac{\partial h}{\partial \theta} = \mathrm{diag}(h \odot (1 - h)) X`,
        ),
        [tex`\odot (1 - h)`, ''],
        [' X', tex` X^\top`],
      ),
      right(
        tex`\frac{\partial J}{\partial h_i} = \frac{1}{m} \left( -\frac{y_i}{h_i} + \frac{1 - y_i}{1 - h_i} \right)`,
        [tex`\frac{1}{m} `, ''],
        ['+ ', '- '],
      ),
      right(
        tex`\frac{\partial J}{\partial h_i} = \frac{h_i - y_i}{m h_i (1 - h_i)}`,
        ['m h_i', 'h_i'],
        ['h_i - y_i', 'y_i - h_i'],
      ),
    ],
  },
  {
    model: 'triplet',
    entries: [
      right(
        tex`\frac{\partial L}{\partial a} = 2 (n - p), \quad \text{if } L > 0`,
        ['2 (', '('],
        ['n - p', 'p - n'],
        [tex`, \quad \text{if } L > 0`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial p} = -2 (a - p) \mathbf{1}[L > 0]`,
        ['-2', '2'],
        ['a - p', 'a - n'],
        [tex` \mathbf{1}[L > 0]`, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial n} = \begin{cases} 2 (a - n) & L > 0 \\ 0 & \text{otherwise} \end{cases}`,
        ['2 (', '-2 ('],
        ['a - n', 'a - p'],
        ['0 &', '1 &'],
      ),
      right(
        tex`\frac{\partial L}{\partial a} = 2 (a - p) - 2 (a - n) \text{ if } L > 0`,
        ['- 2', '+ 2'],
        [' - 2 (a - n)', ''],
      ),
    ],
  },
  {
    model: 'info-nce',
    entries: [
      right(
        tex`\frac{\partial L}{\partial s_i} = \pi_i - \delta_{i1}`,
        [tex`\delta_{i1}`, tex`\delta_{i2}`],
        ['- ', '+ '],
      ),
      right(
        tex`\frac{\partial L}{\partial q} = \frac{1}{\tau} \left( \sum_{i=1}^{5} \pi_i K_{i,:}^\top - K_{1,:}^\top \right)`,
        [tex`\frac{1}{\tau} `, ''],
        ['K_{1,:}', 'K_{2,:}'],
      ),
      right(
        tex`\frac{\partial L}{\partial q_j} = \frac{1}{\tau} \left( \sum_{i} \pi_i K_{ij} - K_{1j} \right)`,
        ['- K_{1j}', '+ K_{1j}'],
        ['K_{ij}', 'K_{ji}'],
      ),
      right(
        tex`\frac{\partial L}{\partial K_{ij}} = \frac{1}{\tau} (\pi_i - \mathbf{1}[i = 1]) q_j`,
        ['q_j', 'q_i'],
        ['i = 1', 'j = 1'],
      ),
      right(
        tex`\frac{\partial L}{\partial q} = \frac{1}{\tau} K^\top \frac{\partial L}{\partial s}`,
        [tex`K^\top`, 'K'],
        [tex`\frac{1}{\tau} `, ''],
      ),
    ],
  },
  {
    model: 'vae-kl',
    entries: [
      right(
        tex`\frac{\partial D}{\partial \mu} = \mu`,
        [tex`= \mu`, tex`= 2 \mu`],
        [tex`= \mu`, tex`= -\mu`],
      ),
      right(
        tex`\frac{\partial D}{\partial \lambda} = \frac{1}{2} (e^{\lambda} - 1)`,
        ['- 1', '+ 1'],
        [tex`\frac{1}{2} `, ''],
      ),
      right(
        tex`\frac{\partial D}{\partial \lambda_j} = \frac{e^{\lambda_j} - 1}{2}`,
        ['{2}', '{3}'],
        [tex`e^{\lambda_j}`, tex`\lambda_j`],
      ),
      right('dD/dμ_j = μ_j', ['= μ_j', '= λ_j']),
    ],
  },
  {
    model: 'reparametrised',
    entries: [
      right(tex`\frac{\partial L}{\partial \mu} = z - t`, ['z - t', 't - z']),
      right(
        tex`\frac{\partial L}{\partial s} = (z - t) \odot \varepsilon`,
        [tex`\odot \varepsilon`, ''],
        ['z - t', 's - t'],
      ),
      right(
        tex`\frac{\partial L}{\partial \rho} = (z - t) \odot \varepsilon \odot \sigma(\rho)`,
        [tex`\sigma(\rho)`, tex`\sigma'(\rho)`],
        [tex`\odot \varepsilon `, ''],
      ),
      right(
        tex`\frac{\partial L}{\partial \rho} = \frac{\partial L}{\partial z} \frac{\partial z}{\partial s} \frac{\partial s}{\partial \rho}`,
        [tex`\frac{\partial z}{\partial s} `, ''],
        [tex`\frac{\partial z}{\partial s}`, tex`\frac{\partial z}{\partial \mu}`],
      ),
      right(tex`\frac{\partial z}{\partial s} = \mathrm{diag}(\varepsilon)`, [tex`\varepsilon`, 's']),
    ],
  },
  {
    model: 'matrix-factorisation',
    entries: [
      right(
        tex`\frac{\partial L}{\partial U} = -E V + \lambda U`,
        ['-E V', 'E V'],
        [tex` + \lambda U`, ''],
        ['E V', tex`E^\top V`],
      ),
      right(
        tex`\frac{\partial L}{\partial V} = -E^\top U + \lambda V`,
        [tex`E^\top`, 'E'],
        ['+ ', '- '],
        ['U +', 'V +'],
      ),
      right(tex`\frac{\partial L}{\partial E} = E`, ['= E', '= -E'], ['= E', '= 2 E']),
      right(
        tex`\frac{\partial L}{\partial U_{ik}} = -\sum_{j} (R_{ij} - \sum_{l} U_{il} V_{jl}) V_{jk} + \lambda U_{ik}`,
        ['V_{jk}', 'V_{kj}'],
        [tex` + \lambda U_{ik}`, ''],
        ['= -', '= '],
      ),
      right('dU = -E*V + λ*U; dV = -E.T @ U + λ*V', ['-E.T', '-E'], ['-E*V', 'E*V']),
    ],
  },
  {
    model: 'smoothed',
    entries: [
      right(tex`\frac{\partial L}{\partial z} = p - q`, ['p - q', 'q - p'], ['p - q', 'p - y']),
      right(
        tex`\frac{\partial L}{\partial z_i} = p_i - 0.9 y_i - \frac{0.1}{K}`,
        ['0.9 y_i', 'y_i'],
        [tex` - \frac{0.1}{K}`, ''],
      ),
      right(tex`\frac{\partial L}{\partial p} = -q \oslash p`, ['-q', 'q'], ['q', 'y']),
      right(
        tex`\frac{\partial L}{\partial z_j} = -\sum_k q_k (\delta_{kj} - p_j)`,
        [tex`\delta_{kj}`, '1'],
        ['- p_j', '- p_k'],
      ),
    ],
  },
  {
    model: 'distilled',
    entries: [
      right(
        tex`\frac{\partial L}{\partial z} = T (p - q)`,
        ['T (', '('],
        ['p - q', 'q - p'],
        ['T (', 'T^2 ('],
      ),
      right(
        tex`\frac{\partial L}{\partial z_i} = T (p_i - q_i)`,
        ['p_i - q_i', 'p_i'],
        ['T (', tex`\frac{1}{T} (`],
      ),
      right(tex`\frac{\partial L}{\partial p_i} = -T^2 \frac{q_i}{p_i}`, ['-T^2', 'T^2'], ['-T^2', '-T']),
    ],
  },
  {
    model: 'gaussian-nll',
    entries: [
      right(tex`\frac{\partial L}{\partial \mu} = -\frac{y - \mu}{v}`, ['= -', '= '], ['{v}', '{v^2}']),
      right(
        tex`\frac{\partial L}{\partial v} = \frac{1}{2v} - \frac{(y - \mu)^2}{2 v^2}`,
        ['- ', '+ '],
        ['2 v^2', '2 v'],
      ),
      right(
        tex`\frac{\partial L}{\partial \rho} = \frac{1}{2} \left( 1 - \frac{(y - \mu)^2}{v} \right)`,
        ['1 - ', '1 + '],
        ['{v}', '{v^2}'],
      ),
      right('dL/dρ = dL/dv dv/dρ = dL/dv v', ['= dL/dv v', '= dL/dv'], ['dL/dv dv/dρ', 'dL/dμ dv/dρ']),
    ],
  },
  {
    model: 'rbf',
    entries: [
      right(
        tex`\frac{\partial L}{\partial c} = 2 \beta (y - t) w \varphi_1 (x - c)`.replace(
          tex`\varphi`,
          tex`\phi`,
        ),
        ['2 ', ''],
        ['x - c', 'c - x'],
        [tex` w `, ' '],
      ),
      right(
        tex`\frac{\partial L}{\partial w} = (y - t) e^{-\beta \|x - c\|^2}`,
        ['y - t', 't - y'],
        ['e^{-', 'e^{'],
      ),
      right(tex`\frac{\partial L}{\partial \beta} = -(y - t) y r`, ['= -', '= '], [' r', '']),
      right('dr/dc = -2 (x - c)', ['-2', '2'], ['x - c', 'x + c']),
    ],
  },
  {
    model: 'bilinear-score',
    entries: [
      right(tex`\frac{\partial L}{\partial M} = (p - t) u v^\top`, ['p - t', 't - p']),
      right(tex`\frac{\partial L}{\partial u} = (p - t) M v`, ['M v', tex`M^\top v`], ['M v', 'v']),
      right(tex`\frac{\partial L}{\partial v} = (p - t) M^\top u`, [tex`M^\top`, 'M'], ['p - t', 'p']),
      right(tex`\frac{\partial s}{\partial M_{ij}} = u_i v_j`, ['u_i v_j', 'u_j v_i'], ['v_j', 'v_i']),
      right(tex`\frac{\partial L}{\partial s} = p - t`, ['p - t', 'p (1 - p)']),
      ambiguous(tex`\frac{\partial L}{\partial M} = (p - t) v u^\top`),
    ],
  },
  {
    model: 'smooth-l1',
    entries: [
      right(
        tex`\frac{\partial L}{\partial e} = \begin{cases} e & |e| < 1 \\ \mathrm{sign}(e) & \text{otherwise} \end{cases}`,
        ['|e| < 1', '|e| > 1'],
        [tex`\mathrm{sign}(e)`, '1'],
      ),
      right(
        tex`\frac{\partial L}{\partial w} = x \begin{cases} e & |e| < 1 \\ \mathrm{sign}(e) & |e| \ge 1 \end{cases}`,
        ['e & |e| < 1', '2 e & |e| < 1'],
      ),
      right(tex`\frac{\partial L}{\partial e} = \max(-1, \min(1, e))`, ['-1', '0'], ['(1, e)', '(2, e)']),
    ],
  },
  {
    model: 'focal-alpha',
    entries: [
      right(
        tex`\frac{\partial FL}{\partial x} = \alpha (1 - p)^\gamma (\gamma p \log p + p - 1)`,
        [tex`\alpha `, ''],
        ['p - 1', '1 - p'],
        [tex`\gamma p \log`, tex`p \log`],
      ),
      right(
        tex`\frac{\partial FL}{\partial p} = \alpha \gamma (1 - p)^{\gamma - 1} \log p - \frac{\alpha (1 - p)^\gamma}{p}`,
        [tex`\gamma - 1`, tex`\gamma`],
        ['- \\frac', '+ \\frac'],
      ),
      right(
        tex`\frac{\partial FL}{\partial x} \Big|_{\gamma = 0} = \alpha (p - 1)`,
        [tex`\alpha `, ''],
        ['p - 1', '1 - p'],
      ),
      right(tex`FL|_{\gamma=0, \alpha=1} = -\log p`, ['-\\log', '\\log'], [tex`\alpha=1`, tex`\alpha=2`]),
    ],
  },
  {
    model: 'giou',
    entries: [
      right(
        tex`\frac{\partial L}{\partial I} = -\frac{1}{U} - \frac{I}{U^2} + \frac{1}{C}`,
        ['- \\frac{I}', '+ \\frac{I}'],
        [tex` + \frac{1}{C}`, ''],
      ),
      right(tex`\frac{\partial L}{\partial C} = \frac{U}{C^2}`, ['{U}', '{I}'], ['C^2', 'C']),
      right(tex`\frac{\partial L}{\partial U} = \frac{I}{U^2} - \frac{1}{C}`, ['- ', '+ '], ['U^2', 'U']),
      right(
        tex`\frac{\partial L}{\partial a_3} = \frac{\partial L}{\partial I} \frac{\partial I}{\partial a_3} + \frac{\partial L}{\partial A} \frac{\partial A}{\partial a_3} + \frac{\partial L}{\partial C} \frac{\partial C}{\partial a_3}`,
        [tex` + \frac{\partial L}{\partial C} \frac{\partial C}{\partial a_3}`, ''],
        [tex`+ \frac{\partial L}{\partial A}`, tex`- \frac{\partial L}{\partial A}`],
      ),
    ],
  },
  {
    model: 'cosine',
    entries: [
      right(
        tex`\frac{\partial c}{\partial a} = \frac{b}{\|a\| \|b\|} - c \frac{a}{\|a\|^2}`,
        ['- c', '+ c'],
        [tex`\|a\|^2`, tex`\|a\|`],
        [tex`- c \frac`, tex`- \frac`],
      ),
      right(
        tex`\frac{\partial L}{\partial b} = -\frac{1}{\|b\|} \left( \frac{a}{\|a\|} - c \frac{b}{\|b\|} \right)`,
        ['= -', '= '],
        [tex`c \frac{b}`, tex`\frac{b}`],
      ),
      right(
        tex`\frac{\partial c}{\partial a} = \frac{1}{\|a\|} \left( I - \frac{a a^\top}{\|a\|^2} \right) \frac{b}{\|b\|}`,
        ['I - ', 'I + '],
        [tex`a a^\top`, tex`b b^\top`],
      ),
    ],
  },
];
