/** One figure of a study: its title, its picture, its note, and the same as a table. */

import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { Figure } from '../../examples/example.ts';
import type { Shade } from '../state/heat.ts';
import { Bars } from './Bars.tsx';
import { Boxes } from './Boxes.tsx';
import { Lines } from './Lines.tsx';
import { LARGEST_CELL, Matrix, MOST_HIGH } from './Matrix.tsx';
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

/** Pixels that a figure takes, roughly: what a column of them is filled by. */
export function heightAbout(figure: Figure): number {
  switch (figure.kind) {
    case 'lines':
    case 'bars':
      return 400;
    case 'boxes':
      return 450;
    case 'matrix':
      return 200 + Math.min(MOST_HIGH, LARGEST_CELL * figure.values.length);
    case 'table':
      return 110 + 27 * Math.min(9, figure.rows.length);
  }
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

/** Set closer where it is too wide for its place; where it is too wide even so, that it scrolls is said. */
function Table({ figure }: { figure: Figure }) {
  const { ref, width } = useWidth(480);
  const scrolls = useSignal(false);
  const { columns, rows } = tableOf(figure);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const isTooWide = () => element.scrollWidth > element.clientWidth + 1;
    element.classList.remove('close');
    element.classList.toggle('close', isTooWide());
    scrolls.value = isTooWide();
  }, [width.value, figure]);
  const left = rows.length - MOST_ROWS;
  const numeric = columns.map((_, j) => rows.length > 0 && rows.every((row) => isNumber(row[j])));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and holds nothing else to focus */}
      <section class="chart-table" aria-label={`${figure.title}, table`} tabIndex={0} ref={ref}>
        <table>
          <thead>
            <tr>
              {columns.map((column, i) => (
                <th key={i} scope="col" class={numeric[i] ? 'head number' : 'head'}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST_ROWS).map((row, i) => (
              <tr key={i}>
                {row.map((cell, j) => (
                  <td key={j} class={numeric[j] ? 'number' : ''}>
                    {cellText(cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {left > 0 && <p class="note">and {left} more rows</p>}
      </section>
      {scrolls.value && <p class="note scrolls">More columns to the right: the table scrolls.</p>}
    </>
  );
}

/** Counts beyond 2⁵³ come as text; a dash stands for a number that is not there. */
const isNumber = (cell: string | number | undefined): boolean =>
  typeof cell === 'number' || (typeof cell === 'string' && /^(?:[−-]?\d[\d,.]*|–)$/.test(cell));
