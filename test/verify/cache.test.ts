import { expect, it } from 'vitest';
import { Cache } from '../../src/verify/cache.ts';

it('keeps the values that were used last, as many as it may', () => {
  const cache = new Cache<number>(2);
  const made: string[] = [];
  const ask = (key: string) =>
    cache.of(key, () => {
      made.push(key);
      return made.length;
    });
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map(ask)).toEqual([1, 2, 1, 3, 1, 4]);
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});
