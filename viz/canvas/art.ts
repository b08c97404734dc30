/** What a node carries under its name: its value and its gradient as small heatmaps, drawn as an SVG image. */

import type { Tensor } from '../../src/run/eager.ts';
import { colour, inkOn, rgb, type Shade, short } from '../state/heat.ts';
import { gridOf, sliceOf, slicesOf } from '../state/slices.ts';
import type { Role } from '../state/view.ts';
import { pixels } from './pixels.ts';

export interface Art {
  readonly role: Role;
  readonly width: number;
  readonly height: number;
  /** Height of the line that holds the name. */
  readonly label: number;
  readonly shape: readonly number[];
  readonly value: Tensor | undefined;
  readonly gradient: Tensor | undefined;
  readonly valueMax: number;
  readonly gradientMax: number;
  readonly shade: Shade;
  readonly ink: string;
  readonly line: string;
}

/** Up to so many cells have borders; larger pictures are pixels. */
const MAX_ROWS = 12;
const MAX_COLUMNS = 24;
/** Pictures of one tensor. */
const MAX_SLICES = 64;
/** Rows and columns of one picture; of a larger one every so manyth is shown. */
const MAX_PIXELS = 96;

/** A data URL, or undefined for nodes that show only their symbol. */
export function nodeArt(art: Art): string | undefined {
  if (art.role === 'op') return undefined;
  const { width, height, shape } = art;
  const room = { width: width - 18, height: height - art.label - 8 };
  const pair = art.role !== 'leaf';
  let body: string;
  if (shape.length > 1) {
    // matrices: value and gradient side by side
    const half = pair ? (room.width - 10) / 2 : room.width;
    const map = (tensor: Tensor | undefined, x: number, max: number) =>
      heatmap(art, tensor, { x, y: art.label, width: half, height: room.height }, max);
    body = map(art.value, 9, art.valueMax) + (pair ? map(art.gradient, 9 + half + 10, art.gradientMax) : '');
  } else {
    const strip = pair ? (room.height - 4) / 2 : room.height;
    const map = (tensor: Tensor | undefined, row: number, max: number) =>
      heatmap(art, tensor, { x: 9, y: art.label + row * (strip + 4), width: room.width, height: strip }, max);
    body = map(art.value, 0, art.valueMax) + (pair ? map(art.gradient, 1, art.gradientMax) : '');
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * width}" height="${2 * height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Cells in the area's middle; outlines only while the numbers are not known. */
function heatmap(art: Art, tensor: Tensor | undefined, area: Area, max: number): string {
  const { shape } = art;
  const slices = slicesOf(shape);
  if (slices.count > 1 || slices.rows > MAX_ROWS || (shape.length > 1 && slices.columns > MAX_COLUMNS))
    return pictures(art, tensor, area, max);
  const columns = Math.min(MAX_COLUMNS, slices.columns);
  const { rows } = slices;
  const scalar = shape.length === 0;
  const size = Math.min(area.width / columns, area.height / rows);
  const cellWidth = rows === 1 ? Math.min(area.width / columns, scalar ? area.width : 18) : size;
  const cellHeight = rows === 1 ? area.height : size;
  const x0 = area.x + (area.width - cellWidth * columns) / 2;
  const y0 = area.y + (area.height - cellHeight * rows) / 2;
  const n = (v: number) => Number(v.toFixed(2));
  if (tensor === undefined) {
    const [x, y, w, h] = [x0 + 0.5, y0 + 0.5, cellWidth * columns - 1, cellHeight * rows - 1].map(n);
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="2" fill="none" stroke="${art.line}" stroke-dasharray="2 2"/>`;
  }
  const stride = shape.at(-1) ?? 1;
  let out = '';
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const fill = colour(tensor.data[i * stride + j], max, art.shade);
      const [x, y, w, h] = [x0 + j * cellWidth, y0 + i * cellHeight, cellWidth, cellHeight].map(n);
      out += `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" stroke="${art.line}" stroke-width="0.6"/>`;
    }
  }
  if (scalar) {
    const y = n(area.y + area.height / 2 + 4.2);
    const fill = inkOn(tensor.data[0], max, art.shade);
    out += `<text x="${n(area.x + area.width / 2)}" y="${y}" font-family="system-ui, sans-serif" font-size="12" text-anchor="middle" fill="${fill}">${short(tensor.data[0])}</text>`;
  }
  return out;
}

/** One picture per place along the leading axes, a pixel per number. */
function pictures(art: Art, tensor: Tensor | undefined, area: Area, max: number): string {
  const all = slicesOf(art.shape);
  const slices = { ...all, count: Math.min(MAX_SLICES, all.count) };
  const { across, down, unit } = gridOf(slices, area.width, area.height, GAP);
  // long and thin matrices are stretched until something can be seen
  const thick = (size: number, room: number) => Math.max(size, Math.min(room, THIN));
  const width = thick(slices.columns * unit, area.width / across - GAP);
  const height = thick(slices.rows * unit, area.height / down - GAP);
  const x0 = area.x + (area.width - across * (width + GAP) + GAP) / 2;
  const y0 = area.y + (area.height - down * (height + GAP) + GAP) / 2;
  const n = (v: number) => Number(v.toFixed(2));
  let out = '';
  for (let k = 0; k < slices.count; k++) {
    const [x, y] = [x0 + (k % across) * (width + GAP), y0 + Math.floor(k / across) * (height + GAP)];
    const place = `x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"`;
    if (tensor === undefined) {
      out += `<rect ${place} fill="none" stroke="${art.line}" stroke-width="0.6" stroke-dasharray="2 2"/>`;
      continue;
    }
    const { data } = sliceOf(tensor, k);
    const [rows, columns] = [slices.rows, slices.columns].map((size) => Math.min(size, MAX_PIXELS));
    const url = pixels(columns, rows, (i, j) => {
      const row = Math.floor((i * slices.rows) / rows);
      return rgb(data[row * slices.columns + Math.floor((j * slices.columns) / columns)], max, art.shade);
    });
    out += `<image ${place} preserveAspectRatio="none" image-rendering="pixelated" href="${url}"/>`;
    out += `<rect ${place} fill="none" stroke="${art.line}" stroke-width="0.6"/>`;
  }
  return out;
}

const GAP = 2;
const THIN = 9;
