/** Long texts of an address are packed, and come back as they were; what a link unfolds to is bounded. */

import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_TEXT, packHash, unpackHash } from '../../viz/state/pack.ts';

const hashOf = (text: string) => `#model=rnn&${new URLSearchParams([['equations', text]])}&path=1,2`;

test('what is packed is what is unpacked', async () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.string({ maxLength: 60 }).map((text) => `z.${text}`),
    fc.string({ minLength: 200, maxLength: 900 }),
  );
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const problems: string[] = [];
      const hash = await unpackHash(await packHash(hashOf(text)), problems);
      expect(new URLSearchParams(hash.slice(1)).get('equations')).toBe(text);
      expect(problems).toEqual([]);
      expect(hash).toMatch(/^#model=rnn&.*&path=1,2$/);
    }),
    { numRuns: 200 },
  );
});

test('short texts stay legible, long ones shrink', async () => {
  expect(await packHash(hashOf('y = W x'))).toBe('#model=rnn&equations=y+%3D+W+x&path=1,2');
  const long = 'H_t = tanh(U x_t + W H_{t-1}) for t = 1..T\n'.repeat(20);
  expect((await packHash(hashOf(long))).length).toBeLessThan(200);
});

test.for([
  ['no packed text', 'z.????'],
  ['a text that ends too early', `z.${deflateRawSync('x'.repeat(500)).subarray(0, 4).toString('base64url')}`],
  ['a text that unfolds without end', `z.${deflateRawSync('x'.repeat(2 * MAX_TEXT)).toString('base64url')}`],
  ['bytes that are no text', `z.${deflateRawSync(Buffer.from([0xff, 0xfe, 0xff])).toString('base64url')}`],
] as const)('%s is left out, and told', async ([_what, packed]) => {
  const problems: string[] = [];
  const hash = await unpackHash(`#equations=${packed}&derivation=ok`, problems);
  expect(hash).toBe('#equations=&derivation=ok');
  expect(problems).toEqual(['the equations of this address are damaged and have been left out']);
});
