/** The colour scales of a node: those that all values and all gradients share, or its own where it would look empty. */

import { short } from '../state/heat.ts';

interface Domain {
  readonly max: number;
  /** Of all that there is in the document. */
  readonly shared: number;
}

export function Legend({ value, gradient }: { value: Domain; gradient: Domain }) {
  return (
    <dl class="legend">
      <Scale name="values" domain={value} />
      <Scale name="gradients" domain={gradient} />
    </dl>
  );
}

function Scale({ name, domain: { max, shared } }: { name: string; domain: Domain }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span>{short(-max)}</span>
        <span class="ramp" />
        <span>{short(max)}</span>
      </dd>
      {max < shared && (
        <dd class="own">
          this node alone; all {name}: ±{short(shared)}
        </dd>
      )}
    </div>
  );
}
