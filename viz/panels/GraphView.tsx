/** The graph's place in the page: keeps the canvas in step with the store, and asks for layouts. */

import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { nodeArt } from '../canvas/art.ts';
import { GraphCanvas } from '../canvas/canvas.ts';
import { readPalette } from '../canvas/palette.ts';
import { recall, request } from '../layout/client.ts';
import { labelHeight, specOf } from '../layout/fromView.ts';
import { plainLayout } from '../layout/plain.ts';
import { type Layout, specKey } from '../layout/spec.ts';
import { select, toggleStep } from '../state/actions.ts';
import { domainOf, gradientDomain, valueDomain } from '../state/heat.ts';
import { spoken } from '../state/names.ts';
import { scene } from '../state/scene.ts';
import {
  explanation,
  hover,
  message,
  moment,
  openSteps,
  document as shown,
  step,
  target,
  targetId,
  trace,
  view,
  wrt,
  wrtId,
} from '../state/store.ts';
import { Icon } from './icons.tsx';
import { layoutState } from './layoutState.ts';
import { shade } from './ui.ts';

export const canvas: { current: GraphCanvas | undefined } = { current: undefined };

export function GraphView() {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = container.current!;
    const graph = new GraphCanvas(element, {
      node: (key) => select(view.value.nodes.find((node) => node.key === key)?.name),
      edge: (key) => select(edgeSelection(key)),
      group: toggleStep,
      background: () => select(undefined),
      hoverEdge: (key) => {
        const edge = key === undefined ? undefined : view.value.edges.find((e) => e.key === key);
        hover.value = edge === undefined ? undefined : { segments: edge.segments };
      },
    });
    canvas.current = graph;
    const stops = [
      effect(() => {
        shade.value; // the style sheet of the page has other colours now
        graph.restyle(readPalette(element));
      }),
      effect(() => arrange(graph)),
      effect(() => {
        layoutState.value;
        if (graph.view === view.value) graph.paint(scene.value);
      }),
      effect(() => {
        layoutState.value;
        const keyOf = (id: number) => view.value.nodes.find((node) => node.id === id)?.key;
        const event = moment.value.event;
        if (event === undefined) graph.lookAt(keyOf(targetId.value), keyOf(wrtId.value));
        else graph.lookAt(keyOf(event.node));
      }),
      effect(() => {
        layoutState.value;
        if (graph.view === view.value) graph.decorate(pictures(element));
      }),
    ];
    const observer = new ResizeObserver(() => graph.resized());
    observer.observe(element);
    return () => {
      observer.disconnect();
      for (const stop of stops) stop();
    };
  }, []);

  return (
    <section class="graph" aria-label="Graph">
      <div
        class="canvas"
        ref={container}
        role="img"
        aria-label={summary()}
        data-layout={layoutState.value.kind}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: three buttons over a picture, no form */}
      <div class="zoom" role="group" aria-label="Zoom">
        <button
          type="button"
          class="icon-button"
          aria-label="Zoom in"
          onClick={() => canvas.current?.zoomBy(1.25)}
        >
          <Icon name="plus" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Zoom out"
          onClick={() => canvas.current?.zoomBy(0.8)}
        >
          <Icon name="minus" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Fit the graph"
          onClick={() => canvas.current?.fit(true)}
        >
          <Icon name="fit" />
        </button>
      </div>
    </section>
  );
}

/** An edge that stands for one segment selects it; one of an open step selects the operation that it enters. */
function edgeSelection(key: string): string | undefined {
  const edge = view.value.edges.find((e) => e.key === key);
  if (edge === undefined) return undefined;
  return edge.segments.length === 1
    ? edge.segments[0]
    : view.value.nodes.find((node) => node.id === edge.target)?.name;
}

/** What was laid out last: the same places for other numbers leave the view where it is. */
let last = { picture: undefined as unknown, key: '' };

/** Shows what is known at once, and what the worker says when it has said it. */
function arrange(graph: GraphCanvas): void {
  const [now, picture] = [view.value, shown.value];
  const spec = specOf(picture, now);
  const key = specKey(spec);
  const keep = last.picture === picture || last.key === key;
  last = { picture, key };
  const show = (layout: Layout, kind: 'elk' | 'plain') => {
    graph.show(now, layout, labelHeight(picture.steps.length), keep);
    layoutState.value = { kind, layout };
  };
  const ready = recall(spec);
  if (ready !== undefined) {
    show(ready, 'elk');
    return;
  }
  layoutState.value = { ...layoutState.peek(), kind: 'pending' };
  request(spec)
    .then((layout) => {
      if (layout !== undefined && view.peek() === now) show(layout, 'elk');
    })
    .catch((error: Error) => {
      if (view.peek() !== now) return;
      show(plainLayout(spec), 'plain');
      message.value = `The layout worker failed (${error.message}); showing a simpler arrangement`;
    });
}

function pictures(element: Element): Map<string, string | undefined> {
  const { ink, groupLine } = readPalette(element);
  const [valueMax, gradientMax] = [valueDomain(shown.value), gradientDomain(trace.value)];
  const { layout } = layoutState.value;
  const art = new Map<string, string | undefined>();
  for (const node of view.value.nodes) {
    const box = layout?.nodes[node.key];
    if (box === undefined) continue;
    const { width, height } = box;
    const value = moment.value.hasValue(node.id) ? shown.value.valueAt(node.id) : undefined;
    art.set(
      node.key,
      nodeArt({
        role: node.role,
        width,
        height,
        label: labelHeight(shown.value.steps.length),
        shape: shown.value.graph.node(node.id).shape,
        value,
        gradient: moment.value.gradientAt(node.id)?.tensor,
        // a kernel beside a sum of pixels; gradients share one scale, for they are seen to fade
        valueMax: value === undefined ? valueMax : domainOf([value], valueMax),
        gradientMax,
        shade: shade.value,
        ink,
        line: groupLine,
      }),
    );
  }
  return art;
}

function summary(): string {
  const { nodes, edges } = view.value;
  const opened = openSteps.value.size === 0 ? '' : `, ${openSteps.value.size} of them showing operations`;
  const columns = shown.value.steps.length;
  const where = columns === 0 ? '' : ` in ${columns} ${shown.value.timed ? 'time steps' : 'parts'}${opened}`;
  return `Graph of ${nodes.length} nodes and ${edges.length} edges${where}. ${
    explanation.value.count
  } paths lead from ${spoken(wrt.value)} to ${spoken(target.value)}. Step ${step.value} of ${trace.value.events.length}. The outline lists the same graph.`;
}
