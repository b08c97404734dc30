/** The gradients checked in the browser, against TensorFlow.js and against finite differences. */

import { signal } from '@preact/signals';
import { bounds, type CheckResult, check } from '../state/check.ts';
import { pretty } from '../state/names.ts';
import { document, explanation, target } from '../state/store.ts';
import { Icon } from './icons.tsx';
import { checkOpen } from './ui.ts';

type Outcome =
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'done'; readonly target: string; readonly result: CheckResult };

const outcome = signal<Outcome | undefined>(undefined);

/** tfjs is a megabyte: it is fetched when asked for, not before. */
export async function runCheck(): Promise<void> {
  checkOpen.value = true;
  outcome.value = { kind: 'running' };
  try {
    const { tf } = await import('./tfjs.ts');
    await tf.ready();
    const result = check(document.value, target.value, tf);
    outcome.value = { kind: 'done', target: target.value, result };
  } catch (error) {
    outcome.value = { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

export function Check() {
  if (!checkOpen.value) return null;
  const state = outcome.value;
  return (
    <section class="popover check" aria-labelledby="check-title">
      <header>
        <h2 id="check-title">Check of the gradients</h2>
        <button
          type="button"
          class="icon-button"
          aria-label="Close the check"
          onClick={() => {
            checkOpen.value = false;
          }}
        >
          <Icon name="close" />
        </button>
      </header>
      <div role="status">
        {state?.kind === 'running' && <p class="note">Loading TensorFlow.js and comparing …</p>}
        {state?.kind === 'failed' && <p class="problem">The check could not run: {state.reason}</p>}
        {state?.kind === 'done' && <Results target={state.target} result={state.result} />}
      </div>
    </section>
  );
}

function Results({ target: of, result }: { target: string; result: CheckResult }) {
  const { residual } = explanation.value;
  if (result.anomaly !== undefined) {
    return (
      <p class="verdict bad" data-verdict="anomaly">
        Nothing to compare; {result.anomaly}.
      </p>
    );
  }
  const allFine = result.reports.every((report) => report.ok);
  return (
    <>
      <p class={allFine ? 'verdict ok' : 'verdict bad'} data-verdict={allFine ? 'ok' : 'bad'}>
        {allFine ? 'All agree.' : 'They do not agree.'}
      </p>
      {result.reports.map(({ against, dtype, limited, parts }) => (
        <table key={against} data-against={against}>
          <caption>
            against {against.replace('-', ' ')} ({dtype}), allowed {bounds[against].toExponential(0)}
            {limited && ' or as near as these are accurate themselves'}
          </caption>
          <thead>
            <tr>
              <th scope="col">gradient</th>
              <th scope="col" class="number">
                max relative error
              </th>
              <th scope="col">verdict</th>
            </tr>
          </thead>
          <tbody>
            {[...parts].map(([parameter, { error, ok }]) => (
              <tr key={parameter}>
                <th scope="row">
                  ∂{pretty(of)}/∂{pretty(parameter)}
                </th>
                <td class="number">{error.toExponential(1)}</td>
                <td class={ok ? 'ok' : 'bad'}>{ok ? 'ok' : 'differs'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      {result.skipped.map((reason) => (
        <p class="note" key={reason}>
          {reason}
        </p>
      ))}
      {residual !== null && (
        <p class="note">
          The paths sum to the gradient
          {residual === 0 ? ' exactly.' : `, to a relative distance of ${residual.toExponential(1)}.`}
        </p>
      )}
    </>
  );
}
