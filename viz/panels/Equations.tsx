/** The model's equations in an editor: the graph follows as one types, and what cannot be read says where. */

import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { examples } from '../../examples/index.ts';
import { drawn, problem } from '../state/equations.ts';
import { chooseModel, drawEquations } from '../state/models.ts';
import type { NetworkText } from '../state/networks.ts';
import { document, edits, equations, model } from '../state/store.ts';
import { SERVED, TYPED } from '../state/url.ts';
import { Editor, type EditorHandle } from './Editor.tsx';
import { PickList } from './PickList.tsx';

/** Milliseconds that the text rests before it is read: longer where drawing takes its time. */
const PAUSE = 150;
const LONGEST_PAUSE = 1500;

/** The editor, while it is on the page. */
const editor: { current: EditorHandle | undefined } = { current: undefined };

/** Whether the editor was asked for, and takes the focus when it comes. */
const asked = { current: false };

/** Writes equations in the place of those there are, and draws them. */
export async function replaceEquations(text: string): Promise<void> {
  if (editor.current !== undefined) editor.current.replace({ start: 0, end: equations.peek().length }, text);
  else equations.value = text;
  if (model.peek() === TYPED) await drawEquations();
  else await chooseModel(TYPED);
}

export function Equations() {
  const own =
    model.value === TYPED || (model.value === SERVED && document.value.model.equations !== undefined);
  return (
    <section class="panel equations" aria-labelledby="equations-title">
      <header>
        <h2 id="equations-title">Equations</h2>
        {own && <Status />}
        {own && (
          <Starts
            take={(text) => {
              edits.value++;
              void replaceEquations(text);
            }}
          />
        )}
      </header>
      {own ? <OwnEquations /> : <Elsewhere />}
    </section>
  );
}

/** Networks to start from. They take the place of what is written, which Back and undo bring back. */
function Starts({ take }: { take: (text: string) => void }) {
  const networks = useSignal<readonly NetworkText[]>([]);
  useEffect(() => {
    void import('../state/networks.ts').then((loaded) => {
      networks.value = loaded.networks;
    });
  }, []);
  return (
    <PickList
      label="Start from a network"
      heading="start from …"
      titles={networks.value.map(({ title }) => title)}
      take={(i) => take(networks.value[i].text)}
    />
  );
}

function Status() {
  return problem.value === undefined ? <span class="ok">✓ drawn</span> : <span class="bad">✗ not drawn</span>;
}

/** The graph is one of the examples: the way to one's own. */
function Elsewhere() {
  return (
    <>
      <p class="note">
        The graph on the page is {examples.some(({ name }) => name === model.value) ? 'the example ' : ''}
        {document.value.model.name}.
      </p>
      <p class="run">
        <button
          type="button"
          class="check-button"
          onClick={() => {
            asked.current = true;
            void chooseModel(TYPED);
          }}
        >
          {equations.value === '' ? 'Write equations' : 'Back to my equations'}
        </button>
      </p>
    </>
  );
}

function OwnEquations() {
  const took = useRef(0);
  useEffect(() => {
    if (!asked.current) return;
    asked.current = false;
    const { length } = equations.peek();
    editor.current?.select({ start: length, end: length });
  }, []);
  useSignalEffect(() => {
    const text = equations.value;
    if (text === drawn.peek()) return;
    const timer = setTimeout(
      async () => {
        if (text === drawn.peek()) return;
        const start = performance.now();
        await drawEquations();
        took.current = performance.now() - start;
      },
      Math.min(LONGEST_PAUSE, Math.max(PAUSE, 2 * took.current)),
    );
    return () => clearTimeout(timer);
  });
  const marks = useComputed(() =>
    problem.value?.span === undefined ? [] : [{ span: problem.value.span, kind: 'error' }],
  );
  const found = problem.value;
  return (
    <>
      <Editor
        text={equations.value}
        label="Equations of the model"
        marks={marks.value}
        invalid={found !== undefined}
        describedBy="equations-problem"
        change={(text) => {
          equations.value = text;
        }}
        handle={editor}
      />
      <div id="equations-problem" class="editor-problems" role="status">
        {found !== undefined && (
          <button
            type="button"
            class="problem-button"
            disabled={found.span === undefined}
            onClick={() => found.span !== undefined && editor.current?.select(found.span)}
          >
            {found.line}
          </button>
        )}
        {found !== undefined && (
          <p class="note">
            The graph is {found.hasEarlier ? 'the last that could be drawn' : 'that of the example rnn'}.
          </p>
        )}
      </div>
      <details class="syntax">
        <summary>how equations are written</summary>
        <p class="note">
          A line each. <code>param W: 4x4</code>, <code>input x_t: 3 for t = 1..T</code>, <code>target</code>{' '}
          and <code>const</code> declare what is given; every other line defines a variable. Plain text,
          Unicode and LaTeX are read: <code>W H_{'{t-1}'}</code>, <code>⊙</code>, <code>\odot</code>,{' '}
          <code>^T</code>, <code>tanh(…)</code>, <code>sum_t E_t</code>. A scalar without uses is the target.
        </p>
      </details>
    </>
  );
}
