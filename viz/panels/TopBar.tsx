/** What is looked at: the model's settings, the target and the parameter; and the page's own switches. */

import { useSignal } from '@preact/signals';
import { pickTarget, pickWrt } from '../state/actions.ts';
import { pretty } from '../state/names.ts';
import { shownSettings } from '../state/settings.ts';
import { document, example, message, panel, studied, target, theme, wrt } from '../state/store.ts';
import type { Theme } from '../state/url.ts';
import { runCheck } from './Check.tsx';
import { Icon, type IconName } from './icons.tsx';
import { Models } from './Models.tsx';
import { Remarks } from './Remarks.tsx';
import { Settings } from './Settings.tsx';
import { helpOpen, toast } from './ui.ts';

export function TopBar() {
  const settingsOpen = useSignal(false);
  const fields = example.value === undefined ? [] : shownSettings(example.value);
  const room = fields.reduce(
    (sum, [, { kind }]) => sum + (kind === 'text' ? 3 : kind === 'number' ? 2 : 1),
    0,
  );
  return (
    <header class="topbar" data-settings={room > 2 ? 'many' : 'few'}>
      <div class="brand">
        <h1>Gradpath</h1>
        <Models />
        <span class="model-title" title={document.value.title}>
          {document.value.title}
        </span>
      </div>
      <fieldset class="question">
        <legend class="visually-hidden">Gradient</legend>
        <Picker
          label="of"
          name="target"
          value={target.value}
          options={document.value.targets}
          pick={pickTarget}
        />
        <Picker
          label="by"
          name="parameter"
          value={wrt.value}
          options={document.value.parameters}
          pick={pickWrt}
        />
      </fieldset>
      {fields.length > 0 && <Settings fields={fields} open={settingsOpen.value} />}
      <div class="switches">
        <Remarks />
        {fields.length > 0 && (
          <button
            type="button"
            class="icon-button settings-toggle"
            aria-label="Model settings"
            aria-expanded={settingsOpen.value}
            aria-controls="settings"
            onClick={() => {
              settingsOpen.value = !settingsOpen.value;
            }}
          >
            <Icon name="settings" />
          </button>
        )}
        {studied.value !== undefined && (
          <button
            type="button"
            class="charts-button"
            aria-label="Charts"
            aria-pressed={panel.value === 'charts'}
            onClick={() => {
              panel.value = panel.value === 'charts' ? 'graph' : 'charts';
            }}
          >
            <Icon name="charts" />
            <span>Charts</span>
          </button>
        )}
        <button
          type="button"
          class="charts-button"
          aria-label="Write"
          title="Write equations and a derivation (w)"
          aria-pressed={panel.value === 'write'}
          onClick={() => {
            panel.value = panel.value === 'write' ? 'graph' : 'write';
          }}
        >
          <Icon name="write" />
          <span>Write</span>
        </button>
        <button type="button" class="check-button" aria-label="Check the gradients" onClick={runCheck}>
          <Icon name="check" />
          <span>Check</span>
        </button>
        <ThemeButton />
        <button type="button" class="icon-button" aria-label="Copy link" title="Copy link" onClick={copyLink}>
          <Icon name="link" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Help and keys"
          title="Help and keys (?)"
          onClick={() => {
            helpOpen.value = true;
          }}
        >
          ?
        </button>
      </div>
    </header>
  );
}

function Picker(props: {
  label: string;
  name: string;
  value: string;
  options: readonly string[];
  pick: (name: string) => void;
}) {
  return (
    <label>
      <span>
        {props.name === 'target' ? 'gradient ' : ''}
        {props.label}
      </span>
      <select
        class="variable"
        name={props.name}
        aria-label={props.name}
        value={props.value}
        onChange={(event) => props.pick(event.currentTarget.value)}
      >
        {props.options.map((option) => (
          <option key={option} value={option}>
            {pretty(option)}
          </option>
        ))}
      </select>
    </label>
  );
}

const themes: readonly Theme[] = ['auto', 'light', 'dark'];
const themeIcons: Record<Theme, IconName> = { auto: 'auto', light: 'sun', dark: 'moon' };

function ThemeButton() {
  const label = `Theme: ${theme.value}`;
  return (
    <button
      type="button"
      class="icon-button"
      name="theme"
      aria-label={label}
      title={label}
      onClick={() => {
        theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length];
      }}
    >
      <Icon name={themeIcons[theme.value]} />
    </button>
  );
}

async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(window.location.href);
    toast.value = 'Link copied';
  } catch {
    message.value = 'The link could not be copied; it is in the address bar';
  }
}
