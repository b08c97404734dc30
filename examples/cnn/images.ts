/** Images of handwritten digits: packed as the example ships them, and bent a little, as other hands would write them. */

import type { Data } from '../../src/ops/op.ts';

/** Rows and columns of an image. */
export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
/** 0 to 9. */
export const CLASSES = 10;

export interface Digits {
  /** Grey levels from 0 (paper) to 1 (ink), 28×28 row-major. */
  readonly images: readonly Float64Array[];
  /** The digit that each shows. */
  readonly labels: readonly number[];
}

/** Bytes in base64; a zero is followed by the number of zeros there, 1 to 255. Most of an image is paper. */
export function packed(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    text += String.fromCharCode(bytes[i]);
    if (bytes[i++] !== 0) continue;
    let run = 1;
    while (i < bytes.length && bytes[i] === 0 && run < 255) {
      run++;
      i++;
    }
    text += String.fromCharCode(run);
  }
  return btoa(text);
}

/** What {@link packed} shortened, as grey levels from 0 to 1. */
export function unpacked(text: string): Float64Array {
  const bytes = atob(text);
  const image = new Float64Array(PIXELS);
  let pixel = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes.charCodeAt(i);
    if (byte === 0) pixel += bytes.charCodeAt(++i);
    else image[pixel++] = byte / 255;
  }
  return image;
}

/** The digits of a list that has equally many of each class, class by class. */
export function digitsOf(packedImages: readonly string[]): Digits {
  const perClass = packedImages.length / CLASSES;
  return {
    images: packedImages.map(unpacked),
    labels: packedImages.map((_, i) => Math.floor(i / perClass)),
  };
}

/** The most that {@link bend} does. */
const TURN = 0.17; // radians, 10°
const STRETCH = 0.1;
const SHEAR = 0.15;
const SHIFT = 2; // pixels

/**
 * Writes `image`, turned, stretched, sheared and shifted at random about its centre, to `to` from `offset` on. Each
 * pixel is read where the inverse of the map has it, between its four neighbours in proportion.
 */
export function bend(image: Float64Array, random: () => number, to: Data, offset: number): void {
  const either = (most: number): number => most * (2 * random() - 1);
  const turn = either(TURN);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [wide, high, shear] = [1 + either(STRETCH), 1 + either(STRETCH), either(SHEAR)];
  const centre = (SIDE - 1) / 2;
  const [right, down] = [either(SHIFT), either(SHIFT)];
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const x = column - centre - right;
      const y = row - centre - down;
      const fromX = centre + wide * (cos * x - sin * y) + shear * y;
      const fromY = centre + high * (sin * x + cos * y);
      to[offset + row * SIDE + column] = between(image, fromX, fromY);
    }
  }
}

/** The grey level at a point, bilinear between pixels; paper outside. */
function between(image: Float64Array, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const [right, low] = [x - left, y - top];
  return (
    (1 - low) * ((1 - right) * pixel(image, top, left) + right * pixel(image, top, left + 1)) +
    low * ((1 - right) * pixel(image, top + 1, left) + right * pixel(image, top + 1, left + 1))
  );
}

function pixel(image: Float64Array, row: number, column: number): number {
  return row < 0 || row >= SIDE || column < 0 || column >= SIDE ? 0 : image[row * SIDE + column];
}
