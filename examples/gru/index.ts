/** The GRU in its four conventions, unrolled. What `gradpath/examples/gru` gives. */

export { type GruOptions, gru, gruCell } from './gru.ts';
