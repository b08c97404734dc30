/** Derivations to start from, with the equations of their networks: documents that `gradpath check` reads too. */

const texts = import.meta.glob<string>('../../examples/derivations/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export interface DerivationText {
  readonly title: string;
  readonly equations: string;
  readonly derivation: string;
}

export const derivations: readonly DerivationText[] = Object.keys(texts)
  .sort()
  .map((path) => {
    const [, title, equations, derivation] = /^# *(.*)\n+```gradpath\n([^`]*)```\n+([\s\S]*)$/.exec(
      texts[path],
    )!;
    return { title, equations, derivation };
  });
