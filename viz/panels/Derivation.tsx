/** A person's derivation: its text in an editor, each statement typeset, with the verdict on each of its terms. */

import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Span } from '../../src/notation/tree.ts';
import { carried, changeBetween } from '../state/change.ts';
import {
  declared,
  type Edit,
  failure,
  forget,
  judge,
  judged,
  judging,
  reading,
  rest,
  rested,
} from '../state/derivation.ts';
import type { DerivationText } from '../state/derivations.ts';
import { segmentsOf } from '../state/report.ts';
import { derivation, document, edits, equations, hover, target, wrt } from '../state/store.ts';
import { Editor, type EditorHandle } from './Editor.tsx';
import type { Mark } from './EditorLine.tsx';
import { replaceEquations } from './Equations.tsx';
import { ExampleButtons, ExampleList } from './Examples.tsx';
import { Statement } from './Statement.tsx';

/** Milliseconds that the text rests before it is read. */
const PAUSE = 150;
/** Most formulas that are shown. */
const MOST = 200;

export function Derivation() {
  const editor = useRef<EditorHandle | undefined>(undefined);
  useSignalEffect(() => {
    derivation.value;
    const timer = setTimeout(() => void rest(), PAUSE);
    return () => clearTimeout(timer);
  });
  useSignalEffect(() => {
    document.value; // another graph: other verdicts
    judge.value;
    forget();
    void rest();
  });

  const marks = useMarks();
  const [caret, moveCaret] = useCaret();
  const edit = ({ span, text }: Edit) => {
    const place = placeNow(span);
    if (place === undefined) return;
    editor.current?.replace(place, text);
    edits.value++;
    void rest();
  };
  const select = (span: Span) => {
    const place = placeNow(span);
    if (place !== undefined) editor.current?.select(place);
  };
  const take = async (example: DerivationText) => {
    edits.value++;
    await replaceEquations(example.equations); // the graph first: nothing is judged against another
    editor.current?.replace({ start: 0, end: derivation.peek().length }, example.derivation);
    void rest();
  };
  const { problems } = reading.value;
  const left = `∂${target.value}/∂${wrt.value}`;
  return (
    <section class="panel derivation" aria-labelledby="derivation-title">
      <header>
        <h2 id="derivation-title">My derivation</h2>
        <Summary />
        <ExampleList take={take} />
      </header>
      <div class="derivation-body">
        <div class="derivation-text">
          <Editor
            text={derivation.value}
            label="Derivation, in plain text or LaTeX"
            placeholder={`${left} = …\nor \\frac{\\partial ${target.value}}{\\partial ${wrt.value}} = …`}
            marks={marks.value}
            invalid={problems.length > 0}
            describedBy="derivation-problems"
            change={(text) => {
              derivation.value = text;
            }}
            caret={moveCaret}
            handle={editor}
          />
          <div id="derivation-problems" class="editor-problems" role="status">
            {problems.map(({ message, where, span }) => (
              <button key={span.start} type="button" class="problem-button" onClick={() => select(span)}>
                {where}: {message}
              </button>
            ))}
            {failure.value !== '' && <p class="problem">The check could not run: {failure.value}</p>}
          </div>
          <Declared />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and what scrolls must be within reach */}
        <section class="statements" aria-label="Formulas and verdicts" tabIndex={0}>
          {judged.value.slice(0, MOST).map((item, i) => (
            <Statement key={i} item={item} caret={caret} edit={edit} select={select} />
          ))}
          {judged.value.length > MOST && (
            <p class="note">
              The first {MOST} of {judged.value.length} formulas are shown.
            </p>
          )}
          {derivation.value.trim() === '' && (
            <>
              <p class="note">
                Write a gradient of this graph, a formula a line, or paste a document with formulas. It is
                typeset here as you type, and each term is judged. Or look at one of these:
              </p>
              <ExampleButtons take={take} />
            </>
          )}
        </section>
      </div>
    </section>
  );
}

/** Where a place of the text that has been read is in the text as it is now; undefined if it has been changed. */
function placeNow(span: Span): Span | undefined {
  return carried(span, changeBetween(rested.peek(), derivation.peek()));
}

/** The terms by their verdicts and the places that cannot be read, where they are now: the text may be ahead of them. */
function useMarks() {
  const read = useComputed<readonly Mark[]>(() => [
    ...judged.value.flatMap(({ report }) =>
      (report?.terms ?? []).map(({ span, verdict }) => ({ span, kind: verdict })),
    ),
    ...reading.value.problems.map(({ span }) => ({ span, kind: 'error' })),
  ]);
  return useComputed<readonly Mark[]>(() => {
    if (rested.value === derivation.value) return read.value;
    const change = changeBetween(rested.value, derivation.value);
    return read.value.flatMap((mark) => {
      const span = carried(mark.span, change);
      return span === undefined ? [] : [{ ...mark, span }];
    });
  });
}

/** Where the caret is, and how it is told; the paths of the terms there are lit, also once they have been judged. */
function useCaret(): readonly [caret: number | undefined, move: (at: number | undefined) => void] {
  const caret = useSignal<number | undefined>(undefined);
  const light = (at: number | undefined) => {
    const here = judged
      .peek()
      .flatMap(({ report }) => report?.terms ?? [])
      .filter(({ span }) => at !== undefined && span.start <= at && at <= span.end);
    hover.value =
      here.length === 0
        ? undefined
        : { segments: here.flatMap(({ variables }) => segmentsOf(document.peek(), variables)) };
  };
  useSignalEffect(() => {
    judged.value;
    if (caret.peek() !== undefined) light(caret.peek());
  });
  const move = (at: number | undefined) => {
    if (at === caret.peek()) return;
    caret.value = at;
    light(at);
  };
  return [caret.value, move];
}

function Summary() {
  const all = judged.value.flatMap(({ report }) => (report === undefined ? [] : [report]));
  const right = all.filter(({ verdict }) => verdict === 'right').length;
  return (
    <span class="note" role="status">
      {judging.value && all.length === 0 ? 'checking …' : ''}
      {all.length > 0 ? `${right} of ${all.length} right` : ''}
    </span>
  );
}

/** A pasted document may declare the model that it is about. */
function Declared() {
  const text = declared.value;
  if (text === undefined || text.trim() === equations.value.trim()) return null;
  return (
    <p class="declared">
      <span>This document declares a model of its own.</span>
      <button
        type="button"
        onClick={() => {
          edits.value++;
          void replaceEquations(text);
        }}
      >
        Use its equations
      </button>
    </p>
  );
}
