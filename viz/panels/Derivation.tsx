/** A person's derivation: its text in an editor, each statement typeset, with the verdict on each of its terms. */

import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { type Edit, failure, forget, judge, judged, judging, reading, rest } from '../state/derivation.ts';
import { segmentsOf } from '../state/report.ts';
import { derivation, document, edits, hover, target, wrt } from '../state/store.ts';
import { Editor, type EditorHandle, type Mark } from './Editor.tsx';
import { Statement } from './Statement.tsx';

/** Milliseconds that the text rests before it is read. */
const PAUSE = 150;

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

  const marks = useComputed<readonly Mark[]>(() => [
    ...judged.value.flatMap(({ report }) =>
      (report?.terms ?? []).map(({ span, verdict }) => ({ span, kind: verdict })),
    ),
    ...reading.value.problems.map(({ span }) => ({ span, kind: 'error' })),
  ]);
  const at = useSignal<number | undefined>(undefined);
  const point = (caret: number | undefined) => {
    at.value = caret;
    const here = judged
      .peek()
      .flatMap(({ report }) => report?.terms ?? [])
      .filter(({ span }) => caret !== undefined && span.start <= caret && caret <= span.end);
    hover.value =
      here.length === 0
        ? undefined
        : { segments: here.flatMap(({ variables }) => segmentsOf(document.peek(), variables)) };
  };
  const edit = ({ span, text }: Edit) => {
    editor.current?.replace(span, text);
    edits.value++;
    void rest();
  };
  const { problems } = reading.value;
  const left = `∂${target.value}/∂${wrt.value}`;
  return (
    <section class="panel derivation" aria-labelledby="derivation-title">
      <header>
        <h2 id="derivation-title">My derivation</h2>
        <Summary />
      </header>
      <div class="derivation-body">
        <div>
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
            caret={point}
            handle={editor}
          />
          <div id="derivation-problems" class="editor-problems" role="status">
            {problems.map(({ message, where, span }) => (
              <button
                key={span.start}
                type="button"
                class="problem-button"
                onClick={() => editor.current?.select(span)}
              >
                {where}: {message}
              </button>
            ))}
            {failure.value !== '' && <p class="problem">The check could not run: {failure.value}</p>}
          </div>
        </div>
        <div class="statements">
          {judged.value.map((item, i) => (
            <Statement
              key={i}
              item={item}
              caret={at.value}
              edit={edit}
              select={(span) => editor.current?.select(span)}
            />
          ))}
          {judged.value.length === 0 && problems.length === 0 && (
            <p class="note">
              Write a gradient of this graph, a formula a line. It is typeset here as you type.
            </p>
          )}
        </div>
      </div>
    </section>
  );
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
