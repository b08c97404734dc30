/** Terms of a gradient that vanish: whether there are points at which each would be missed, if it were not there. */

import type { NodeId } from '../graph/graph.ts';
import { gradientPlace } from './evaluate/differential.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import { placeOf } from './evaluate/place.ts';
import type { Instance } from './instance.ts';
import { largest } from './lopsided.ts';
import { SEEDS } from './points.ts';
import type { Reading } from './reading.ts';
import { sample } from './sample.ts';
import type { Trial } from './trial.ts';

/** Steps over which nothing vanishes. */
const FEW_STEPS = 6;
/** What is smaller in relation to the largest term is not seen, at points that are drawn first, and at others. */
const FAINT = 1e-7;
const FAINT_FURTHER = 1e-5;
const MOST_SOUGHT = 12;
const WIDTHS = [1.5, 2, 3, 4, 5, 6] as const;

export interface Faint {
  /** Points at which the terms count that others do not show. */
  readonly points: readonly Instance[];
  /** Some count nowhere. */
  readonly isUnseen: boolean;
}

const none: Faint = { points: [], isUnseen: false };

/** Of the derivative on the left: by the uses of a variable, and by the losses that it has a part in. */
export function faintTerms(trial: Trial, reading: Reading): Faint {
  const { subject } = trial;
  if ((subject.integers.get('T') ?? 0) <= FEW_STEPS) return none;
  const ends = endsOf(trial, reading);
  if (ends === undefined) return none;
  const { of, by } = ends;
  const { graph } = subject;
  const leads = (from: NodeId, to: NodeId) =>
    from === to ||
    subject
      .between(to, from)
      .into(to)
      .some((segment) => segment.from === from);
  const uses = graph.nodes
    .filter(({ id, inputs, adjointOf }) => adjointOf === undefined && id <= of && inputs.includes(by))
    .map(({ id }) => id)
    .filter((id) => leads(id, of));
  const losses = [...subject.losses].filter((id) => id !== of && leads(by, id) && leads(id, of));
  if (uses.length < 2 && losses.length < 2) return none;
  const sizesAt = (point: Instance): readonly (readonly number[])[] => [
    uses.map((id) => (id === of ? 1 : largest(point.total(of, id)))),
    losses.map((id) => largest(point.total(of, id)) * largest(point.total(id, by))),
  ];
  const open = new Set([...uses, ...losses].map((_, i) => i));
  /** Whether the point shows any that others did not. */
  const see = (point: Instance, least: number): boolean => {
    const before = open.size;
    let i = 0;
    for (const sizes of sizesAt(point)) {
      const most = Math.max(...sizes);
      for (const size of sizes) {
        if (size >= least * most && size > 0) open.delete(i);
        i++;
      }
    }
    return open.size < before;
  };
  for (const point of trial.points.slice(0, SEEDS.length)) if (open.size > 0) see(point, FAINT);
  const points: Instance[] = [];
  for (let i = 0; i < MOST_SOUGHT && open.size > 0; i++) {
    const point = sample(subject, 179_424_673 + i, 'drawn', WIDTHS[i % WIDTHS.length]);
    if (see(point, FAINT_FURTHER)) points.push(point);
  }
  return { points, isUnseen: open.size > 0 };
}

function endsOf(trial: Trial, reading: Reading): { readonly of: NodeId; readonly by: NodeId } | undefined {
  const [left] = trial.statement.members;
  const at = trial.someAssignment;
  const evaluator = new Evaluator(trial.context(), trial.points[0], reading);
  try {
    const [of, by] =
      left.kind === 'derivative'
        ? [placeOf(evaluator, left.of, at).id, placeOf(evaluator, left.by, at).id]
        : [trial.subject.target, gradientPlace(evaluator, left, at)?.by];
    return of === undefined || by === undefined ? undefined : { of, by };
  } catch {
    return undefined;
  }
}
