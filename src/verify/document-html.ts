/** HTML in a document: tags and entities as what they mean in a formula, each as long as it was. */

const NAMES =
  'a|abbr|article|aside|b|blockquote|br|center|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|iframe|' +
  'img|input|ins|kbd|label|li|mark|nav|ol|p|pre|s|section|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|' +
  'tr|tt|u|ul|var|video';
const TAG = new RegExp(
  String.raw`<(/?)(${NAMES})(?:\s+[\w:-]{1,40}(?:=(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|[^\s"'<>]{0,200}))?){0,30}\s*/?>`,
  'gi',
);
const ENTITY = /&(nbsp|lt|gt|amp|part|nabla|sum|prod|middot|sdot|times|minus|delta|sigma|alpha|eta|theta);/g;
const CHARACTERS: Readonly<Record<string, string>> = {
  nbsp: ' ',
  lt: '<',
  gt: '>',
  amp: '&',
  part: '∂',
  nabla: '∇',
  sum: '∑',
  prod: '∏',
  middot: '·',
  sdot: '·',
  times: '×',
  minus: '−',
  delta: 'δ',
  sigma: 'σ',
  alpha: 'α',
  eta: 'η',
  theta: 'θ',
};

/** `H<sub>3</sub>` becomes `H_{3}`; other tags are blanks. */
export function withoutHtml(text: string): string {
  if (!/[<&]/.test(text)) return text;
  const script: Readonly<Record<string, string>> = { sub: '_{', sup: '^{' };
  return text
    .replace(TAG, (tag: string, end: string, name: string) => {
      const mark = script[name.toLowerCase()];
      return (mark === undefined ? '' : end === '' ? mark : '}').padEnd(tag.length);
    })
    .replace(ENTITY, (entity: string, name: string) => (CHARACTERS[name] ?? '').padEnd(entity.length));
}
