/** What is wrong with the numbers of the gradient shown, in lines, and the nodes that these are about. */

import { computed } from '@preact/signals';
import { kinks } from '../../src/autodiff/kinks.ts';
import { anomalies } from '../../src/chain/anomaly.ts';
import { anomalyText, kinkText } from '../../src/chain/anomaly-text.ts';
import type { NodeId } from '../../src/graph/graph.ts';
import { pretty } from './names.ts';
import { document, targetId, wrtId } from './store.ts';

export interface Remark {
  readonly kind: 'non-finite' | 'exploding' | 'vanished' | 'kink';
  readonly line: string;
  readonly node: NodeId;
  /** The variable to look at: the node itself, or the next one computed from it. */
  readonly variable: string | undefined;
}

/** By gravity: values that are not finite first, kinks last. */
export const remarks = computed<readonly Remark[]>(() => {
  const { builder, values } = document.value.model;
  const { graph } = builder;
  const [target, wrt] = [targetId.value, [wrtId.value]];
  const wrong = anomalies(builder, values, target, { wrt }).map(
    (anomaly): Remark => ({
      kind: anomaly.kind,
      line: anomalyText(graph, target, anomaly, pretty),
      node: anomaly.node,
      variable: anomaly.variable,
    }),
  );
  const corners = kinks(builder, values, target, wrt).map(
    (kink): Remark => ({
      kind: 'kink',
      line: kinkText(graph, kink, pretty),
      node: kink.node,
      variable: kink.variable,
    }),
  );
  return [...wrong, ...corners];
});

/** Nodes of the picture by what is remarked about them, the gravest first; an unnamed one by its variable too. */
export const marked = computed<ReadonlyMap<NodeId, Remark['kind']>>(() => {
  const marks = new Map<NodeId, Remark['kind']>();
  for (const { kind, node, variable } of remarks.value) {
    const owner = variable === undefined ? undefined : document.value.graph.find(variable);
    for (const id of [node, owner]) if (id !== undefined && !marks.has(id)) marks.set(id, kind);
  }
  return marks;
});
