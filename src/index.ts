/** The public API of the library, nothing else. */

export { finiteDifferences } from './autodiff/check.ts';
export { type Adjoints, type AdjointTerm, backward, grad, vjp } from './autodiff/grad.ts';
export { hessian, hvp, jacobian, jvp, type ValueAndGradients, valueAndGrad } from './autodiff/jacobian.ts';
export { type Kink, kinks } from './autodiff/kinks.ts';
export { type Anomaly, type AnomalyOptions, anomalies } from './chain/anomaly.ts';
export { anomalyText, kinkText } from './chain/anomaly-text.ts';
export { type Explanation, explain, type PathShare, type UseSite } from './chain/explain.ts';
export type { Formula } from './chain/formula.ts';
export { formulaToLatex, nameToLatex } from './chain/latex.ts';
export { Cone, type Path, variablesOf } from './chain/paths.ts';
export { immediateJacobian, pullback } from './chain/pullback.ts';
export { type Segment, VariableGraph } from './chain/variables.ts';
export { type ErrorCode, GradpathError } from './graph/error.ts';
export { type DType, Graph, type Node, type NodeId } from './graph/graph.ts';
export type { Shape } from './graph/shape.ts';
export { graphToText } from './graph/text.ts';
export { type EquationOptions, modelFromEquations } from './model/equations/unroll.ts';
export { modelFromJSON, modelToJSON } from './model/json.ts';
export { type Model, parameterNames, targetOf } from './model/model.ts';
export { NotationError, renderProblem } from './notation/problem.ts';
export { Builder } from './ops/builder.ts';
export { type CustomFunction, type CustomOp, type CustomRuleContext, defineOp } from './ops/custom.ts';
export {
  averagePooling,
  batchNorm,
  type ConvOptions,
  conv1d,
  conv2d,
  convolution,
  crossEntropyOfClasses,
  depthwiseConv2d,
  embedding,
  layerNorm,
  maxPooling,
  type TransposedConvOptions,
  transposedConvolution,
  type WindowOptions,
} from './ops/layers.ts';
export { type Algebra, type Op, type OpName, ShapeMismatch } from './ops/op.ts';
export { opNames, table } from './ops/table.ts';
export { einsum, split, stack, tensordot, unstack } from './ops/tensors.ts';
export { type TransposedGeometry, transposedConvSize } from './ops/transposed.ts';
export { localRule, texOf } from './ops/typeset.ts';
export type { Tensor } from './run/eager.ts';
export { Plan, type PlanOptions } from './run/plan.ts';
export type { Values } from './run/values.ts';
