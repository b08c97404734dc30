/** How each node and edge of the picture looks now, as data: names of classes and coloured strands. */

import { computed } from '@preact/signals';
import { marked } from './anomalies.ts';
import type { Document } from './document.ts';
import {
  chosenPaths,
  coneSegments,
  document,
  hover,
  litPaths,
  moment,
  PATH_COLOURS,
  pathSegments,
  selected,
  targetId,
  view,
  wantedStep,
  wrtId,
} from './store.ts';

/** One path's line along one edge. */
export interface Strand {
  readonly edge: string;
  readonly path: number;
  /** Index into the palette. */
  readonly colour: number;
  /** Position in the bundle, 0 in the middle. */
  readonly lane: number;
}

export interface Scene {
  readonly nodes: ReadonlyMap<string, readonly string[]>;
  readonly edges: ReadonlyMap<string, readonly string[]>;
  readonly strands: readonly Strand[];
  /** The passes are being watched: paths nobody has asked for step back. */
  readonly quiet: boolean;
}

export const colourOf = (path: number) => path % PATH_COLOURS;

/** Segments that stay in full colour: those of the paths chosen or pointed at, else the whole cone. */
const vivid = computed<ReadonlySet<string>>(() => {
  const focused = chosenPaths.value.length > 0 || hover.value?.path !== undefined;
  return focused
    ? new Set(litPaths.value.flatMap((path) => [...pathSegments.value[path]]))
    : coneSegments.value;
});

export const scene = computed<Scene>(() => {
  const { nodes: viewNodes, edges: viewEdges } = view.value;
  const paths = litPaths.value.map((path) => ({ path, segments: new Set(pathSegments.value[path]) }));
  const lit = vivid.value;
  const hovered = new Set(hover.value?.segments ?? []);
  const event = moment.value.event;
  const active = event?.kind === 'flow' ? event.segment : undefined;
  const forwardNode = event?.kind === 'forward' ? event.node : undefined;
  const pick = selected.value;
  const stepping = wantedStep.value !== undefined;
  const focused = chosenPaths.value.length > 0 || hover.value?.path !== undefined;

  const touched = new Set([targetId.value, wrtId.value]); // nodes of the vivid part
  const stepAt = new Map(viewNodes.map((node) => [node.id, node.step]));
  const edges = new Map<string, string[]>();
  const strands: Strand[] = [];
  for (const edge of viewEdges) {
    const has = (set: ReadonlySet<string>) => edge.segments.some((segment) => set.has(segment));
    const classes: string[] = [];
    const inCone = has(lit);
    classes.push(inCone ? 'cone' : 'dim');
    if (inCone) touched.add(edge.source).add(edge.target);
    // where edges share a rail each path keeps its lane; elsewhere the bundle is centred on the edge
    const shared = stepAt.get(edge.source) === '' || stepAt.get(edge.target) === '';
    const here = paths.filter(({ segments }) => has(segments));
    const lanes = shared ? paths : here;
    for (const path of here) {
      classes.push(`path-${path.path}`);
      const lane = lanes.indexOf(path) - (lanes.length - 1) / 2;
      strands.push({ edge: edge.key, path: path.path, colour: colourOf(path.path), lane });
    }
    if (here.length > 0) classes.push('covered');
    if (has(hovered)) classes.push('hover', ...(hover.value?.missing ? ['missing'] : []));
    if (active !== undefined && edge.segments.includes(active)) classes.push('active', 'backward');
    if (forwardNode !== undefined && edge.segments.some((s) => endsIn(document.value, s, forwardNode)))
      classes.push('active', 'forward');
    if (pick?.kind === 'segment' && edge.segments.includes(pick.segment.id)) classes.push('selected');
    edges.set(edge.key, classes);
  }

  const nodes = new Map<string, string[]>();
  for (const { key, id, role } of viewNodes) {
    const classes: string[] = [role, touched.has(id) ? 'cone' : 'dim'];
    if (stepping) classes.push('stepping');
    if (id === targetId.value) classes.push('target');
    if (id === wrtId.value) classes.push('wrt');
    if (moment.value.hasValue(id)) classes.push('valued');
    const gradient = moment.value.gradientAt(id);
    if (gradient !== undefined) classes.push(gradient.index === gradient.of ? 'done' : 'accumulating');
    if (event?.node === id) classes.push('current', event.kind === 'forward' ? 'forward' : 'backward');
    if (event?.kind === 'flow' && event.sender === id) classes.push('sender');
    const mark = marked.value.get(id);
    if (mark !== undefined) classes.push(mark === 'kink' ? 'kink' : 'anomaly');
    if (pick?.kind === 'node' && pick.id === id) classes.push('selected');
    nodes.set(key, classes);
  }
  return { nodes, edges, strands, quiet: stepping && !focused };
});

const ends = new WeakMap<Document, Map<string, number>>();

function endsIn(document: Document, segment: string, node: number): boolean {
  let map = ends.get(document);
  if (map === undefined) {
    map = new Map(document.variables.segments.map(({ id, to }) => [id, to]));
    ends.set(document, map);
  }
  return map.get(segment) === node;
}
