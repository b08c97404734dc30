/** Transposed convolution as a model, and the matrix of the convolution that it transposes. What `gradpath/examples/transposed-conv` gives. */

export { convolutionMatrix, type TransposedConvOptions, transposedConv } from './transposed-conv.ts';
