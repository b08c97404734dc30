/** The viewer as tests see it: opened and laid out, its canvas read through the page's own handle. */

import type { Page } from 'playwright-core';
import type { Handle } from '../../viz/testing.ts';
import { openPage, type PageOptions, type TestPage } from './page.ts';

type Exposed = typeof globalThis & { __gradpath: Handle };

export interface Viewer extends TestPage {
  /** Names of edges by class, sorted: `{ 'path-0': ['H_3→O_3', …] }` for classes that match. */
  edgesBy(pattern: RegExp): Promise<Record<string, string[]>>;
  edges(): Promise<ReturnType<Handle['edges']>>;
  classesOf(node: string): Promise<readonly string[]>;
  state(): Promise<Record<string, unknown>>;
  /** Puts the pointer on the middle of an edge's longest line. */
  pointAtEdge(name: string): Promise<void>;
}

export async function openViewer(hash = '', options: PageOptions = {}): Promise<Viewer> {
  const opened = await openPage({ width: 1440, height: 900, ...options, url: hash });
  const { page } = opened;
  await laidOut(page);
  const edges = () => page.evaluate(() => (globalThis as Exposed).__gradpath.edges());
  return {
    ...opened,
    edges,
    async edgesBy(pattern) {
      const found: Record<string, string[]> = {};
      for (const { name, classes } of await edges()) {
        for (const mark of classes) if (pattern.test(mark)) (found[mark] ??= []).push(name);
      }
      for (const names of Object.values(found)) names.sort();
      return found;
    },
    async classesOf(node) {
      const nodes = await page.evaluate(() => (globalThis as Exposed).__gradpath.nodes());
      return nodes.find(({ name }) => name === node)?.classes ?? [];
    },
    state: () => page.evaluate(() => (globalThis as Exposed).__gradpath.state()),
    async pointAtEdge(name) {
      const edge = (await edges()).find((other) => other.name === name)!;
      const box = (await page.locator('.canvas').boundingBox())!;
      await page.mouse.move(box.x + edge.middle.x, box.y + edge.middle.y);
    },
  };
}

/** Waits until the layout wanted is on the canvas, and the page holds still. */
export async function laidOut(page: Page): Promise<void> {
  await page.waitForSelector('.canvas[data-layout=elk]', { state: 'attached' }); // charts may hide it
  // fonts change the height of formulas, hence the place of the picture; it moves a frame later
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

/** The node, the words or the text of what has the focus. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    const words = element?.querySelector(':scope > .visually-hidden')?.textContent;
    return element?.getAttribute('data-node') ?? words ?? element?.textContent ?? '';
  });
}
