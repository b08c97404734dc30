/** Long texts of the address, compressed: equations and derivations must fit into a link. */

/** A packed text begins so; one that was typed like this is packed too. */
const MARK = 'z.';
/** Texts up to this length stay legible. */
const LEGIBLE = 120;
/** A link may be made by anyone: what it unfolds to is bounded. */
export const MAX_TEXT = 200_000;

/** The values of these keys are packed where they are long. */
export const packedKeys: readonly string[] = ['equations', 'derivation'];

/** The hash with its long texts packed. */
export async function packHash(hash: string): Promise<string> {
  return eachText(hash, async (text) =>
    text.length > LEGIBLE || text.startsWith(MARK) ? `${MARK}${await deflated(text)}` : text,
  );
}

/** The hash as it was; `problems` is told what cannot be unpacked, which is left out. */
export async function unpackHash(hash: string, problems: string[]): Promise<string> {
  return eachText(hash, async (text, key) => {
    if (!text.startsWith(MARK)) return text;
    try {
      return await inflated(text.slice(MARK.length));
    } catch {
      problems.push(`the ${key} of this address are damaged and have been left out`);
      return '';
    }
  });
}

async function eachText(
  hash: string,
  change: (text: string, key: string) => Promise<string>,
): Promise<string> {
  const parts = hash.replace(/^#/, '').split('&');
  const changed = await Promise.all(
    parts.map(async (part) => {
      const key = part.slice(0, Math.max(0, part.indexOf('=')));
      if (!packedKeys.includes(key)) return part;
      const [[, text]] = [...new URLSearchParams(part)];
      return new URLSearchParams([[key, await change(text, key)]]).toString();
    }),
  );
  return `#${changed.join('&')}`;
}

async function deflated(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

async function inflated(packed: string): Promise<string> {
  const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > MAX_TEXT) {
      await reader.cancel();
      throw new RangeError('too long');
    }
  }
}
