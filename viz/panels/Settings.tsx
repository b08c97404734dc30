/** The settings of an example as controls, one per kind. What cannot be built stays in its field, with the reason. */

import type { ComponentChildren } from 'preact';
import type {
  ChoiceSetting,
  IntegerSetting,
  NumberSetting,
  Setting,
  TextSetting,
} from '../../examples/example.ts';
import { changeSetting, drafts } from '../state/models.ts';
import { settings } from '../state/store.ts';
import { Icon } from './icons.tsx';

/** Up to so many values a stepper is quicker than typing. */
const STEPPER_UP_TO = 24;

export function Settings({ fields, open }: { fields: readonly [string, Setting][]; open: boolean }) {
  return (
    <fieldset class={open ? 'settings open' : 'settings'} id="settings">
      <legend class="visually-hidden">Model</legend>
      {fields.map(([name, setting]) => (
        <Field key={name} name={name} setting={setting} />
      ))}
    </fieldset>
  );
}

/** What the control shows: what was typed, however bad, else the setting's value. */
const shownText = (name: string, byDefault: string | number) =>
  drafts.value[name]?.text ?? settings.value[name] ?? String(byDefault);

function Field({ name, setting }: { name: string; setting: Setting }) {
  switch (setting.kind) {
    case 'integer':
      return setting.max - setting.min < STEPPER_UP_TO ? (
        <Stepper name={name} setting={setting} />
      ) : (
        <WholeNumber name={name} setting={setting} />
      );
    case 'number':
      return <Slider name={name} setting={setting} />;
    case 'choice':
      return <Choice name={name} setting={setting} />;
    case 'text':
      return <Line name={name} setting={setting} />;
    case 'file':
      return null;
  }
}

/** Label, control, and the reason why what is in it is not shown. */
function Labelled(props: { name: string; label: string; wide?: boolean; children: ComponentChildren }) {
  const problem = drafts.value[props.name]?.problem;
  return (
    <div class={props.wide ? 'field wide' : 'field'} data-setting={props.name}>
      <label for={`set-${props.name}`}>{props.label}</label>
      {props.children}
      {problem !== undefined && (
        <span class="field-problem" id={`problem-${props.name}`} role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}

const described = (name: string) =>
  drafts.value[name] === undefined
    ? {}
    : { 'aria-invalid': true as const, 'aria-describedby': `problem-${name}` };

function Stepper({ name, setting }: { name: string; setting: IntegerSetting }) {
  const value = Number(shownText(name, setting.default));
  const step = (by: number) => () => changeSetting(name, String(value + by));
  return (
    <Labelled name={name} label={setting.label}>
      <span class="stepper">
        <button
          type="button"
          class="icon-button"
          aria-label={`${setting.label}: one fewer`}
          disabled={value <= setting.min}
          onClick={step(-1)}
        >
          <Icon name="minus" />
        </button>
        <output id={`set-${name}`} name={name} {...described(name)}>
          {value}
        </output>
        <button
          type="button"
          class="icon-button"
          aria-label={`${setting.label}: one more`}
          disabled={value >= setting.max}
          onClick={step(1)}
        >
          <Icon name="plus" />
        </button>
      </span>
    </Labelled>
  );
}

function WholeNumber({ name, setting }: { name: string; setting: IntegerSetting }) {
  return (
    <Labelled name={name} label={setting.label}>
      <input
        id={`set-${name}`}
        name={name}
        type="number"
        min={setting.min}
        max={setting.max}
        step="1"
        value={shownText(name, setting.default)}
        {...described(name)}
        onChange={(event) => changeSetting(name, event.currentTarget.value)}
      />
    </Labelled>
  );
}

function Slider({ name, setting }: { name: string; setting: NumberSetting }) {
  const text = shownText(name, setting.default);
  const change = (event: { currentTarget: HTMLInputElement }) =>
    changeSetting(name, event.currentTarget.value);
  return (
    <Labelled name={name} label={setting.label}>
      <input
        class="slider"
        type="range"
        aria-label={`${setting.label}, slider`}
        min={setting.min}
        max={setting.max}
        step={setting.step}
        value={text}
        onInput={change}
      />
      <input
        id={`set-${name}`}
        name={name}
        type="number"
        min={setting.min}
        max={setting.max}
        step="any"
        value={text}
        {...described(name)}
        onChange={change}
      />
    </Labelled>
  );
}

function Choice({ name, setting }: { name: string; setting: ChoiceSetting }) {
  return (
    <Labelled name={name} label={setting.label}>
      <select
        id={`set-${name}`}
        name={name}
        value={shownText(name, setting.default)}
        {...described(name)}
        onChange={(event) => changeSetting(name, event.currentTarget.value)}
      >
        {setting.choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

function Line({ name, setting }: { name: string; setting: TextSetting }) {
  return (
    <Labelled name={name} label={setting.label} wide>
      <input
        id={`set-${name}`}
        name={name}
        type="text"
        size={Math.max(12, Math.min(40, setting.default.length))}
        maxLength={setting.maxLength}
        spellcheck={false}
        autocomplete="off"
        value={shownText(name, setting.default)}
        {...described(name)}
        onChange={(event) => changeSetting(name, event.currentTarget.value)}
      />
    </Labelled>
  );
}
