/** The next-word task by an RNN, an LSTM or a GRU, and the measures of their recurrent matrices. What `gradpath/examples/vanishing` gives. */

export { spectralNorm, spectralRadius } from './spectrum.ts';
export { type VanishingOptions, vanishing } from './vanishing.ts';
