/** Derivations to look at: one click fills both editors, which Back and undo bring back. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { DerivationText } from '../state/derivations.ts';
import { PickList } from './PickList.tsx';

interface ExamplesProps {
  readonly take: (example: DerivationText) => void;
}

/** They are a chunk of their own, loaded with the editor. */
function useExamples(): readonly DerivationText[] {
  const examples = useSignal<readonly DerivationText[]>([]);
  useEffect(() => {
    void import('../state/derivations.ts').then(({ derivations }) => {
      examples.value = derivations;
    });
  }, []);
  return examples.value;
}

export function ExampleList({ take }: ExamplesProps) {
  const examples = useExamples();
  return (
    <PickList
      label="Example of a derivation"
      heading="examples …"
      titles={examples.map(({ title }) => title)}
      take={(i) => take(examples[i])}
    />
  );
}

export function ExampleButtons({ take }: ExamplesProps) {
  return (
    <ul class="example-buttons" aria-label="Examples of derivations">
      {useExamples().map((example) => (
        <li key={example.title}>
          <button type="button" onClick={() => take(example)}>
            {example.title}
          </button>
        </li>
      ))}
    </ul>
  );
}
