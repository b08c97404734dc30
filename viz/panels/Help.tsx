/** The keys, and what one is looking at. */

import { useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { helpOpen } from './ui.ts';

const keys: readonly (readonly [string, string])[] = [
  ['← →', 'one step back or on'],
  ['Shift ← →', 'to the previous or next variable that is done, or summand of the gradient asked for'],
  ['Home End', 'to the start or the end'],
  ['Space', 'play or pause'],
  ['1 … 5', 'speed'],
  ['f b', 'start of the forward or backward pass'],
  ['[ ]', 'previous or next path alone'],
  ['Esc', 'all paths, nothing selected'],
  ['c', 'open or close all time steps or parts'],
  ['0 + −', 'fit, zoom in, zoom out'],
  ['/', 'find a node'],
  ['g', 'graph or charts'],
  ['w', 'write equations and a derivation, or back'],
  ['n', 'formula nested or expanded'],
  ['?', 'this list'],
  ['Ctrl Z', 'in an editor: undo, also what Insert, Apply or an example has written'],
  ['Esc', 'in an editor: leave it, so that the keys above work'],
];

export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  useSignalEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (helpOpen.value && !element.open) element.showModal();
    if (!helpOpen.value && element.open) element.close();
  });
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog closes it; the key for that is Escape
    <dialog
      ref={dialog}
      class="help"
      aria-labelledby="help-title"
      onClose={() => {
        helpOpen.value = false;
      }}
      onClick={(event) => {
        if (event.target === dialog.current) helpOpen.value = false;
      }}
    >
      <header>
        <h2 id="help-title">What this shows</h2>
        <button
          type="button"
          class="icon-button"
          aria-label="Close"
          onClick={() => {
            helpOpen.value = false;
          }}
        >
          <Icon name="close" />
        </button>
      </header>
      <p>
        A gradient such as ∂E₃/∂W is a sum over paths: one term for every way from the parameter to the
        target. Each path has a colour, in the graph, in the list and in the formula. Point at a factor of the
        formula to see its edge, or at an edge to see its factors. Then step through both passes and watch the
        terms add up. Charts holds what the example claims, with the figures that bear it out. Write takes
        equations of your own, whose graph follows as you type, and your derivation of a gradient: each of its
        terms gets a verdict, and what is missing or wrong is mended by a click.
      </p>
      <dl class="keys">
        {keys.map(([key, what]) => (
          <div key={what}>
            <dt>
              {key.split(' ').map((k) => (
                <kbd key={k}>{k}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
