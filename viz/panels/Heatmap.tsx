/** A tensor as a table of coloured numbers. */

import { useSignal } from '@preact/signals';
import type { Tensor } from '../../src/run/eager.ts';
import { colour, inkOn, short, tiny } from '../state/heat.ts';
import { sliceName, sliceOf, slicesOf } from '../state/slices.ts';
import { shade } from './ui.ts';

const MAX_ROWS = 40;
const MAX_COLUMNS = 40;
const NUMBERS_UP_TO = 12;

export interface HeatmapProps {
  readonly tensor: Tensor;
  readonly max: number;
  /** What it is, for screen readers and the readout: `∂E₃/∂W`. */
  readonly label: string;
  /** Colours alone. */
  readonly small?: boolean;
}

/** Of tensors with more axes one slice at a time. */
export function Heatmap(props: HeatmapProps) {
  const { tensor, label, small = false } = props;
  const chosen = useSignal(0);
  const { count } = slicesOf(tensor.shape);
  if (count === 1 && tensor.shape.length < 3) return <Matrix {...props} />;
  const index = Math.min(chosen.value, count - 1);
  const name = sliceName(tensor.shape, index);
  return (
    <div class="slices">
      {!small && count > 1 && (
        <label class="slice-choice">
          <span>slice [{name}, …]</span>
          <input
            type="range"
            min="0"
            max={count - 1}
            step="1"
            aria-label={`slice of ${label}`}
            aria-valuetext={`${name}, ${index + 1} of ${count}`}
            value={index}
            onInput={(event) => {
              chosen.value = Number(event.currentTarget.value);
            }}
          />
          <span>
            {index + 1} of {count}
          </span>
        </label>
      )}
      <Matrix {...props} tensor={sliceOf(tensor, index)} label={`${label}[${name}]`} />
    </div>
  );
}

function Matrix({ tensor, max, label, small = false }: HeatmapProps) {
  const pointed = useSignal<[number, number] | undefined>(undefined);
  const { shape, data } = tensor;
  const columns = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const [shownRows, shownColumns] = [Math.min(rows, MAX_ROWS), Math.min(columns, MAX_COLUMNS)];
  const numbers = !small && shownColumns <= 8 && shownRows <= NUMBERS_UP_TO;
  const at = pointed.value;
  const index = at === undefined ? '' : indexText(at, shape.length);
  const cut = shownRows < rows || shownColumns < columns;
  const cells = (i: number) =>
    Array.from({ length: shownColumns }, (_, j) => {
      const value = data[i * columns + j];
      return (
        <td
          key={j}
          style={{ backgroundColor: colour(value, max, shade.value), color: inkOn(value, max, shade.value) }}
          onPointerEnter={() => {
            pointed.value = [i, j];
          }}
        >
          {numbers ? (data.length === 1 ? short(value) : tiny(value)) : ''}
        </td>
      );
    });
  const kind = numbers ? 'numbers' : 'colours';
  return (
    <figure class={`heatmap ${kind} ${small ? 'small' : ''}`}>
      <table
        {...(numbers
          ? { 'aria-label': label }
          : { role: 'img', 'aria-label': `${label}: ${rows} by ${columns} numbers` })}
        data-columns={shownColumns > 8 ? 'many' : data.length === 1 ? 'one' : 'few'}
        style={{ '--columns': shownColumns }}
        onPointerLeave={() => {
          pointed.value = undefined;
        }}
      >
        <tbody>
          {Array.from({ length: shownRows }, (_, i) => (
            <tr key={i}>{cells(i)}</tr>
          ))}
        </tbody>
      </table>
      {!small && (
        <figcaption class="readout">
          {at === undefined
            ? cut
              ? `the first ${shownRows} × ${shownColumns} of ${rows} × ${columns}`
              : ''
            : `${label}${index} = ${data[at[0] * columns + at[1]]}`}
        </figcaption>
      )}
    </figure>
  );
}

function indexText([i, j]: [number, number], rank: number): string {
  if (rank === 0) return '';
  return rank === 1 ? `[${j + 1}]` : `[${i + 1},${j + 1}]`;
}
