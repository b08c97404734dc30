/** The two colour scales: values and gradients each have their own domain, fixed for the document. */

import { short } from '../state/heat.ts';

export function Legend({ value, gradient }: { value: number; gradient: number }) {
  return (
    <dl class="legend">
      <Scale name="values" max={value} />
      <Scale name="gradients" max={gradient} />
    </dl>
  );
}

function Scale({ name, max }: { name: string; max: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span>{short(-max)}</span>
        <span class="ramp" />
        <span>{short(max)}</span>
      </dd>
    </div>
  );
}
