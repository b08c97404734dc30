/** Lines that define functions: f(z) = …, softmax(z)_i = …. */

import { parseNotation } from '../../notation/parse.ts';
import { children, type Expr, isTransposeMark, type Of, type Statement } from '../../notation/tree.ts';
import { numbers, type Tensor } from '../../run/eager.ts';
import { Arithmetic } from './arithmetic.ts';
import type { Declaration } from './declare.ts';
import { functionName, functionNames, isElementwise, isFunction, applied as ofTable } from './functions.ts';
import { type Integers, plainName } from './integers.ts';
import { Interpreter } from './interpret.ts';
import { appliedOwn, functionKey, type OwnFunction, type OwnFunctions } from './own-functions.ts';
import type { Scope } from './scope.ts';
import type { Value } from './value.ts';

const NAME = String.raw`\\(?:mathrm|operatorname|text|mathbf|mathcal)\s*\{\s*[A-Za-z]+\s*\}|\\?[A-Za-z][A-Za-z0-9]*|\p{L}`;
const SCRIPT = String.raw`(?:_(?:\{\w+\}|\w+))?`;
const DEFINITION = new RegExp(
  String.raw`(?:^|[;\n]|\\\\)[ \t&$]*((?:${NAME})${SCRIPT})[ \t]*(?:\\left\s*)?\(\s*((?:(?:${NAME})${SCRIPT})(?:\s*[,;|]\s*(?:${NAME})${SCRIPT})*)\s*(?:\\right\s*)?\)(?:_(?:\{\w+\}|\w))?\s*&?\s*:?=(?!=)`,
  'gu',
);

/** The names left of an equals sign that have arguments in brackets, unless these are indices: f(z), L(W, b), not h(t). */
export function calledInText(text: string, indices: ReadonlySet<string>): ReadonlySet<string> {
  const found = [...text.matchAll(DEFINITION)].filter(
    ([, , args]) => !args.split(/[,;|]/).some((arg) => indices.has(arg.trim())),
  );
  return new Set(found.map(([, name]) => keyOfText(name)));
}

/** Names of functions of one number: f(z) is one applied to z, though z is a variable. */
const ACTIVATIONS: ReadonlySet<string> = new Set([
  ...['f', 'g', 'φ', 'ϕ', 'ψ', 'σ', 'ρ', 'θ', 'act', 'activation'],
  ...functionNames(),
]);

/**
 * The statements that are equations, and what the others define as functions. `L(W, b) = …` of variables defines the
 * variable L, if it has these arguments wherever it stands.
 */
export function withoutDefinitions(
  text: string,
  statements: readonly Statement[],
  called: ReadonlySet<string>,
  declarations: readonly Declaration[],
  integers: Integers,
): { readonly statements: readonly Statement[]; readonly functions: OwnFunctions } {
  const functions = new Map<string, string | OwnFunction>();
  if (called.size === 0) return { statements, functions };
  const typed = ({ span }: Expr) => text.slice(span.start, span.end).replace(/\s/g, '');
  const variables = new Set(
    [...declarations.map(({ name }) => name), ...statements.map(({ members: [left] }) => left)].map(typed),
  );
  const argsOf = (x: Of<'call'>) => x.args.map(typed).join();
  const written = new Map<string, Set<string>>();
  for (const x of statements.flatMap(({ members }) => members.flatMap(callsIn))) {
    const name = functionKey(x.fn) ?? '';
    written.set(name, new Set([...(written.get(name) ?? []), argsOf(x)]));
  }
  const applied = new Set(
    statements.flatMap(({ members: [, ...right] }) =>
      right.flatMap(callsIn).map(({ fn }) => functionKey(fn)),
    ),
  );
  const isVariable = (x: Of<'call'>): boolean => {
    const name = functionKey(x.fn) ?? '';
    const isFunction = ACTIVATIONS.has(name) && applied.has(name);
    const isAlways = called.has(name) && written.get(name)?.size === 1;
    return !isFunction && isAlways && x.args.every((arg) => variables.has(typed(arg)));
  };
  const equations: Statement[] = [];
  for (const statement of statements) {
    const stripped = withoutArguments(statement, isVariable);
    const own = ownFunction(text, stripped, integers);
    if (own === undefined) equations.push(stripped);
    else functions.set(own.name, own.is);
  }
  return { statements: equations, functions };
}

function callsIn(x: Expr): (Of<'call'> & Expr)[] {
  const found: (Of<'call'> & Expr)[] = [];
  const stack = [x];
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    if (part.kind === 'call') found.push(part);
    stack.push(...children(part));
  }
  return found;
}

/** The tree with such calls replaced by the names that are called. */
function withoutArguments<T>(x: T, isVariable: (x: Of<'call'>) => boolean): T {
  if (Array.isArray(x)) return x.map((item) => withoutArguments(item, isVariable)) as T;
  if (typeof x !== 'object' || x === null) return x;
  const node = x as { readonly kind?: string };
  if (node.kind === 'call' && isVariable(x as unknown as Of<'call'>))
    return (x as unknown as Of<'call'>).fn as T;
  return Object.fromEntries(
    Object.entries(x).map(([key, value]) => [
      key,
      key === 'span' ? value : withoutArguments(value, isVariable),
    ]),
  ) as T;
}

/** The name as the parser has it: `\phi` is φ. */
function keyOfText(name: string): string {
  const [statement] = parseNotation(name).statements;
  return (statement && functionKey(statement.members[0])) ?? name;
}

/** The function that a statement defines; undefined if it is an equation. */
function ownFunction(
  text: string,
  { members }: Statement,
  integers: Integers,
): { readonly name: string; readonly is: string | OwnFunction } | undefined {
  if (members.length !== 2) return undefined;
  const [left, body] = members;
  const call = left.kind === 'sub' ? left.of : left;
  const name = call.kind === 'call' ? functionKey(call.fn) : undefined;
  if (call.kind !== 'call' || name === undefined) return undefined;
  const parameters = call.args.map(plainName);
  if (parameters.some((parameter) => parameter === undefined)) return undefined;
  const places = left.kind === 'sub' ? [...(plainName(left.index) ?? '')] : [];
  const own: OwnFunction = {
    parameters: parameters as string[],
    places,
    left,
    body,
    isPointwise: places.length === 0 && isPointwise(body),
    text,
    integers,
  };
  return { name, is: sameOfTable(own) ?? own };
}

/** Whether an expression is of numbers alone, so that it may be taken element by element. */
function isPointwise(x: Expr): boolean {
  switch (x.kind) {
    case 'number':
    case 'name':
    case 'text':
      return true;
    case 'bracket':
    case 'neg':
    case 'abs':
      return isPointwise(x.of);
    case 'sum':
      return x.terms.every(({ term }) => isPointwise(term));
    case 'product':
      return x.factors.every(
        ({ operator, factor }) => operator !== 'outer' && operator !== 'star' && isPointwise(factor),
      );
    case 'quotient':
      return isPointwise(x.over) && isPointwise(x.under);
    case 'sup':
      return !isTransposeMark(x.exponent) && isPointwise(x.of) && isPointwise(x.exponent);
    case 'sub':
      return functionKey(x) !== undefined;
    case 'call': {
      const name = functionName(
        functionKey(x.fn) ?? (x.fn.kind === 'sup' ? (functionKey(x.fn.of) ?? '') : ''),
      );
      const isOf = isElementwise(name) || ['max', 'min', 'clip'].includes(name) || !isFunction(name);
      return isOf && x.args.every(isPointwise);
    }
    case 'relation':
      return x.members.every(isPointwise);
    case 'indicator':
      return isPointwise(x.condition);
    case 'matrix':
      return x.style === 'cases' && x.rows.every((row) => row.every(isPointwise));
    case 'list':
      return x.items.every(isPointwise);
    default:
      return false;
  }
}

/** Places of a sample, on both sides of 0. */
const SAMPLE = [-1.7, -0.6, -0.2, 0.3, 0.9, 2.1];

/** The function of the table that an own one is: σ(z) = 1 / (1 + e^{-z}) is the sigmoid. */
function sameOfTable(own: OwnFunction): string | undefined {
  if (own.parameters.length !== 1) return undefined;
  const m = new Arithmetic<Tensor>(
    {
      A: numbers,
      shapeOf: ({ shape }) => shape,
      tensor: (data, shape) => ({ shape, data: Float64Array.from(data) }),
    },
    { asterisk: 'matrix', dot: 'inner' },
  );
  const x = m.value({ shape: [SAMPLE.length], data: Float64Array.from(SAMPLE) });
  const dataOf = (value: () => Value<Tensor>): readonly number[] | undefined => {
    try {
      const { v, shape } = value();
      return shape.length === 1 ? [...v.data] : undefined;
    } catch {
      return undefined;
    }
  };
  const scope: Scope<Tensor> = {
    m,
    text: own.text,
    indexCount: () => undefined,
    variable: () => undefined,
    bounds: () => undefined,
  };
  const mine = dataOf(() => appliedOwn(own, [x], new Interpreter(scope)));
  if (mine === undefined) return undefined;
  const candidates = own.isPointwise ? NAMED_POINTWISE : ['softmax', 'log_softmax'];
  return candidates.find((name) => {
    const theirs = dataOf(() => ofTable(m, name, [x]));
    return (
      theirs?.every((value, i) => Math.abs(value - mine[i]) <= 1e-12 * Math.max(1, Math.abs(value))) === true
    );
  });
}

const NAMED_POINTWISE = [
  ...['sigmoid', 'tanh', 'relu', 'softplus', 'exp', 'log', 'leaky_relu', 'elu', 'gelu', 'silu', 'selu'],
  ...['softsign', 'sin', 'cos', 'square', 'abs', 'hardtanh', 'relu6', 'mish', 'arctan'],
];
