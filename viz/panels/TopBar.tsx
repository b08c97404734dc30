/** What is looked at: the model's settings, the target and the parameter; and the page's own switches. */

import { useSignal } from '@preact/signals';
import { changeSettings, pickTarget, pickWrt } from '../state/actions.ts';
import { LOSSES, MAX_T } from '../state/document.ts';
import { pretty } from '../state/names.ts';
import { document, message, model, settings, target, theme, wrt } from '../state/store.ts';
import type { Theme } from '../state/url.ts';
import { runCheck } from './Check.tsx';
import { Icon, type IconName } from './icons.tsx';
import { helpOpen, toast } from './ui.ts';

export function TopBar() {
  const settingsOpen = useSignal(false);
  return (
    <header class="topbar">
      <div class="brand">
        <h1>Gradpath</h1>
        <span class="model-title">{document.value.title}</span>
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
      {model.value === 'rnn' && (
        <fieldset class={settingsOpen.value ? 'settings open' : 'settings'} id="settings">
          <legend class="visually-hidden">Model</legend>
          <StepsField />
          <SeedField />
          <label>
            <span>loss</span>
            <select
              name="loss"
              value={settings.value.loss}
              onChange={(event) =>
                changeSettings({ loss: event.currentTarget.value as (typeof LOSSES)[number] })
              }
            >
              {LOSSES.map((loss) => (
                <option key={loss} value={loss}>
                  {loss}
                </option>
              ))}
            </select>
          </label>
        </fieldset>
      )}
      <div class="switches">
        {model.value === 'rnn' && (
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

function StepsField() {
  const { T } = settings.value;
  return (
    <div class="field stepper">
      <span id="steps-label">steps T</span>
      <button
        type="button"
        class="icon-button"
        aria-label="One step fewer"
        disabled={T <= 1}
        onClick={() => changeSettings({ T: T - 1 })}
      >
        <Icon name="minus" />
      </button>
      <output name="T" aria-labelledby="steps-label">
        {T}
      </output>
      <button
        type="button"
        class="icon-button"
        aria-label="One step more"
        disabled={T >= MAX_T}
        onClick={() => changeSettings({ T: T + 1 })}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}

function SeedField() {
  return (
    <label>
      <span>seed</span>
      <input
        name="seed"
        type="number"
        min="0"
        max="2147483647"
        step="1"
        value={settings.value.seed}
        onChange={(event) => {
          const seed = Number(event.currentTarget.value);
          if (event.currentTarget.value !== '' && Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)
            changeSettings({ seed });
          else {
            event.currentTarget.value = String(settings.value.seed);
            message.value = 'seed: expected a whole number from 0 to 2147483647';
          }
        }}
      />
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
