/** An Elman network, unrolled. What `gradpath/examples/rnn` gives. */

export { type RnnOptions, rnn, rnnCell } from './rnn.ts';
