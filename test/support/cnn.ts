/** The convolutional network and its gradients written out by hand in plain loops, an image at a time. */

export interface HandCnn {
  /** Per image, rows × columns. */
  readonly images: readonly (readonly (readonly number[])[])[];
  readonly labels: readonly number[];
  /** kernels × kernelSize × kernelSize. */
  readonly K: readonly (readonly (readonly number[])[])[];
  readonly b_K: readonly number[];
  /** features × classes; features are ordered by kernel, row, column of the pooled maps. */
  readonly W: readonly (readonly number[])[];
  readonly b_W: readonly number[];
  readonly stride: number;
  readonly padding: number;
  readonly poolSize: number;
}

const grid = (rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, () => new Array<number>(columns).fill(0));

/**
 * E = (1/N) Σ_n −log ŷ_n[label]. With g = (ŷ − y)/N: ∂E/∂b_W = Σ_n g, ∂E/∂W[f, c] = Σ_n P[f] g[c], ∂E/∂P[f] = Σ_c W[f, c] g[c].
 * δ[k, p] is ∂E/∂P at the position p that is the largest of its window, if C[k, p] > 0, and 0 elsewhere;
 * ∂E/∂b_K[k] = Σ_p δ[k, p], ∂E/∂K[k, u, v] = Σ_p δ[k, p] x[s p + (u, v) − padding], and to that pixel K[k, u, v] δ[k, p].
 */
export function backward(net: HandCnn) {
  const { images, labels, K, b_K, W, b_W, stride: s, padding, poolSize } = net;
  const [height, width, size] = [images[0].length, images[0][0].length, K[0].length];
  const rows = Math.floor((height + 2 * padding - size) / s) + 1;
  const columns = Math.floor((width + 2 * padding - size) / s) + 1;
  const [pooledRows, pooledColumns] = [Math.floor(rows / poolSize), Math.floor(columns / poolSize)];
  let E = 0;
  const byK = K.map(() => grid(size, size));
  const byBK = b_K.map(() => 0);
  const byW = grid(W.length, b_W.length);
  const byBW = b_W.map(() => 0);
  const byX = images.map(() => grid(height, width));
  const deltas: number[][][][] = [];

  images.forEach((x, n) => {
    const pixel = (i: number, j: number): number =>
      i < 0 || j < 0 || i >= height || j >= width ? 0 : x[i][j];
    const C = K.map((kernel, k) => {
      const map = grid(rows, columns);
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) {
          map[i][j] = b_K[k];
          for (let u = 0; u < size; u++)
            for (let v = 0; v < size; v++)
              map[i][j] += kernel[u][v] * pixel(s * i + u - padding, s * j + v - padding);
        }
      return map;
    });

    const P: number[] = [];
    const winners: { k: number; i: number; j: number }[] = [];
    C.forEach((map, k) => {
      for (let a = 0; a < pooledRows; a++)
        for (let b = 0; b < pooledColumns; b++) {
          let winner = { k, i: a * poolSize, j: b * poolSize };
          for (let i = a * poolSize; i < (a + 1) * poolSize; i++)
            for (let j = b * poolSize; j < (b + 1) * poolSize; j++)
              if (map[i][j] > map[winner.i][winner.j]) winner = { k, i, j };
          winners.push(winner);
          P.push(Math.max(map[winner.i][winner.j], 0));
        }
    });

    const O = b_W.map((bias, c) => P.reduce((sum, p, f) => sum + p * W[f][c], bias));
    const most = Math.max(...O);
    const total = O.reduce((sum, o) => sum + Math.exp(o - most), 0);
    E += (Math.log(total) + most - O[labels[n]]) / images.length;
    const g = O.map((o, c) => (Math.exp(o - most) / total - (c === labels[n] ? 1 : 0)) / images.length);

    const delta = K.map(() => grid(rows, columns));
    P.forEach((p, f) => {
      let byP = 0;
      g.forEach((g_c, c) => {
        byW[f][c] += p * g_c;
        byP += W[f][c] * g_c;
      });
      const { k, i, j } = winners[f];
      if (C[k][i][j] > 0) delta[k][i][j] = byP;
    });
    g.forEach((g_c, c) => {
      byBW[c] += g_c;
    });
    deltas.push(delta);

    delta.forEach((map, k) => {
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) {
          byBK[k] += map[i][j];
          for (let u = 0; u < size; u++)
            for (let v = 0; v < size; v++) {
              const [row, column] = [s * i + u - padding, s * j + v - padding];
              byK[k][u][v] += map[i][j] * pixel(row, column);
              if (row >= 0 && column >= 0 && row < height && column < width)
                byX[n][row][column] += map[i][j] * K[k][u][v];
            }
        }
    });
  });
  return { E, K: byK, b_K: byBK, W: byW, b_W: byBW, x: byX, deltas };
}
