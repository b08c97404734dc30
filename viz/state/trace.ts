/** The forward and the backward pass as one list of events; a step of the page is a position in it. */

import { pullback } from '../../src/chain/pullback.ts';
import { isLeaf, type NodeId } from '../../src/graph/graph.ts';
import { numbers, scalar, type Tensor } from '../../src/run/eager.ts';
import type { Document } from './document.ts';

export interface ForwardEvent {
  readonly kind: 'forward';
  /** The variable computed. */
  readonly node: NodeId;
}

/** ∂target/∂target = 1. */
export interface SeedEvent {
  readonly kind: 'seed';
  readonly node: NodeId;
}

/** One summand of ∂target/∂node: what comes back through one segment out of the node. */
export interface FlowEvent {
  readonly kind: 'flow';
  /** The variable that receives. */
  readonly node: NodeId;
  /** The variable whose gradient is passed on. */
  readonly sender: NodeId;
  readonly segment: string;
  readonly before: Tensor | undefined;
  readonly delta: Tensor;
  readonly after: Tensor;
  /** 1 for the first summand, …, `of` for the last. */
  readonly index: number;
  readonly of: number;
}

export type TraceEvent = ForwardEvent | SeedEvent | FlowEvent;

export interface Trace {
  readonly events: readonly TraceEvent[];
  /** How many of them belong to the forward pass; these come first. */
  readonly forward: number;
}

/**
 * All computed variables in order, then reverse mode from the target on: every variable passes its finished gradient
 * back along each segment into it, latest variable first. Gradients go to what depends on a parameter, and no further.
 */
export function traceOf(document: Document, target: NodeId): Trace {
  const { graph, variables } = document;
  const events: TraceEvent[] = variables.variables
    .filter((id) => !isLeaf(graph.node(id)))
    .map((node) => ({ kind: 'forward', node }));
  const forward = events.length;

  const learns = new Set<NodeId>(); // parameters and all that depends on one
  const matters = new Set<NodeId>([target]); // what the target depends on
  for (const id of variables.variables) {
    if (graph.node(id).op === 'parameter' || variables.into(id).some((s) => learns.has(s.from)))
      learns.add(id);
  }
  const descending = [...variables.variables].reverse();
  for (const id of descending) {
    if (matters.has(id)) for (const segment of variables.into(id)) matters.add(segment.from);
  }
  if (!learns.has(target)) return { events, forward };

  const expected = new Map<NodeId, number>();
  for (const id of matters) {
    for (const { from } of variables.into(id))
      if (learns.has(from)) expected.set(from, (expected.get(from) ?? 0) + 1);
  }
  const gradients = new Map<NodeId, Tensor>([[target, scalar(1)]]);
  const received = new Map<NodeId, number>();
  events.push({ kind: 'seed', node: target });
  for (const sender of descending) {
    const cotangent = gradients.get(sender);
    if (cotangent === undefined) continue;
    for (const segment of variables.into(sender)) {
      const node = segment.from;
      if (!learns.has(node)) continue;
      const delta = pullback(variables, document.valueAt, segment, cotangent);
      const before = gradients.get(node);
      const after = before === undefined ? delta : numbers.add(before, delta);
      const index = (received.get(node) ?? 0) + 1;
      gradients.set(node, after);
      received.set(node, index);
      const of = expected.get(node)!;
      events.push({ kind: 'flow', node, sender, segment: segment.id, before, delta, after, index, of });
    }
  }
  return { events, forward };
}

/** What is known after `step` events: values, gradients so far, and the event that has just happened. */
export interface Moment {
  readonly event: TraceEvent | undefined;
  readonly hasValue: (id: NodeId) => boolean;
  /** The gradient accumulated so far, with how many of its summands have arrived. */
  readonly gradientAt: (id: NodeId) => { tensor: Tensor; index: number; of: number } | undefined;
}

export function momentOf(document: Document, trace: Trace, step: number): Moment {
  const done = new Set<NodeId>();
  const gradients = new Map<NodeId, { tensor: Tensor; index: number; of: number }>();
  for (const event of trace.events.slice(0, step)) {
    if (event.kind === 'forward') done.add(event.node);
    else if (event.kind === 'seed') gradients.set(event.node, { tensor: scalar(1), index: 1, of: 1 });
    else gradients.set(event.node, { tensor: event.after, index: event.index, of: event.of });
  }
  const { graph } = document;
  // an unnamed operation has its value as soon as the variable that it is part of has
  const owner = ownersOf(document);
  return {
    event: trace.events[step - 1],
    hasValue: (id) => isLeaf(graph.node(id)) || done.has(owner.get(id) ?? id),
    gradientAt: (id) => gradients.get(id),
  };
}

const owners = new WeakMap<Document, Map<NodeId, NodeId>>();

/** By unnamed node: the first variable computed from it. */
function ownersOf(document: Document): Map<NodeId, NodeId> {
  let map = owners.get(document);
  if (map === undefined) {
    map = new Map();
    for (const segment of document.variables.segments) {
      for (const { consumer } of segment.edges) {
        const known = map.get(consumer);
        if (known === undefined || segment.to < known) map.set(consumer, segment.to);
      }
    }
    owners.set(document, map);
  }
  return map;
}

/**
 * The next step, in direction ±1, at which a variable is done (its value, its whole gradient), a summand of the
 * parameter's gradient arrives, or a pass begins or ends.
 */
export function boundary(trace: Trace, step: number, direction: 1 | -1, wrt: NodeId): number {
  const { events, forward } = trace;
  const last = events.length;
  const computed = new Set(events.slice(0, forward).map((event) => event.node));
  const stops = (s: number) => {
    const event = events[s - 1];
    if (event?.kind !== 'flow' || s >= last) return true;
    return event.node === wrt || (computed.has(event.node) && event.index === event.of);
  };
  let next = step + direction;
  while (!stops(next)) next += direction;
  return Math.max(0, Math.min(last, next));
}
