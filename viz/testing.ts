/** A window for tests: what is on the canvas, which has no elements of its own, and a judge put in by hand. */

import type { GraphCanvas } from './canvas/canvas.ts';
import { judge } from './state/derivation.ts';
import type { FormulaReport } from './state/report.ts';
import { hover, litPaths, step, target, trace, view, wrt } from './state/store.ts';

export interface Handle {
  /** Nodes by name (`H_2`), with classes and positions. */
  nodes(): {
    name: string;
    classes: readonly string[];
    x: number;
    y: number;
    screen: { x: number; y: number };
    width: number;
    /** Width of the name, in the same units, and its size in pixels of the screen. */
    text: number;
    size: number;
  }[];
  /** Edges by name (`W→H_2`), with classes and the points drawn. */
  edges(): {
    name: string;
    classes: readonly string[];
    points: { x: number; y: number }[];
    /** What the layout says they should be. */
    wanted: readonly { x: number; y: number }[];
    middle: { x: number; y: number };
  }[];
  strands(): { id: string; classes: readonly string[]; points: { x: number; y: number }[] }[];
  /** Edges marked beneath their coloured strands. */
  halos(): { name: string; points: { x: number; y: number }[] }[];
  groups(): { name: string; screen: { x: number; y: number }; x: number; y: number }[];
  state(): Record<string, unknown>;
  /** Whatever is written is judged so from now on. */
  judgeAs(reports: readonly FormulaReport[]): void;
}

export function expose(canvas: { current: GraphCanvas | undefined }): void {
  const read = () => canvas.current!.read();
  const handle: Handle = {
    nodes: () => {
      const names = new Map(view.value.nodes.map((node) => [node.key, node.name]));
      return read()
        .nodes.filter((node) => names.has(node.id))
        .map(({ id, ...node }) => ({ name: names.get(id)!, ...node }));
    },
    edges: () => {
      const names = new Map(view.value.edges.map((edge) => [edge.key, edge.name]));
      const { edges, layout } = read();
      return edges
        .filter((edge) => names.has(edge.id))
        .map(({ id, ...edge }) => ({ name: names.get(id)!, ...edge, wanted: layout?.edges[id] ?? [] }));
    },
    strands: () => {
      const names = new Map(view.value.edges.map((edge) => [edge.key, edge.name]));
      return read()
        .edges.filter((edge) => edge.classes.includes('strand'))
        .map(({ id, classes, points }) => {
          const [, path, key] = id.split('-');
          return { id: `${path}:${names.get(key)}`, classes, points };
        });
    },
    halos: () => {
      const names = new Map(view.value.edges.map((edge) => [edge.key, edge.name]));
      return read()
        .edges.filter((edge) => edge.classes.includes('halo'))
        .map(({ id, points }) => ({ name: names.get(id.slice('halo-'.length)) ?? id, points }));
    },
    groups: () =>
      read()
        .nodes.filter((node) => node.classes.includes('group'))
        .map(({ id, x, y, screen }) => ({ name: id.slice(2), x, y, screen })),
    state: () => ({
      target: target.value,
      wrt: wrt.value,
      step: step.value,
      events: trace.value.events.length,
      forward: trace.value.forward,
      lit: litPaths.value,
      hover: hover.value,
    }),
    judgeAs: (reports) => {
      judge.value = async () => ({ reports });
    },
  };
  Object.defineProperty(window, '__gradpath', { value: Object.freeze(handle) });
}
