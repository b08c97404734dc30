/** One figure of a study: its title, its picture, its note, and the same as a table. */

import { useSignal } from '@preact/signals';
import type { Figure } from '../../examples/example.ts';
import type { Shade } from '../state/heat.ts';
import { Bars } from './Bars.tsx';
import { Boxes } from './Boxes.tsx';
import { Lines } from './Lines.tsx';
import { Matrix } from './Matrix.tsx';
import { useWidth } from './parts.tsx';
import { cellText, tableOf } from './tables.ts';

const WIDEST = 760;
const MOST_ROWS = 200;

export function FigureView({ figure, shade }: { figure: Figure; shade: Shade }) {
  const { ref, width } = useWidth(480);
  const opened = useSignal(false);
  return (
    <figure class="chart" data-figure={figure.kind}>
      <figcaption>{figure.title}</figcaption>
      <div ref={ref} class="chart-body">
        <Picture figure={figure} width={Math.min(WIDEST, width.value)} shade={shade} />
      </div>
      {figure.note !== undefined && <p class="note">{figure.note}</p>}
      {figure.kind !== 'table' && (
        <details
          onToggle={(event) => {
            opened.value = event.currentTarget.open;
          }}
        >
          <summary>as a table</summary>
          {opened.value && <Table figure={figure} />}
        </details>
      )}
    </figure>
  );
}

function Picture({ figure, width, shade }: { figure: Figure; width: number; shade: Shade }) {
  switch (figure.kind) {
    case 'lines':
      return <Lines figure={figure} width={width} />;
    case 'bars':
      return <Bars figure={figure} width={width} />;
    case 'matrix':
      return <Matrix figure={figure} width={width} shade={shade} />;
    case 'boxes':
      return <Boxes figure={figure} width={width} />;
    case 'table':
      return <Table figure={figure} />;
  }
}

function Table({ figure }: { figure: Figure }) {
  const { columns, rows } = tableOf(figure);
  const left = rows.length - MOST_ROWS;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and holds nothing else to focus
    <section class="chart-table" aria-label={`${figure.title}, table`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={i} scope="col" class="head">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j} class={typeof cell === 'number' ? 'number' : ''}>
                  {cellText(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <p class="note">and {left} more rows</p>}
    </section>
  );
}
