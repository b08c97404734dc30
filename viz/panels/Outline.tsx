/** The graph as a tree in the page: the way in for keyboards and screen readers, and the handle of tests. */

import { useComputed, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { select, toggleStep } from '../state/actions.ts';
import { found, type OutlineItem, outlineOf } from '../state/outline.ts';
import { scene } from '../state/scene.ts';
import { document, hover, moment, openSteps, selection, view, wantedStep } from '../state/store.ts';

export function Outline() {
  const closed = useSignal<ReadonlySet<string>>(new Set());
  const expanded = useSignal<ReadonlySet<string>>(new Set());
  const focused = useSignal<string | undefined>(undefined);
  const tree = useRef<HTMLDivElement>(null);
  const sought = useSignal('');
  const items = useComputed(() =>
    sought.value.trim() === ''
      ? outlineOf(document.value, view.value, openSteps.value, closed.value, expanded.value)
      : found(document.value, view.value, sought.value),
  );
  const list = items.value;
  const current = list.some((item) => item.id === focused.value) ? focused.value : list[0]?.id;

  const focus = (id: string | undefined) => {
    if (id === undefined) return;
    focused.value = id;
    queueMicrotask(() => tree.current?.querySelector<HTMLElement>(`#${CSS.escape(`o-${id}`)}`)?.focus());
  };
  const setExpanded = (item: OutlineItem, wanted: boolean) => {
    if (item.expanded === undefined || item.expanded === wanted) return;
    const flip = (set: ReadonlySet<string>) => {
      const copy = new Set(set);
      if (!copy.delete(item.id)) copy.add(item.id);
      return copy;
    };
    if (item.kind === 'operations') toggleStep(item.step);
    else if (item.kind === 'node') expanded.value = flip(expanded.value);
    else closed.value = flip(closed.value);
  };
  const activate = (item: OutlineItem) => {
    if (item.kind === 'node') select(item.name);
    else if (item.kind === 'edge') select(item.segment);
    else setExpanded(item, item.expanded === false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = list.findIndex((item) => item.id === current);
    const item = list[at];
    if (item === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case 'ArrowDown':
        focus(list[at + 1]?.id);
        break;
      case 'ArrowUp':
        focus(list[at - 1]?.id);
        break;
      case 'ArrowRight':
        if (item.expanded === false) setExpanded(item, true);
        else if (item.expanded === true) focus(list[at + 1]?.id);
        break;
      case 'ArrowLeft':
        if (item.expanded === true && item.level > 0) setExpanded(item, false);
        else focus(list.slice(0, at).findLast((other) => other.level < item.level)?.id ?? item.id);
        break;
      case 'Home':
        focus(list[0].id);
        break;
      case 'End':
        focus(list.at(-1)?.id);
        break;
      case 'Enter':
      case ' ':
        activate(item);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const point = (item: OutlineItem) => {
    hover.value = item.kind === 'edge' ? { segments: [item.segment] } : undefined;
  };

  const happening = wantedStep.value === undefined ? undefined : moment.value.event?.node;
  return (
    <nav class="panel outline" aria-labelledby="outline-title">
      <header>
        <h2 id="outline-title">Outline</h2>
        <input
          type="search"
          class="search"
          aria-label="Find a node"
          placeholder="find"
          value={sought.value}
          onInput={(event) => {
            sought.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') sought.value = '';
            else if (event.key === 'ArrowDown') focus(items.value[0]?.id);
            else if (event.key === 'Enter' && items.value.length > 0) activate(items.value[0]);
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
      </header>
      {list.length === 0 && <p class="note nothing-found">no node is called so</p>}
      <div
        class="tree"
        role="tree"
        aria-labelledby="outline-title"
        ref={tree}
        onKeyDown={onKeyDown}
        onPointerLeave={() => {
          hover.value = undefined;
        }}
        onFocusOut={() => {
          hover.value = undefined;
        }}
      >
        {list.map((item) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree as a whole handles keys
          <div
            key={item.id}
            id={`o-${item.id}`}
            class={`row ${item.kind} ${classesOf(item)}`}
            role="treeitem"
            tabIndex={item.id === current ? 0 : -1}
            aria-level={item.level + 1}
            aria-posinset={item.position}
            aria-setsize={item.siblings}
            aria-expanded={item.expanded}
            aria-selected={isSelected(item)}
            aria-current={item.kind === 'node' && item.node === happening ? 'step' : undefined}
            {...(item.kind === 'node' ? { 'data-node': item.name } : {})}
            {...(item.kind === 'edge' ? { 'data-edge': item.segment } : {})}
            {...(item.kind === 'operations' ? { 'data-operations': item.step } : {})}
            style={{ '--level': item.level }}
            onClick={(event) => {
              focused.value = item.id;
              const onTwisty = (event.target as Element).closest('.twisty') !== null;
              if (onTwisty && item.expanded !== undefined) setExpanded(item, !item.expanded);
              else activate(item);
            }}
            onPointerEnter={() => point(item)}
            onFocus={() => {
              focused.value = item.id;
              point(item);
            }}
          >
            <span class="twisty" aria-hidden="true">
              {item.expanded === undefined ? '' : item.expanded ? '▾' : '▸'}
            </span>
            <span class="visually-hidden">{item.words}</span>
            <span class="label" aria-hidden="true">
              {item.label}
            </span>
            <span class="detail" aria-hidden="true">
              {item.detail}
            </span>
          </div>
        ))}
      </div>
    </nav>
  );
}

function isSelected(item: OutlineItem): boolean {
  if (item.kind === 'node') return selection.value === item.name;
  return item.kind === 'edge' && selection.value === item.segment;
}

/** The same classes as the node has in the picture. */
function classesOf(item: OutlineItem): string {
  return item.kind === 'node' ? (scene.value.nodes.get(`n${item.node}`) ?? []).join(' ') : '';
}
