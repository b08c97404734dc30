/** The page: bars above and below, the graph in the middle, panels around it; one panel at a time where it is narrow. */

import { useSignalEffect } from '@preact/signals';
import { message, panel, studied } from '../state/store.ts';
import { Charts } from './Charts.tsx';
import { Check } from './Check.tsx';
import { Derivation } from './Derivation.tsx';
import { Equations } from './Equations.tsx';
import { Formula } from './Formula.tsx';
import { GraphView } from './GraphView.tsx';
import { Help } from './Help.tsx';
import { Inspector } from './Inspector.tsx';
import { Icon } from './icons.tsx';
import { Outline } from './Outline.tsx';
import { Paths } from './Paths.tsx';
import { StepBar } from './StepBar.tsx';
import { TopBar } from './TopBar.tsx';
import { tab, tabs, toast, writingTabs } from './ui.ts';

export function App() {
  const writing = panel.value === 'write';
  const charts = panel.value === 'charts' && studied.value !== undefined;
  const names = writing ? writingTabs : tabs;
  const shown = names.find((name) => name === tab.value) ?? names[0];
  return (
    <div class="page" data-tab={shown} data-panel={writing ? 'write' : charts ? 'charts' : 'graph'}>
      <TopBar />
      <Message />
      <main>
        <Outline />
        <GraphView />
        <fieldset class="tabs" aria-label="Panels">
          {names.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={shown === name}
              onClick={() => {
                tab.value = name;
              }}
            >
              {name}
            </button>
          ))}
        </fieldset>
        {writing ? <Derivation /> : <Formula />}
        {writing ? (
          <Equations />
        ) : (
          <div class="side">
            <Paths />
            <Inspector />
          </div>
        )}
        <Charts />
        <Check />
      </main>
      <StepBar />
      <Help />
      <Toast />
    </div>
  );
}

const TOAST_FOR = 4000;

function Toast() {
  useSignalEffect(() => {
    if (toast.value === '') return;
    const timer = setTimeout(() => {
      toast.value = '';
    }, TOAST_FOR);
    return () => clearTimeout(timer);
  });
  return (
    <div class="toasts" role="status">
      {toast.value !== '' && <p class="toast">{toast.value}</p>}
    </div>
  );
}

function Message() {
  return (
    <div class="message" role="status" data-empty={message.value === ''}>
      {message.value !== '' && (
        <>
          <span>{message.value}</span>
          <button
            type="button"
            class="icon-button"
            aria-label="Dismiss"
            onClick={() => {
              message.value = '';
            }}
          >
            <Icon name="close" />
          </button>
        </>
      )}
    </div>
  );
}
