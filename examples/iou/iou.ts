/** Overlap of two boxes as losses: IoU, GIoU, DIoU and the L2 distance of the corners, as graphs of the coordinates. */

import { GradpathError } from '../../src/graph/error.ts';
import type { NodeId } from '../../src/graph/graph.ts';
import type { Model } from '../../src/model/model.ts';
import { Builder } from '../../src/ops/builder.ts';

/** Corners: x1, y1, x2, y2, the corner with the smaller coordinates first. Centre and size: cx, cy, w, h. In pixels. */
export const formats = ['corners', 'centre-size'] as const;
export type Format = (typeof formats)[number];

/** The measures that are shares of areas, without a unit. */
export const OVERLAPS = ['iou', 'giou', 'diou'] as const;
export const losses = [...OVERLAPS, 'l2'] as const;
export type Loss = (typeof losses)[number];

/** Four numbers, as the format says. */
export type Box = readonly [number, number, number, number];

export interface IouOptions {
  /** The predicted box (default corners 50, 50, 150, 150). */
  readonly a?: Box;
  /** The true box (default corners 10, 20, 110, 120). */
  readonly b?: Box;
  /** Of both boxes (default corners). */
  readonly format?: Format;
  /** The loss L (default iou). */
  readonly loss?: Loss;
}

/** Appends the node that `build` returns, as a variable of that name or without. */
export type Naming = (name: string, build: () => NodeId) => NodeId;

/** One box, and two others that are equally far from it by L2. */
export const REFERENCE: Box = [50, 50, 150, 150];
export const SHIFTED: readonly [Box, Box] = [
  [10, 20, 110, 120],
  [50, 100, 150, 200],
];

/**
 * The graph of the loss of the box A (4), a parameter, and the true box B (4), an input:
 * iou: L = 1 − IoU, IoU = I/U; giou: L = 1 − GIoU, GIoU = IoU − (C − U)/C with the area C of the smallest box around
 * both (Rezatofighi et al. 2019); diou: L = 1 − DIoU, DIoU = IoU − d²/c² with the distance d of the centres and the
 * diagonal c of that box (Zheng et al. 2020); l2: L = ‖A − B‖ over the corners x1, y1, x2, y2.
 * Throws GradpathError for a box whose width or height is not above 0.
 */
export function iou(options: IouOptions = {}): Model {
  const { a = REFERENCE, b: target = SHIFTED[0], format = 'corners', loss = 'iou' } = options;
  requireBox('a', a, format);
  requireBox('b', target, format);
  const b = new Builder();
  const [A, B] = [b.parameter('A', [4]), b.input('B', [4])];
  const overlap = new Overlap(b, A, B, format, (name, build) => b.define(name, build));
  if (loss === 'l2') b.define('L', () => overlap.l2());
  else {
    const measure = overlap[loss]();
    b.define('L', () => b.affine(measure, { scale: -1, shift: 1 }));
  }
  return {
    name: 'iou',
    title: `${lossNames[loss]} of two boxes as ${format === 'corners' ? 'corners' : 'centre and size'}`,
    builder: b,
    values: { A: a, B: target },
    target: 'L',
    show: { of: 'L', wrt: 'A' },
  };
}

export const lossNames: Readonly<Record<Loss, string>> = {
  iou: 'IoU',
  giou: 'GIoU',
  diou: 'DIoU',
  l2: 'L2',
};

interface Corners {
  readonly x1: NodeId;
  readonly y1: NodeId;
  readonly x2: NodeId;
  readonly y2: NodeId;
}

/** The quantities of two boxes; what several measures share is appended once. */
export class Overlap {
  readonly #b: Builder;
  readonly #name: Naming;
  /** The corners of both boxes as vectors of 4. */
  readonly #cornersOf: readonly [NodeId, NodeId];
  readonly #A: Corners;
  readonly #B: Corners;
  #shared: { readonly iou: NodeId; readonly U: NodeId } | undefined;

  constructor(b: Builder, A: NodeId, B: NodeId, format: Format, name: Naming = (_, build) => build()) {
    this.#b = b;
    this.#name = name;
    const corners = (box: NodeId, called: string) =>
      format === 'corners'
        ? box
        : name(`${called}_c`, () => b.matmul(b.constant(CORNERS_OF_CENTRE.flat(), [4, 4]), box));
    this.#cornersOf = [corners(A, 'A'), corners(B, 'B')];
    [this.#A, this.#B] = this.#cornersOf.map((box) => this.#split(box));
  }

  /** I/U: the area in both boxes beside the area in one of them. */
  iou(): NodeId {
    return this.#overlap().iou;
  }

  /** IoU − (C − U)/C. */
  giou(): NodeId {
    const b = this.#b;
    const { iou, U } = this.#overlap();
    const { width, height } = this.#enclosing();
    const C = this.#name('C', () => b.mul(width, height));
    return this.#name('GIoU', () => b.sub(iou, b.div(b.sub(C, U), C)));
  }

  /** IoU − d²/c². */
  diou(): NodeId {
    const [b, A, B] = [this.#b, this.#A, this.#B];
    const { iou } = this.#overlap();
    // centres are half the sums of opposite corners
    const offset = (a1: NodeId, a2: NodeId, b1: NodeId, b2: NodeId) =>
      b.square(b.affine(b.sub(b.add(a1, a2), b.add(b1, b2)), { scale: 0.5, shift: 0 }));
    const d2 = this.#name('d²', () => b.add(offset(A.x1, A.x2, B.x1, B.x2), offset(A.y1, A.y2, B.y1, B.y2)));
    const { width, height } = this.#enclosing();
    const c2 = this.#name('c²', () => b.add(b.square(width), b.square(height)));
    return this.#name('DIoU', () => b.sub(iou, b.div(d2, c2)));
  }

  /** √Σ (A − B)² over x1, y1, x2, y2. */
  l2(): NodeId {
    const [A, B] = this.#cornersOf;
    return this.#b.norm(this.#b.sub(A, B), { axes: [0], keepDims: false });
  }

  #split(box: NodeId): Corners {
    const b = this.#b;
    const [x1, y1, x2, y2] = [0, 1, 2, 3].map((i) =>
      b.reshape(b.slice(box, { begin: [i], size: [1] }), { shape: [] }),
    );
    return { x1, y1, x2, y2 };
  }

  #overlap(): { readonly iou: NodeId; readonly U: NodeId } {
    if (this.#shared !== undefined) return this.#shared;
    const [b, A, B, name] = [this.#b, this.#A, this.#B, this.#name];
    const w = name('w_I', () => b.relu(b.sub(b.min(A.x2, B.x2), b.max(A.x1, B.x1))));
    const h = name('h_I', () => b.relu(b.sub(b.min(A.y2, B.y2), b.max(A.y1, B.y1))));
    const I = name('I', () => b.mul(w, h));
    const [ofA, ofB] = [A, B].map((box, i) =>
      name(i === 0 ? 'S_A' : 'S_B', () => b.mul(b.sub(box.x2, box.x1), b.sub(box.y2, box.y1))),
    );
    const U = name('U', () => b.sub(b.add(ofA, ofB), I));
    this.#shared = { iou: name('IoU', () => b.div(I, U)), U };
    return this.#shared;
  }

  #enclosing(): { readonly width: NodeId; readonly height: NodeId } {
    const [b, A, B] = [this.#b, this.#A, this.#B];
    return {
      width: this.#name('w_C', () => b.sub(b.max(A.x2, B.x2), b.min(A.x1, B.x1))),
      height: this.#name('h_C', () => b.sub(b.max(A.y2, B.y2), b.min(A.y1, B.y1))),
    };
  }
}

/** (x1, y1, x2, y2) = T (cx, cy, w, h). */
export const CORNERS_OF_CENTRE = [
  [1, 0, -0.5, 0],
  [0, 1, 0, -0.5],
  [1, 0, 0.5, 0],
  [0, 1, 0, 0.5],
] as const;

/** The corners of a box in either format. */
export function cornersOf(box: Box, format: Format): Box {
  if (format === 'corners') return box;
  const [cx, cy, w, h] = box;
  return [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2];
}

/** Areas, and their squares in the gradients, keep their digits between these, in pixels. */
const LARGEST = 1e6;
const SMALLEST_SIDE = 1e-6;

/** Throws GradpathError unless width and height are above 0, and nothing is too large or too small to compute with. */
export function requireBox(called: string, box: readonly number[], format: Format): void {
  const fail = (message: string) => {
    throw new GradpathError('value', `${called}: ${message}`, called);
  };
  const names = format === 'corners' ? 'x1, y1, x2, y2' : 'cx, cy, w, h';
  if (box.length !== 4)
    fail(`${box.length} number${box.length === 1 ? '' : 's'} given, expected four: ${names}`);
  const odd = box.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) fail(`${names.split(', ')[odd]} is ${box[odd]}, expected a finite number`);
  const far = box.findIndex((value) => Math.abs(value) > LARGEST);
  if (far >= 0) {
    fail(`${names.split(', ')[far]} is ${box[far]}, expected a number from ${-LARGEST} to ${LARGEST}`);
  }
  const [width, height] = format === 'corners' ? [box[2] - box[0], box[3] - box[1]] : [box[2], box[3]];
  const wrong = width < SMALLEST_SIDE ? 'width' : height < SMALLEST_SIDE ? 'height' : undefined;
  if (wrong === undefined) return;
  const found = wrong === 'width' ? width : height;
  const axis = wrong === 'width' ? 'x' : 'y';
  const formula = format === 'corners' ? ` ${axis}2 − ${axis}1` : '';
  const least = found > 0 ? `at least ${SMALLEST_SIDE}` : 'more than 0';
  fail(`the ${wrong}${formula} is ${found}, expected ${least}`);
}

/** The box moved to the right by two of its widths, so that it does not touch itself, and down by a quarter. */
export function besides([x1, y1, x2, y2]: Box): Box {
  const [right, down] = [2 * (x2 - x1), (y2 - y1) / 4];
  return [x1 + right, y1 + down, x2 + right, y2 + down];
}
