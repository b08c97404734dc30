/** One node or one edge in numbers: its formula, its value, its gradient, its local derivative. */

import { useComputed } from '@preact/signals';
import { pathText } from '../../src/chain/formula.ts';
import { derivative, nameToLatex } from '../../src/chain/latex.ts';
import { immediateJacobian } from '../../src/chain/pullback.ts';
import type { Segment } from '../../src/chain/variables.ts';
import { isLeaf, type NodeId } from '../../src/graph/graph.ts';
import { formatShape, sizeOf } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/run/eager.ts';
import { select } from '../state/actions.ts';
import { domainOf, gradientDomain, largest, percent, valueDomain } from '../state/heat.ts';
import { pretty, prettyPath } from '../state/names.ts';
import {
  chosenPaths,
  document,
  explanation,
  moment,
  selected,
  step,
  target,
  trace,
  wantedStep,
  wrtId,
} from '../state/store.ts';
import type { FlowEvent } from '../state/trace.ts';
import { nodeName } from '../state/view.ts';
import { definitionLatex, localRules, nodeLatex, shapeWords } from '../state/words.ts';
import { Heatmap } from './Heatmap.tsx';
import { Legend } from './Legend.tsx';
import { Maths } from './math.tsx';

const domains = {
  value: () => valueDomain(document.value),
  gradient: () => gradientDomain(trace.value),
};

export function Inspector() {
  const subject = useComputed(() => {
    if (selected.value !== undefined) return selected.value;
    const current = wantedStep.value === undefined ? undefined : moment.value.event?.node;
    return { kind: 'node' as const, id: current ?? wrtId.value };
  });
  const event = moment.value.event;
  const { value } = subject;
  const flow = event?.kind === 'flow' && value.kind === 'node' && value.id === event.node ? event : undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and often holds nothing else to focus
    <section class="panel inspector" aria-labelledby="inspector-title" tabIndex={0}>
      <header>
        <h2 id="inspector-title">{value.kind === 'node' ? 'Node' : 'Edge'}</h2>
        {selected.value !== undefined && (
          <button type="button" class="quiet" onClick={() => select(undefined)}>
            follow the steps
          </button>
        )}
      </header>
      {value.kind === 'node' ? <NodeView id={value.id} flow={flow} /> : <EdgeView segment={value.segment} />}
    </section>
  );
}

function NodeView({ id, flow }: { id: NodeId; flow: FlowEvent | undefined }) {
  const { graph } = document.value;
  const node = graph.node(id);
  const name = nodeName(document.value, id);
  const definition = definitionLatex(document.value, id);
  const chosen = id === wrtId.value && chosenPaths.value.length === 1 ? chosenPaths.value[0] : undefined;
  const valueMax = domainOf([document.value.valueAt(id)], domains.value());
  const gradientMax = domainOf(gradientsOf(id, flow, chosen), domains.gradient());
  const value = (
    <>
      <h3>value</h3>
      {moment.value.hasValue(id) ? (
        <Heatmap tensor={document.value.valueAt(id)} max={valueMax} label={pretty(name)} />
      ) : (
        <p class="note">not computed yet</p>
      )}
    </>
  );
  const gradient = node.name !== undefined && (
    <>
      <GradientView id={id} flow={flow} max={gradientMax} />
      {chosen !== undefined && <ContributionView path={chosen} max={gradientMax} />}
    </>
  );
  const backward = moment.value.event !== undefined && moment.value.event.kind !== 'forward';
  return (
    <div class="subject" data-subject={name}>
      <p class="definition">
        <Maths
          latex={
            definition === undefined
              ? nodeLatex(document.value, id)
              : `${nodeLatex(document.value, id)} = ${definition}`
          }
        />
        <span class="note">
          {isLeaf(node) ? `${node.op}, ` : ''}
          {shapeWords(node.shape)}
        </span>
      </p>
      {backward || chosen !== undefined ? (
        <>
          {gradient}
          {value}
        </>
      ) : (
        <>
          {value}
          {gradient}
        </>
      )}
      <Rules id={id} />
      <Legend
        value={{ max: valueMax, shared: domains.value() }}
        gradient={{ max: gradientMax, shared: domains.gradient() }}
      />
    </div>
  );
}

/** What is shown of the node's gradient: one scale for all of it, so that the parts of a sum compare. */
function gradientsOf(id: NodeId, flow: FlowEvent | undefined, path: number | undefined): Tensor[] {
  const contribution = path === undefined ? undefined : explanation.value.paths[path]?.contribution;
  const shown = [moment.value.gradientAt(id)?.tensor, flow?.before, flow?.delta, contribution];
  return shown.filter((tensor) => tensor !== undefined);
}

function GradientView({ id, flow, max }: { id: NodeId; flow: FlowEvent | undefined; max: number }) {
  const name = nodeName(document.value, id);
  const symbol = `∂${pretty(target.value)}/∂${pretty(name)}`;
  const gradient = moment.value.gradientAt(id);
  const count = gradient === undefined ? '' : `${gradient.index} of ${gradient.of}`;
  return (
    <>
      <h3>
        <span class="visually-hidden">gradient</span>
        <Maths latex={`\\displaystyle ${derivative('\\partial', target.value, name)}`} />
        {gradient !== undefined && gradient.of > 1 && (
          <span>
            <span data-accumulator>{count}</span> summands
          </span>
        )}
      </h3>
      {flow !== undefined && flow.of > 1 && <Accumulator flow={flow} max={max} />}
      {gradient === undefined ? (
        <p class="note">{unreached(id)}</p>
      ) : (
        <Heatmap tensor={gradient.tensor} max={max} label={symbol} />
      )}
    </>
  );
}

/** What the one path chosen adds to the gradient, in the gradient's colours. */
function ContributionView({ path, max }: { path: number; max: number }) {
  const { cone, paths } = explanation.value;
  const row = paths[path];
  if (row === undefined) return null;
  const name = prettyPath(pathText(cone, row.path));
  return (
    <div data-contribution>
      <h3>
        <span>
          contribution of {name}: {percent(row.share)}
        </span>
      </h3>
      <Heatmap tensor={row.contribution} max={max} label={`contribution of ${name}`} />
    </div>
  );
}

function unreached(id: NodeId): string {
  const receives = trace.value.events.some((event) => event.kind !== 'forward' && event.node === id);
  return receives ? 'the backward pass has not come here yet' : 'takes no part in this backward pass';
}

/** before + delta = after. */
function Accumulator({ flow, max }: { flow: FlowEvent; max: number }) {
  const { after, before, delta, sender } = flow;
  return (
    <div class="accumulator">
      <div class="sum">
        <div class="part">
          <span>so far</span>
          {before === undefined ? (
            <span class="nothing">0</span>
          ) : (
            <Heatmap tensor={before} max={max} label="so far" small />
          )}
        </div>
        <span class="operator">+</span>
        <div class="part">
          <span>through {pretty(nodeName(document.value, sender))}</span>
          <Heatmap tensor={delta} max={max} label="summand" small />
        </div>
        <span class="operator">=</span>
        <div class="part">
          <span>now</span>
          <Heatmap tensor={after} max={max} label="now" small />
        </div>
      </div>
    </div>
  );
}

/** What the node's operation passes back to each of its operands, from the operation's one rule. */
function Rules({ id }: { id: NodeId }) {
  const local = localRules(document.value, id);
  if (local === undefined || local.rules.length === 0) return null;
  return (
    <>
      <h3>
        local rule{local.rules.length > 1 ? 's' : ''} of <Maths latex={local.operation} />
      </h3>
      <ul class="rules">
        {local.rules.map((latex) => (
          <li key={latex}>
            <Maths latex={latex} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Beyond so many numbers an immediate Jacobian is neither computed nor of use to anyone. */
const MAX_JACOBIAN = 20_000;

function EdgeView({ segment }: { segment: Segment }) {
  const { variables } = document.value;
  const [of, by] = [variables.name(segment.to), variables.name(segment.from)];
  const [rows, columns] = [variables.graph.node(segment.to).shape, variables.graph.node(segment.from).shape];
  const fits = sizeOf(rows) * sizeOf(columns) <= MAX_JACOBIAN;
  return (
    <div class="subject" data-subject={segment.id}>
      <p class="definition">
        <Maths latex={`\\displaystyle ${derivative('\\partial', of, by)}`} />
        <span class="note">
          immediate Jacobian, {sizeOf(rows)} × {sizeOf(columns)}: a row per element of{' '}
          <Maths latex={nameToLatex(of)} /> ({formatShape(rows)}), a column per element of{' '}
          <Maths latex={nameToLatex(by)} /> ({formatShape(columns)})
        </span>
      </p>
      {fits ? <Jacobian segment={segment} /> : <p class="note">It is too large to be shown as a matrix.</p>}
      <PassedBack segment={segment} />
    </div>
  );
}

function Jacobian({ segment }: { segment: Segment }) {
  const { variables, valueAt } = document.value;
  const matrix = immediateJacobian(variables, valueAt, segment);
  const symbol = `∂${pretty(variables.name(segment.to))}/∂${pretty(variables.name(segment.from))}`;
  return (
    <>
      <p class="note">All other variables are held fixed. The colours have this matrix's own scale.</p>
      <Heatmap tensor={matrix} max={largest([matrix])} label={symbol} />
    </>
  );
}

/** What the backward pass sends along the edge, once it has come there. */
function PassedBack({ segment }: { segment: Segment }) {
  const { events } = trace.value;
  const at = events.findIndex((event) => event.kind === 'flow' && event.segment === segment.id);
  const flow = events[at];
  if (flow?.kind !== 'flow' || step.value <= at) return null;
  const { variables } = document.value;
  return (
    <>
      <h3>
        what ∂{pretty(target.value)}/∂{pretty(variables.name(segment.from))} receives along this edge
      </h3>
      <Heatmap tensor={flow.delta} max={domainOf([flow.delta], domains.gradient())} label="summand" />
    </>
  );
}
