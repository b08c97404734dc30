/** The paths that make up the gradient, with their shares; and the places where the parameter is used. */

import { pathText } from '../../src/chain/formula.ts';
import { derivative } from '../../src/chain/latex.ts';
import { choosePath, select } from '../state/actions.ts';
import { percent, short } from '../state/heat.ts';
import { pretty, prettyPath } from '../state/names.ts';
import { colourOf } from '../state/scene.ts';
import {
  chosenPaths,
  explanation,
  hover,
  litPaths,
  MAX_ROWS,
  PATH_COLOURS,
  target,
  wrt,
} from '../state/store.ts';
import { Maths } from './math.tsx';

/** 76,590. */
const grouped = (count: bigint) => count.toLocaleString('en');

export function Paths() {
  const { paths, count } = explanation.value;
  const all = BigInt(Math.min(paths.length, MAX_ROWS)) === count;
  return (
    <section class="panel paths" aria-labelledby="paths-title">
      <header>
        <h2 id="paths-title">
          <Maths latex={derivative('\\partial', target.value, wrt.value)} />
          <span>
            {count === 0n
              ? ' is zero: no path'
              : ` = sum over ${grouped(count)} path${count === 1n ? '' : 's'}`}
          </span>
        </h2>
        {chosenPaths.value.length > 0 && (
          <button
            type="button"
            class="quiet"
            onClick={() => {
              chosenPaths.value = [];
            }}
          >
            show all
          </button>
        )}
      </header>
      {all ? (
        <>
          <PathTable />
          <UseSites open={count > 12n} />
        </>
      ) : (
        <>
          <UseSites open />
          <PathTable />
        </>
      )}
    </section>
  );
}

/** The largest paths, or all of them. */
function PathTable() {
  const { paths, count, exact } = explanation.value;
  const rows = paths.slice(0, MAX_ROWS);
  if (rows.length === 0) return null;
  const signed = rows.some((row) => (row.share ?? 0) < 0);
  const largest = Math.max(1e-12, ...rows.map((row) => Math.abs(row.share ?? 0)));
  const all = BigInt(rows.length) === count;
  return (
    <>
      {!all && (
        <p class="note">
          The {rows.length} {exact ? 'largest' : 'largest found'} of {grouped(count)} paths sum to{' '}
          {percent(sum(rows.map((row) => row.share ?? 0)))} of the gradient; choose one to see it
        </p>
      )}
      {all && rows.length > PATH_COLOURS && litPaths.value.length === 0 && (
        <p class="note">{grouped(count)} paths: choose one to see it</p>
      )}
      <table class="path-table">
        <thead>
          <tr>
            <th scope="col">path</th>
            <th scope="col" class="number">
              share
            </th>
            <th scope="col">
              <span class="visually-hidden">share as a bar</span>
            </th>
            <th scope="col" class="number" title="Frobenius norm of the path's contribution">
              norm
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <PathRow
              key={index}
              index={index}
              largest={largest}
              signed={signed}
              share={row.share}
              norm={row.norm}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The gradient by the places where the parameter is used: one sweep, however many paths. */
function UseSites({ open }: { open: boolean }) {
  const { useSites, cone } = explanation.value;
  if (useSites.length < 2) return null;
  const sites = useSites.slice(0, MAX_ROWS);
  const signed = sites.some(({ share }) => (share ?? 0) < 0);
  const largest = Math.max(...sites.map(({ share }) => Math.abs(share ?? 0)));
  return (
    <details class="use-sites" open={open}>
      <summary>
        by use of {pretty(wrt.value)}: {useSites.length} places
      </summary>
      <table class="path-table">
        <thead>
          <tr>
            <th scope="col">used in</th>
            <th scope="col" class="number">
              paths
            </th>
            <th scope="col" class="number">
              share
            </th>
            <th scope="col">
              <span class="visually-hidden">share as a bar</span>
            </th>
            <th scope="col" class="number" title="Frobenius norm of what comes through this use">
              norm
            </th>
          </tr>
        </thead>
        <tbody>
          {sites.map(({ segment, paths, share, norm }) => (
            <tr
              key={segment.id}
              data-site={segment.id}
              onPointerEnter={() => {
                hover.value = { segments: [segment.id] };
              }}
              onPointerLeave={() => {
                hover.value = undefined;
              }}
            >
              <th scope="row">
                <button type="button" class="path-button" onClick={() => select(segment.id)}>
                  {pretty(cone.variables.name(segment.to))}
                </button>
              </th>
              <td class="number">{grouped(paths)}</td>
              <td class="number">{percent(share)}</td>
              <td>
                <Bar share={share} signed={signed} largest={largest} />
              </td>
              <td class="number">{short(norm)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sites.length < useSites.length && <p class="note">and {useSites.length - sites.length} more</p>}
    </details>
  );
}

function PathRow(props: {
  index: number;
  largest: number;
  signed: boolean;
  share: number | null;
  norm: number;
}) {
  const { index, share, norm, largest, signed } = props;
  const { cone, paths } = explanation.value;
  const chosen = chosenPaths.value.includes(index);
  const lit = litPaths.value.includes(index);
  return (
    <tr
      class={`${chosen ? 'chosen' : ''} ${lit ? 'lit' : ''}`}
      data-path={index}
      onPointerEnter={() => {
        hover.value = { segments: [], path: index };
      }}
      onPointerLeave={() => {
        hover.value = undefined;
      }}
    >
      <th scope="row">
        <button
          type="button"
          class="path-button"
          aria-pressed={chosen}
          onClick={(event) => choosePath(index, event.shiftKey)}
        >
          <span class={`swatch colour-${colourOf(index)}`} />
          <span class="path-text">{prettyPath(pathText(cone, paths[index].path))}</span>
        </button>
      </th>
      <td class="number">{percent(share)}</td>
      <td>
        <Bar share={share} largest={largest} signed={signed} colour={colourOf(index)} />
      </td>
      <td class="number">{short(norm)}</td>
    </tr>
  );
}

/** Left of the middle where the path works against the gradient. */
function Bar(props: { share: number | null; largest: number; signed: boolean; colour?: number }) {
  const { share, largest, signed, colour } = props;
  const size = share === null || !(largest > 0) ? 0 : Math.min(1, Math.abs(share) / largest);
  return (
    <svg
      class="bar"
      viewBox={signed ? '-50 0 100 12' : '-1 0 50 12'}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path class="axis" d="M0 0V12" />
      <rect
        class={colour === undefined ? 'plain' : `colour-${colour}`}
        x={(share ?? 0) < 0 ? -48 * size : 0}
        y="2"
        width={48 * size}
        height="8"
      />
    </svg>
  );
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
