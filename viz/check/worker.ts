/** Judges derivations beside the page: a formula may take a third of a second, and people go on typing. */

import type { SettingValue } from '../../examples/example.ts';
import { examples } from '../../examples/index.ts';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { modelFromJSON } from '../../src/model/json.ts';
import type { Model } from '../../src/model/model.ts';
import { Checker } from '../../src/verify/check.ts';
import { MathDocument } from '../../src/verify/document.ts';
import type { StatementReport } from '../../src/verify/report.ts';
import { isDocument } from '../state/prose.ts';
import type { FormulaReport, Judgement } from '../state/report.ts';

/** Where the model comes from: it is built anew here, for graphs do not travel. */
export type Source =
  | { readonly kind: 'equations'; readonly text: string }
  | {
      readonly kind: 'example';
      readonly name: string;
      readonly settings: Readonly<Record<string, SettingValue>>;
    }
  | { readonly kind: 'served'; readonly url: string };

export interface Request {
  readonly id: number;
  readonly source: Source;
  readonly derivation: string;
}

export type Answer =
  | { readonly id: number; readonly judgement: Judgement }
  | { readonly id: number; readonly reason: string };

/** The checker of the model asked about last. */
let ready: { readonly key: string; readonly checker: Checker } | undefined;

globalThis.addEventListener('message', async ({ data }: MessageEvent<Request>) => {
  const { id, source, derivation } = data;
  const answer = (message: Answer) => globalThis.postMessage(message);
  try {
    const key = JSON.stringify(source);
    if (ready?.key !== key) ready = { key, checker: new Checker(await modelOf(source)) };
    answer({ id, judgement: judgementOf(ready.checker, derivation) });
  } catch (error) {
    answer({ id, reason: error instanceof Error ? error.message : String(error) });
  }
});

function judgementOf(checker: Checker, derivation: string): Judgement {
  if (!isDocument(derivation)) return { reports: checker.check(derivation).statements.map(shown) };
  const document = new MathDocument(derivation);
  const { text, statements, problems } = document.formulas(checker.subject);
  return {
    reports: checker.judgeAll(statements, text).map(shown),
    document: {
      text,
      formulas: statements.map(({ span }) => span),
      problems: problems.map(({ span, message, where }) => ({ span, message, where })),
      equations: document.model?.text.replace(/^[ \t]*\n/gm, '').replace(/[ \t]+$/gm, ''),
    },
  };
}

async function modelOf(source: Source): Promise<Model> {
  switch (source.kind) {
    case 'equations':
      return modelFromEquations(source.text, { name: 'equations' });
    case 'example': {
      const example = await examples.find(({ name }) => name === source.name)!.load();
      return example.build(source.settings, () => {});
    }
    case 'served':
      return modelFromJSON(await (await fetch(source.url)).text(), 'model.json');
  }
}

/** What the page shows of a report; the rest stays here. */
const shown = ({
  span,
  verdict,
  message,
  reading,
  terms,
  missing,
  repair,
  level,
  target,
}: StatementReport): FormulaReport => ({
  span,
  verdict,
  message,
  reading,
  terms,
  missing,
  isOfEveryStep: level === 2 && OF_EVERY_STEP.test(target ?? ''),
  repair,
});

/** An index t, k or l on the left. */
const OF_EVERY_STEP = /[_^[]\s*\{?\s*[([]?\s*[tklτ](?![a-zA-Z0-9])/;
