/** Losses of two boxes, the search for equal L2, and descents on a box. What `gradpath/examples/iou` gives. */

export { type Descent, descend, type Measures, measures } from './descent.ts';
export { type Box, type IouOptions, iou } from './iou.ts';
export { type EqualPair, equalDistancePairs } from './search.ts';
