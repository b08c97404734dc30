/** The rows of the outline: steps, their variables, the edges into each, and operations where a step is open. */

import type { NodeId } from '../../src/graph/graph.ts';
import { formatShape } from '../../src/graph/shape.ts';
import type { Document } from './document.ts';
import { pretty, spoken } from './names.ts';
import type { View, ViewNode } from './view.ts';
import { factorWords, nodeWords } from './words.ts';

interface Common {
  /** Unique; may serve as an element's id. */
  readonly id: string;
  readonly level: number;
  readonly label: string;
  readonly detail: string;
  readonly words: string;
  /** Undefined: nothing beneath. */
  readonly expanded: boolean | undefined;
  /** From 1, among the `siblings` rows of the same parent. */
  readonly position: number;
  readonly siblings: number;
}

export type OutlineItem = Common &
  (
    | { readonly kind: 'group' }
    | { readonly kind: 'node'; readonly node: NodeId; readonly name: string }
    | { readonly kind: 'edge'; readonly segment: string }
    | { readonly kind: 'operations'; readonly step: string }
  );

type Bare = Omit<Common, 'position' | 'siblings'> &
  (
    | { kind: 'group' }
    | { kind: 'node'; node: NodeId; name: string }
    | { kind: 'edge'; segment: string }
    | { kind: 'operations'; step: string }
  );

/** The rows of nodes whose name or operation contains the text, whatever is folded away. */
export function found(document: Document, view: View, text: string): OutlineItem[] {
  const wanted = text.trim().toLowerCase();
  const plain = (name: string) => name.toLowerCase().replaceAll('_', '');
  const rows = view.nodes.filter(
    ({ name, title = '' }) =>
      name.toLowerCase().includes(wanted) ||
      plain(name).includes(wanted) ||
      title.toLowerCase().includes(wanted),
  );
  return numbered(
    rows.map((node) => ({
      kind: 'node',
      id: node.key,
      level: 0,
      node: node.id,
      name: node.name,
      label: node.title ?? node.label,
      detail: node.step,
      words: nodeWords(document, node.id),
      expanded: undefined,
    })),
  );
}

/** `closed`: groups folded away; `expanded`: nodes whose edges are listed. Both by row id. */
export function outlineOf(
  document: Document,
  view: View,
  open: ReadonlySet<string>,
  closed: ReadonlySet<string>,
  expanded: ReadonlySet<string>,
): OutlineItem[] {
  const rows: Bare[] = [];
  const ofRole = (role: string, step: string) =>
    view.nodes.filter((node) => node.step === step && (role === 'op') === (node.role === 'op'));
  const nodeRows = (node: ViewNode, level: number) => {
    const segments = node.role === 'op' ? [] : [...document.variables.into(node.id)].reverse();
    const id = node.key;
    const { shape } = document.graph.node(node.id);
    rows.push({
      kind: 'node',
      id,
      level,
      node: node.id,
      name: node.name,
      label: node.title ?? node.label,
      detail: shape.length === 0 ? '' : formatShape(shape),
      words:
        node.title === undefined
          ? nodeWords(document, node.id)
          : `${node.title}, ${nodeWords(document, node.id)}`,
      expanded: segments.length === 0 ? undefined : expanded.has(id),
    });
    if (!expanded.has(id)) return;
    segments.forEach((segment, i) => {
      const [of, by] = [document.variables.name(segment.to), document.variables.name(segment.from)];
      rows.push({
        kind: 'edge',
        id: `${id}-${i}`,
        level: level + 1,
        segment: segment.id,
        label: `← ${pretty(by)}`,
        detail: `∂${pretty(of)}/∂${pretty(by)}`,
        words: `from ${spoken(by)}: ${factorWords(of, by)}`,
        expanded: undefined,
      });
    });
  };
  const group = (id: string, label: string, nodes: readonly ViewNode[], step?: string) => {
    if (nodes.length === 0) return;
    const isOpen = !closed.has(id);
    rows.push({ kind: 'group', id, level: 0, label, detail: '', words: label, expanded: isOpen });
    if (!isOpen) return;
    for (const node of nodes) nodeRows(node, 1);
    if (step === undefined) return;
    rows.push({
      kind: 'operations',
      id: `${id}-ops`,
      level: 1,
      step,
      label: 'operations',
      detail: '',
      words: `operations of ${label}`,
      expanded: open.has(step),
    });
    for (const node of ofRole('op', step)) nodeRows(node, 2);
  };

  const outside = ofRole('variable', '');
  group(
    'parameters',
    'Parameters',
    outside.filter((node) => node.role === 'parameter'),
  );
  group(
    'given',
    'Given',
    outside.filter((node) => node.role === 'leaf'),
  );
  document.steps.forEach((step, i) => {
    group(`step${i}`, step.replace('=', ' = '), ofRole('variable', step), step);
  });
  group(
    'outside',
    document.timed ? 'Over all steps' : document.steps.length > 0 ? 'Others' : 'Variables',
    outside.filter((node) => node.role === 'variable' || node.role === 'scalar'),
  );
  return numbered(rows);
}

/** Position among the rows of one parent, and their number. */
function numbered(rows: readonly Bare[]): OutlineItem[] {
  const families: { size: number }[] = [];
  const placed = rows.map((row) => {
    families.length = row.level + 1;
    const family = (families[row.level] ??= { size: 0 });
    family.size++;
    return { row, position: family.size, family };
  });
  return placed.map(({ row, position, family }) => ({ ...row, position, siblings: family.size }));
}
