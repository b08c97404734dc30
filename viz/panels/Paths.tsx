/** The paths that make up the gradient, with their shares; and the places where the parameter is used. */

import { pathText } from '../../src/chain/formula.ts';
import { derivative } from '../../src/chain/latex.ts';
import { choosePath } from '../state/actions.ts';
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

export function Paths() {
  const { paths, count, useSites, exact } = explanation.value;
  const rows = paths.slice(0, MAX_ROWS);
  const signed = rows.some((row) => (row.share ?? 0) < 0);
  const largest = Math.max(1e-12, ...rows.map((row) => Math.abs(row.share ?? 0)));
  return (
    <section class="panel paths" aria-labelledby="paths-title">
      <header>
        <h2 id="paths-title">
          <Maths latex={derivative('\\partial', target.value, wrt.value)} />
          <span>
            {count === 0n ? ' is zero: no path' : ` = sum over ${count} path${count === 1n ? '' : 's'}`}
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
      {rows.length > PATH_COLOURS && litPaths.value.length === 0 && (
        <p class="note">{String(count)} paths: choose one to see it</p>
      )}
      {rows.length > 0 && (
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
      )}
      {BigInt(rows.length) < count && (
        <p class="note">
          showing {rows.length} of {String(count)} paths, {percent(sum(rows.map((row) => row.share ?? 0)))} of
          the gradient{exact ? '' : '; larger ones may exist'}
        </p>
      )}
      {useSites.length > 1 && (
        <details class="use-sites" open={count > 12n}>
          <summary>by use of {pretty(wrt.value)}</summary>
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
              </tr>
            </thead>
            <tbody>
              {useSites.slice(0, MAX_ROWS).map((site) => (
                <tr
                  key={site.segment.id}
                  onPointerEnter={() => {
                    hover.value = { segments: [site.segment.id] };
                  }}
                  onPointerLeave={() => {
                    hover.value = undefined;
                  }}
                >
                  <th scope="row">{pretty(explanation.value.cone.variables.name(site.segment.to))}</th>
                  <td class="number">{String(site.paths)}</td>
                  <td class="number">{percent(site.share)}</td>
                  <td>
                    <Bar
                      share={site.share}
                      signed={useSites.some((other) => (other.share ?? 0) < 0)}
                      largest={Math.max(...useSites.map((other) => Math.abs(other.share ?? 0)))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
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
