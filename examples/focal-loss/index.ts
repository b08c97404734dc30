/** The focal loss as a model, and as nodes of a graph of one's own. What `gradpath/examples/focal-loss` gives. */

export { type FocalLossOptions, focalLoss, focalLossModel } from './focal-loss.ts';
