/** What people can do to the view, whichever panel or key they use. */

import { batch } from '@preact/signals';
import {
  chosenPaths,
  document,
  hover,
  lastStep,
  open,
  PATH_COLOURS,
  pathSegments,
  playing,
  selection,
  step,
  trace,
  wantedStep,
  wantedTarget,
  wantedWrt,
  wrtId,
} from './store.ts';
import { boundary } from './trace.ts';

export function pickTarget(name: string): void {
  batch(() => {
    wantedTarget.value = name;
    restart();
  });
}

export function pickWrt(name: string): void {
  batch(() => {
    wantedWrt.value = name;
    chosenPaths.value = [];
    hover.value = undefined;
  });
}

/** Another gradient: its paths and its backward pass are others. */
export function restart(): void {
  chosenPaths.value = [];
  hover.value = undefined;
  playing.value = false;
  wantedStep.value = undefined;
}

/** Lights a path alone, or, `additive`, with those lit already. Choosing a lit one puts it out. */
export function choosePath(index: number, additive = false): void {
  const chosen = chosenPaths.value;
  if (chosen.includes(index)) {
    chosenPaths.value = additive || chosen.length === 1 ? chosen.filter((other) => other !== index) : [index];
  } else chosenPaths.value = additive ? [...chosen, index].slice(-PATH_COLOURS) : [index];
}

/** The next or previous path of the list, alone; past the ends, all of them again. */
export function cyclePath(direction: 1 | -1): void {
  const count = pathSegments.value.length;
  if (count === 0) return;
  const at = chosenPaths.value[0] ?? (direction === 1 ? -1 : count);
  const next = at + direction;
  chosenPaths.value = next < 0 || next >= count ? [] : [next];
}

export function goTo(wanted: number): void {
  wantedStep.value = Math.max(0, Math.min(lastStep.value, wanted));
}

export function stepBy(direction: 1 | -1): void {
  playing.value = false;
  // from the overview, one step back is to the last event
  goTo(wantedStep.value === undefined ? lastStep.value + Math.min(0, direction + 1) : step.value + direction);
}

export function skip(direction: 1 | -1): void {
  playing.value = false;
  goTo(boundary(trace.value, step.value, direction, wrtId.value));
}

/** Plays on from here; from the start if the end has been reached. */
export function togglePlay(): void {
  if (!playing.value && step.value >= lastStep.value) goTo(0);
  playing.value = !playing.value;
}

export function select(name: string | undefined): void {
  selection.value = name;
}

export function toggleStep(name: string): void {
  const list = open.value;
  open.value = list.includes(name) ? list.filter((other) => other !== name) : [...list, name];
}

/** Opens every step, or closes them if one is open. */
export function toggleAll(): void {
  open.value = open.value.length > 0 ? [] : [...document.value.steps];
}
