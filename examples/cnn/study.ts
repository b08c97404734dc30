/** What is claimed about the network: how one weight's gradient arises, and how well it learns to read digits. */

import type { Model } from '../../src/model/model.ts';
import type {
  Axis,
  BarFigure,
  Claim,
  Figure,
  LineFigure,
  MatrixFigure,
  Progress,
  Study,
} from '../example.ts';
import { largestDifference, measure, shown } from '../measure.ts';
import { adam, sgd } from '../optimisers.ts';
import { cnn } from './cnn.ts';
import { heldOut, training } from './digits.ts';
import { CLASSES, type Digits, digitsOf, SIDE } from './images.ts';
import { type KernelTrace, type KernelWeight, traceKernelWeight } from './trace.ts';
import { type Training, type TrainingOptions, train } from './train.ts';

interface StudyOptions {
  readonly network: TrainingOptions['network'];
  readonly weight: KernelWeight;
  /** What the image of the model is called. */
  readonly image: string;
  readonly epochs: number;
  /** Learning rates at the start. */
  readonly rates: { readonly adam: number; readonly sgd: number };
  /** Whether the digits are learned as is promised. */
  readonly isPromised: boolean;
}

const BATCH = 10;
const MOMENTUM = 0.9;
/** What is promised: this share of held-out digits, in this time. */
const ACCURACY = 0.95;
const SECONDS = 60;
/** Sums of the same terms in another order differ by rounding. */
const ROUNDING = 1e-12;

/** Traces a weight of the untrained model, then trains the network from the same weights, with Adam and with SGD. */
export async function studyCnn(model: Model, options: StudyOptions, tell: Progress): Promise<Study> {
  const { network, weight, epochs, rates } = options;
  const trace = traceKernelWeight(model, weight);
  const digits = { training: digitsOf(training), heldOut: digitsOf(heldOut) };
  const start = performance.now();
  // both trainings take equally long; what is done and what is left is told of both together
  const run = (called: string, optimiser: TrainingOptions['optimiser'], rate: number, part: number) =>
    train(
      digits.training,
      digits.heldOut,
      { network, optimiser, rate, called, epochs, batch: BATCH },
      (line, ofPart) => {
        const done = (part + ofPart) / 2;
        const left = ((performance.now() - start) / 1000) * (1 / done - 1);
        return tell(`${line}, ${left.toFixed(0)} s left`, done);
      },
    );
  const runs = [
    { name: 'Adam', training: await run('Adam', adam(), rates.adam, 0) },
    { name: 'SGD', training: await run('SGD', sgd(MOMENTUM), rates.sgd, 1) },
  ];
  const how = [`rate ${shown(rates.adam)}`, `rate ${shown(rates.sgd)} and momentum ${MOMENTUM}`];
  return {
    claims: [
      scoresClaim(model),
      ...traceClaims(trace, weight),
      ...runs.map(({ name, training }, i) =>
        learningClaim(`${name}, ${how[i]}`, training, digits, options.isPromised),
      ),
    ],
    figures: [
      matrix(`The image x, ${options.image}`, 'pixels', model.values.x, SIDE, 'grey level'),
      ...traceFigures(trace, weight),
      curves('Cross-entropy while learning', 'mean cross-entropy', 'nats', runs, [
        ['held out', ({ loss }) => loss],
        ['training', ({ trainingLoss }) => trainingLoss],
      ]),
      curves('Held-out digits that are recognised', 'accuracy', '%', runs, [
        ['held out', ({ accuracy }) => 100 * accuracy],
      ]),
      answers(model, network, runs),
      confusion(runs[0].training, digits.heldOut),
      kernels(runs[0].training, network),
    ],
  };
}

/** The gradient by the scores that everything else starts from. */
function scoresClaim(model: Model): Claim {
  const { value, gradients } = measure(model, 'E', ['O']);
  const y = model.values.y;
  const difference = largestDifference(
    gradients[0],
    value('ŷ').map((p, i) => p - y[i]),
  );
  return {
    text: `∂E/∂O = ŷ − y: largest difference ${shown(difference, 2)} over ${y.length} scores`,
    holds: difference <= ROUNDING,
  };
}

const nameOf = ({ kernel, row, column }: KernelWeight): string =>
  `K[${kernel + 1},1,${row + 1},${column + 1}]`;

function traceClaims(trace: KernelTrace, weight: KernelWeight): Claim[] {
  const { contributions, gradient, delta, routed, passes, pixels } = trace;
  const total = contributions.reduce((sum, c) => sum + c, 0);
  const sizes = contributions.reduce((sum, c) => sum + Math.abs(c), 0);
  const apart = Math.abs(total - gradient) / (sizes || 1);
  const passing = passes.filter((p) => p).length;
  const inked = passes.filter((p, i) => p && pixels[i] !== 0).length;
  const others = contributions.filter((c, p) => c !== 0 && !passes[p]).length;
  const routing = largestDifference(routed, delta);
  return [
    {
      text: `∂E/∂${nameOf(weight)} = Σ_p δ[p] x[p, k] = ${shown(total)} over ${contributions.length} output positions: the engine's ${shown(gradient)}, relative difference ${shown(apart, 2)}`,
      holds: apart <= ROUNDING,
    },
    {
      text: `Only positions that win their window of the pool and have C > 0 contribute: ${passing} of ${delta.length}, of which ${inked} meet ink; from the others come ${others} contributions`,
      holds: others === 0,
    },
    {
      text: `δ = ∂E/∂C is ∂E/∂P at those winners and 0 elsewhere: largest difference ${shown(routing, 2)}`,
      holds: routing === 0,
    },
  ];
}

/** What is promised of the settings as they are; of others, what was measured, and that nothing overflowed. */
function learningClaim(
  how: string,
  { epochs, seconds }: Training,
  digits: { readonly training: Digits; readonly heldOut: Digits },
  isPromised: boolean,
): Claim {
  const { accuracy, loss } = epochs[epochs.length - 1];
  const [seen, judged] = [digits.training.labels.length, digits.heldOut.labels.length];
  const asked = `${epochs.length} epoch${epochs.length === 1 ? '' : 's'} of ${seen} digits`;
  const promise = isPromised ? ` (at least ${100 * ACCURACY} % in under ${SECONDS} s)` : '';
  return {
    text: `${how}: ${asked}, and ${shown(100 * accuracy)} % of ${judged} held-out digits are recognised, with a mean cross-entropy of ${shown(loss, 3)}, after ${seconds.toFixed(1)} s${promise}`,
    holds: isPromised ? accuracy >= ACCURACY && seconds < SECONDS : Number.isFinite(loss),
  };
}

function traceFigures(trace: KernelTrace, weight: KernelWeight): Figure[] {
  const { delta, contributions, columns } = trace;
  const name = nameOf(weight);
  const map = (title: string, values: readonly number[], cell: string): MatrixFigure =>
    matrix(title, 'positions', values, columns, cell);
  return [
    {
      ...map(`δ of kernel ${weight.kernel + 1}`, delta, 'δ = ∂E/∂C'),
      note: 'A position has a δ if it wins its window of the pool and passes the ReLU. Before training.',
    },
    {
      ...map(`What each output position adds to ∂E/∂${name}`, contributions, 'δ[p] x[p, k]'),
      note: `Their sum is ∂E/∂${name} = ${shown(trace.gradient)}. Before training.`,
    },
  ];
}

/** A map of numbers, row-major, with so many columns. */
function matrix(
  title: string,
  unit: string,
  values: readonly number[],
  columns: number,
  cell: string,
): MatrixFigure {
  const rows = Array.from({ length: values.length / columns }, (_, i) =>
    values.slice(i * columns, (i + 1) * columns),
  );
  return {
    kind: 'matrix',
    title,
    x: { title: 'column', unit },
    y: { title: 'row', unit },
    values: rows,
    cell: { title: cell, unit: '1' },
  };
}

type Epoch = Training['epochs'][number];

function curves(
  title: string,
  what: string,
  unit: string,
  runs: readonly { readonly name: string; readonly training: Training }[],
  kinds: readonly (readonly [name: string, of: (epoch: Epoch) => number])[],
): LineFigure {
  const series = runs.flatMap(({ name, training }) =>
    kinds.map(([kind, of], k) => ({
      name: kinds.length === 1 ? name : `${name}, ${kind}`,
      points: training.epochs.map((epoch, i) => [i + 1, of(epoch)] as const),
      marks: true as const,
      ...(k === 0 ? {} : { dashed: true as const }),
    })),
  );
  const note =
    'The digits trained on are bent a little, so that they are harder to read than the held-out ones.';
  return {
    kind: 'lines',
    title,
    x: { title: 'epoch', unit: '1' },
    y: { title: what, unit },
    series,
    ...(kinds.length > 1 ? { note } : {}),
  };
}

/** ŷ of the image by the trained networks. */
function answers(
  model: Model,
  network: TrainingOptions['network'],
  runs: readonly { readonly name: string; readonly training: Training }[],
): BarFigure {
  const { x, y } = model.values;
  const label = y.indexOf(1);
  return {
    kind: 'bars',
    title: 'What the trained networks take the image for',
    x: { title: 'digit', unit: '1', categories: y.map((_, digit) => String(digit)) },
    y: { title: 'ŷ', unit: '1' },
    series: runs.map(({ name, training: { weights } }) => ({
      name,
      values: measure(cnn({ ...network, weights, images: [x], labels: [label] }), 'E', []).value('ŷ'),
    })),
  };
}

/** Rows: the digit written; columns: what it is taken for. */
function confusion({ predictions }: Training, { labels }: Digits): MatrixFigure {
  const counts = Array.from({ length: CLASSES }, () => new Array<number>(CLASSES).fill(0));
  labels.forEach((label, n) => counts[label][predictions[n]]++);
  const categories = counts.map((_, digit) => String(digit));
  const wrong = counts
    .flatMap((row, label) => row.map((count, taken) => ({ count, label, taken })))
    .filter(({ label, taken }) => label !== taken);
  const worst = wrong.reduce((a, b) => (b.count > a.count ? b : a));
  const axis = (title: string): Axis => ({ title, unit: 'digit', categories });
  return {
    kind: 'matrix',
    title: 'Held-out digits and what Adam’s network takes them for',
    x: axis('taken for'),
    y: axis('written'),
    values: counts,
    cell: { title: 'images', unit: '1' },
    ...(worst.count === 0
      ? {}
      : {
          note: `The commonest mistake: ${worst.label} taken for ${worst.taken}, ${worst.count} time${worst.count === 1 ? '' : 's'}.`,
        }),
  };
}

/** All kernels in one picture, a row and a column of zeros between them. */
function kernels({ weights }: Training, { kernelSize = 5 }: TrainingOptions['network']): MatrixFigure {
  const count = weights.b_K.length;
  const across = Math.ceil(Math.sqrt(count));
  const down = Math.ceil(count / across);
  const pitch = kernelSize + 1;
  const picture = new Array<number>((down * pitch - 1) * (across * pitch - 1)).fill(0);
  weights.K.forEach((weight, i) => {
    const kernel = Math.floor(i / kernelSize ** 2);
    const row = Math.floor(kernel / across) * pitch + (Math.floor(i / kernelSize) % kernelSize);
    const column = (kernel % across) * pitch + (i % kernelSize);
    picture[row * (across * pitch - 1) + column] = weight;
  });
  return {
    ...matrix('The kernels that Adam learned', 'pixels', picture, across * pitch - 1, 'weight'),
    note: `${count} kernels of ${kernelSize}×${kernelSize}, row by row, with zeros between them.`,
  };
}
