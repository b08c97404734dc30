/** What is laid out, and what comes back: sizes in, positions and polylines out. Knows neither graph nor screen. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface SpecNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** The column that it lies in; undefined: above, below or beside the columns. */
  readonly group?: string;
  /** Nodes without a group: in the top row, or left of the columns; others go below. */
  readonly place?: 'top' | 'left';
}

export interface SpecEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
}

export interface Spec {
  /** Columns from left to right. */
  readonly groups: readonly string[];
  readonly nodes: readonly SpecNode[];
  readonly edges: readonly SpecEdge[];
}

/** All coordinates absolute; x, y of a box is its top left corner. */
export interface Layout {
  readonly nodes: Readonly<Record<string, Box>>;
  readonly groups: Readonly<Record<string, Box>>;
  /** From the source's border to the target's, bends between. */
  readonly edges: Readonly<Record<string, readonly Point[]>>;
}

/** Room at the top of a column for its title. */
export const HEADER = 30;
/** Room at the left of it: no line comes down there. */
export const TITLE = 94;

/** A spec as a text that is equal for equal pictures. */
export function specKey(spec: Spec): string {
  return JSON.stringify([
    spec.groups,
    spec.nodes.map((n) => [n.id, n.width, n.height, n.group ?? '', n.place ?? '']),
    spec.edges.map((e) => [e.id, e.source, e.target]),
  ]);
}

export const centre = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
export const right = (box: Box): number => box.x + box.width;
export const bottom = (box: Box): number => box.y + box.height;
