/** The LSTM, unrolled. What `gradpath/examples/lstm` gives. */

export { type LstmOptions, lstm, lstmCell } from './lstm.ts';
