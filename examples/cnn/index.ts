/** The convolutional network, its digits and its training. What `gradpath/examples/cnn` gives. */

export { adam, sgd } from '../optimisers.ts';
export { type CnnOptions, cnn } from './cnn.ts';
export { heldOut, training } from './digits.ts';
export { type Digits, digitsOf } from './images.ts';
export { type KernelTrace, type KernelWeight, traceKernelWeight } from './trace.ts';
export { type Training, type TrainingOptions, train } from './train.ts';
