/** Keys that work anywhere on the page, except where something else has its own use for them. */

import { cyclePath, goTo, select, skip, stepBy, toggleAll, togglePlay } from '../state/actions.ts';
import { chosenPaths, form, lastStep, panel, playing, speed, studied, trace } from '../state/store.ts';
import { canvas } from './GraphView.tsx';
import { checkOpen, helpOpen, tab } from './ui.ts';

export function handleKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || helpOpen.value) return;
  const at = event.target instanceof Element ? event.target : undefined;
  if (at?.closest('input:not([name=step]), select, textarea, [role=tree], [role=slider], dialog') != null)
    return;
  const presses = event.key === ' ' || event.key === 'Enter';
  if (presses && at?.closest('button, summary, [role=button]') != null) return;
  if (event.key.startsWith('Arrow') && !/Left|Right/.test(event.key)) return;
  if (act(event)) event.preventDefault();
}

function act({ key, shiftKey }: KeyboardEvent): boolean {
  switch (key) {
    case 'ArrowRight':
      if (shiftKey) skip(1);
      else stepBy(1);
      return true;
    case 'ArrowLeft':
      if (shiftKey) skip(-1);
      else stepBy(-1);
      return true;
    case 'Home':
      goTo(0);
      return true;
    case 'End':
      goTo(lastStep.value);
      return true;
    case ' ':
      togglePlay();
      return true;
    case 'f':
      goTo(1);
      return true;
    case 'b':
      goTo(trace.value.forward + 1);
      return true;
    case '[':
      cyclePath(-1);
      return true;
    case ']':
      cyclePath(1);
      return true;
    case 'c':
      toggleAll();
      return true;
    case 'n':
      form.value = form.value === 'nested' ? 'expanded' : 'nested';
      return true;
    case '0':
      canvas.current?.fit(true);
      return true;
    case '+':
    case '=':
      canvas.current?.zoomBy(1.25);
      return true;
    case '-':
      canvas.current?.zoomBy(0.8);
      return true;
    case '/':
      if (tab.value !== 'outline') tab.value = 'outline'; // where it is narrow, that panel has to come first
      queueMicrotask(() => document.querySelector<HTMLElement>('.search')?.focus());
      return true;
    case '?':
      helpOpen.value = true;
      return true;
    case 'g':
      if (studied.value === undefined) return false;
      panel.value = panel.value === 'charts' ? 'graph' : 'charts';
      return true;
    case 'w':
      panel.value = panel.value === 'write' ? 'graph' : 'write';
      return true;
    case 'Escape':
      chosenPaths.value = [];
      select(undefined);
      if (checkOpen.value) checkOpen.value = false;
      else panel.value = 'graph';
      playing.value = false;
      return true;
    default:
      if (!/^[1-5]$/.test(key)) return false;
      speed.value = Number(key);
      return true;
  }
}
