/** Ops that work on each element and are called activations. */

const NAMES = 'tanh sigmoid relu softplus elu gelu silu leakyRelu exp selu relu6 sin erf';

export const ACTIVATIONS: ReadonlySet<string> = new Set(NAMES.split(' '));
