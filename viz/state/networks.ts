/** Networks of the literature as equations to start from. A chunk of its own: it is loaded with the editor. */

const texts = import.meta.glob<string>('../../examples/networks/*.txt', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export interface NetworkText {
  /** From the comment in the first line. */
  readonly title: string;
  readonly text: string;
}

export const networks: readonly NetworkText[] = Object.values(texts)
  .map((text) => ({ title: /^# *(.*)/.exec(text)?.[1] ?? text.split('\n')[0], text }))
  .sort((a, b) => a.title.localeCompare(b.title, 'en'));
