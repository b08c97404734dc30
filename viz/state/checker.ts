/** Has derivations judged against the model shown, by the checker in its worker. */

import { requestVerdicts } from '../check/client.ts';
import type { Source } from '../check/worker.ts';
import { judge } from './derivation.ts';
import type { Document } from './document.ts';
import { valuesOf } from './settings.ts';
import { example, settings, model as shownModel } from './store.ts';
import { SERVED } from './url.ts';

export function startJudging(): void {
  judge.value = (derivation, document) => requestVerdicts(sourceOf(document), derivation);
}

function sourceOf({ model }: Document): Source {
  const of = example.peek();
  if (of !== undefined) return { kind: 'example', name: of.name, settings: valuesOf(of, settings.peek()) };
  if (model.equations !== undefined && shownModel.peek() !== SERVED)
    return { kind: 'equations', text: model.equations.text };
  return { kind: 'served', url: new URL('./model.json', window.location.href).href };
}
