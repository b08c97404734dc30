/** Training of the network: batches of bent digits, an update after each, and the held-out digits after each epoch. */

import { grad } from '../../src/autodiff/grad.ts';
import { uniform } from '../../src/model/random.ts';
import type { Data } from '../../src/ops/op.ts';
import { Plan } from '../../src/run/plan.ts';
import type { Progress } from '../example.ts';
import { cosineDecay, type Optimiser, shuffle } from '../optimisers.ts';
import { type CnnOptions, cnn, type WeightName, weightNames } from './cnn.ts';
import { bend, CLASSES, type Digits, PIXELS } from './images.ts';

/** About a fifth of a second. */
const UPDATES_PER_LINE = 50;

export interface TrainingOptions {
  /** Sizes of the network, and the seed of its weights and of the batches. */
  readonly network: Pick<CnnOptions, 'kernels' | 'kernelSize' | 'stride' | 'seed'>;
  readonly optimiser: Optimiser;
  /** The learning rate at the start; it falls to 0 at the end. */
  readonly rate: number;
  /** What progress lines begin with. */
  readonly called: string;
  readonly epochs: number;
  /** Digits per update; those that fill no batch are left out of the epoch. */
  readonly batch: number;
}

interface Epoch {
  /** Mean cross-entropy of the digits trained on, bent as they were, while the weights changed. */
  readonly trainingLoss: number;
  /** Mean cross-entropy of the held-out digits at its end. */
  readonly loss: number;
  /** Share of the held-out digits that are recognised at its end. */
  readonly accuracy: number;
}

export interface Training {
  readonly epochs: readonly Epoch[];
  /** What the network takes each held-out digit for. */
  readonly predictions: readonly number[];
  readonly weights: Readonly<Record<WeightName, readonly number[]>>;
  /** All in all, with the checks after each epoch. */
  readonly seconds: number;
}

export async function train(
  training: Digits,
  heldOut: Digits,
  options: TrainingOptions,
  tell: Progress,
): Promise<Training> {
  const { network, optimiser, rate, called, epochs, batch } = options;
  const start = performance.now();
  const model = cnn({ ...network, batch });
  const { builder: b } = model;
  const ids = weightNames.map((name) => b.graph.idOf(name));
  const E = b.graph.idOf('E');
  const gradientIds = grad(b, E, ids);
  const plan = new Plan(b.graph, [E, ...gradientIds], { mode: 'lean' }).setAll(model.values);
  const [weights, gradients] = [ids, gradientIds].map((of) => of.map((id) => plan.value(id)));
  const [x, y] = ['x', 'y'].map((name) => plan.value(b.graph.idOf(name))); // the plan's own memory: batches go there
  const check = judge(heldOut, network);

  const random = uniform((network.seed ?? 1) + 1);
  const order = training.images.map((_, i) => i);
  const perEpoch = Math.floor(order.length / batch);
  const all = epochs * perEpoch;
  const seen: Epoch[] = [];
  let predictions: readonly number[] = [];
  let sum = 0;
  for (let update = 1; update <= all; update++) {
    const nth = (update - 1) % perEpoch; // in its epoch
    if (nth === 0) {
      shuffle(order, random);
      sum = 0;
    }
    y.fill(0);
    for (let n = 0; n < batch; n++) {
      const digit = order[nth * batch + n];
      bend(training.images[digit], random, x, n * PIXELS);
      y[n * CLASSES + training.labels[digit]] = 1;
    }
    plan.run();
    optimiser(weights, gradients, cosineDecay(rate, (update - 1) / all));
    sum += plan.value(E)[0];
    if (nth === perEpoch - 1) {
      const { loss, accuracy, ...now } = check(weights);
      predictions = now.predictions;
      seen.push({ trainingLoss: sum / perEpoch, loss, accuracy });
    }
    if (update % UPDATES_PER_LINE !== 0 && update < all) continue;
    const last = seen.at(-1);
    const judged = last
      ? `, ${(100 * last.accuracy).toFixed(1)} % of held-out digits right after epoch ${seen.length}`
      : '';
    const epoch = `${called}, epoch ${Math.ceil(update / perEpoch)} of ${epochs}`;
    await tell(`${epoch}: loss ${(sum / (nth + 1)).toFixed(3)}${judged}`, update / all);
  }
  const [K, b_K, W, b_W] = weights.map((values) => [...values]);
  const seconds = (performance.now() - start) / 1000;
  return { epochs: seen, predictions, weights: { K, b_K, W, b_W }, seconds };
}

/** Plans the held-out digits once; then tells for weights how well they are recognised. */
function judge(digits: Digits, network: TrainingOptions['network']) {
  const { builder, values } = cnn({ ...network, images: digits.images, labels: digits.labels });
  const { graph } = builder;
  const [O, E] = [graph.idOf('O'), graph.idOf('E')];
  const plan = new Plan(graph, [O, E], { mode: 'lean' }).setAll(values);
  return (weights: readonly Data[]) => {
    weightNames.forEach((name, i) => plan.set(name, weights[i]));
    plan.run();
    const scores = plan.value(O);
    const predictions = digits.labels.map((_, n) => largest(scores.subarray(n * CLASSES, (n + 1) * CLASSES)));
    const right = predictions.filter((prediction, n) => prediction === digits.labels[n]).length;
    return { predictions, accuracy: right / digits.labels.length, loss: plan.value(E)[0] };
  };
}

/** The index of the largest; of equals the first. */
function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
