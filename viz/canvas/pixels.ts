/** A small picture as a data URL, one pixel per number: an uncompressed bitmap, which needs no canvas. */

import type { Rgb } from '../state/heat.ts';

const HEADER = 54;

/** `at(row, column)` says the colours, rows from the top. */
export function pixels(width: number, height: number, at: (row: number, column: number) => Rgb): string {
  const stride = Math.ceil((3 * width) / 4) * 4;
  const bytes = new Uint8Array(HEADER + stride * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]); // "BM"
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, HEADER, true);
  view.setUint32(14, 40, true); // size of the second header
  view.setInt32(18, width, true);
  view.setInt32(22, -height, true); // negative: rows from the top
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true); // bits per pixel
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const [red, green, blue] = at(i, j);
      bytes.set([blue, green, red], HEADER + i * stride + 3 * j);
    }
  }
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return `data:image/bmp;base64,${btoa(text)}`;
}
