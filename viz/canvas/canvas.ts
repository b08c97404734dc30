/** The graph on a canvas: elements and classes in, pointer events out. Only this folder knows Cytoscape. */

import cytoscape, { type Core, type ElementDefinition } from 'cytoscape';
import { LONG, labelHeight } from '../layout/fromView.ts';
import { offset } from '../layout/polyline.ts';
import type { Layout } from '../layout/spec.ts';
import type { Scene, Strand } from '../state/scene.ts';
import type { View } from '../state/view.ts';
import { elementsOf } from './elements.ts';
import type { Palette } from './palette.ts';
import { type Reading, readingOf } from './reading.ts';
import { edgeGeometry } from './segments.ts';
import { styleSheet } from './style.ts';

export interface Handlers {
  readonly node: (key: string) => void;
  readonly edge: (key: string) => void;
  readonly group: (name: string) => void;
  readonly background: () => void;
  readonly hoverEdge: (key: string | undefined) => void;
}

const LANE = 4.8;
const FIT_PADDING = 22;
/** Below this zoom names would be too small to read. */
const SMALL = 0.62;
/** A long picture is shown at this zoom, as far as its height allows, rather than whole. */
const READABLE = 0.5;
/** What the buttons in the lower right corner take. */
const CORNER = { width: 138, height: 50 };

export class GraphCanvas {
  readonly #cy: Core;
  readonly #container: HTMLElement;
  #layout: Layout | undefined;
  #view: View | undefined;
  #strands = '';
  #touched = false;
  #palette: Palette | undefined;
  #large = false;
  #long = false;
  #focus: string | undefined;
  /** What should be seen beside it, if both fit. */
  #beside: string | undefined;

  constructor(container: HTMLElement, handlers: Handlers) {
    this.#container = container;
    this.#cy = cytoscape({
      container,
      autoungrabify: true, // segment edges are relative to their ends: dragging would shear them
      autounselectify: true,
      boxSelectionEnabled: false,
      minZoom: 0.1,
      maxZoom: 4,
      layout: { name: 'preset' },
    });
    const cy = this.#cy;
    cy.on('tap', (event) => {
      if (event.target === cy) handlers.background();
    });
    cy.on('tap', 'node', (event) => {
      const { group, key } = event.target.data();
      if (group === undefined) handlers.node(key);
      else if (event.target.hasClass('header')) handlers.group(group);
      else handlers.background();
    });
    cy.on('tap', 'edge', (event) => handlers.edge(event.target.id()));
    cy.on('mouseover', 'edge', (event) => handlers.hoverEdge(event.target.id()));
    cy.on('mouseout', 'edge', () => handlers.hoverEdge(undefined));
    // leaving the canvas over an edge is no mouseout for Cytoscape
    container.addEventListener('pointerleave', () => handlers.hoverEdge(undefined));
    cy.on('mousemove', (event) => {
      const { target } = event;
      const pointer = target !== cy && !target.hasClass('group');
      container.style.cursor = pointer ? 'pointer' : '';
      container.title = (target !== cy && target.data('title')) || '';
    });
    cy.on('dragpan scrollzoom pinchzoom', () => {
      this.#touched = true;
    });
  }

  /** Shows other nodes and edges. The picture is fitted anew unless the person has moved it and it is the same document. */
  show(view: View, layout: Layout, label: number, keepViewport: boolean): void {
    this.#view = view;
    this.#layout = layout;
    this.#long = label >= labelHeight(LONG);
    this.#strands = '';
    this.#cy.batch(() => {
      this.#cy.elements().remove();
      this.#cy.add(elementsOf(view, layout, label));
    });
    if (!(keepViewport && this.#touched)) this.fit();
  }

  /** Classes and strands; nothing moves. */
  paint(scene: Scene): void {
    const cy = this.#cy;
    const strands = JSON.stringify([scene.strands, scene.quiet]);
    cy.batch(() => {
      for (const [key, classes] of scene.nodes) cy.getElementById(key).classes([...classes]);
      for (const [key, classes] of scene.edges) cy.getElementById(key).classes([...classes]);
      if (strands !== this.#strands) {
        cy.elements('edge.strand').remove();
        cy.add(scene.strands.map((strand) => this.#strand(strand, scene.quiet)));
        this.#strands = strands;
      }
      cy.elements('edge.halo').remove();
      cy.add(this.#halos(scene));
    });
  }

  /** Lanes may all lie beside their edge: what marks it goes beneath their middle. */
  #halos(scene: Scene): ElementDefinition[] {
    const marked = [...scene.edges].filter(
      ([, classes]) =>
        classes.includes('covered') && (classes.includes('hover') || classes.includes('selected')),
    );
    return marked.map(([key]) => {
      const lanes = scene.strands.filter((strand) => strand.edge === key).map((strand) => strand.lane);
      const middle = (Math.min(...lanes) + Math.max(...lanes)) / 2;
      return { group: 'edges', data: { id: `halo-${key}`, ...this.#lane(key, middle) }, classes: 'halo' };
    });
  }

  /** An edge's ends and geometry, moved to a lane of its bundle. */
  #lane(key: string, lane: number) {
    const layout = this.#layout!;
    const { source, target } = this.#cy.getElementById(key).data() as { source: string; target: string };
    const points = offset(layout.edges[key], lane * LANE);
    return { source, target, ...edgeGeometry(points, layout.nodes[source], layout.nodes[target]) };
  }

  #strand(strand: Strand, quiet: boolean): ElementDefinition {
    return {
      group: 'edges',
      data: { id: `strand-${strand.path}-${strand.edge}`, ...this.#lane(strand.edge, strand.lane) },
      classes: `strand colour-${strand.colour}${quiet ? ' quiet' : ''}`,
    };
  }

  /** Pictures inside nodes, by key; undefined: none. */
  decorate(art: ReadonlyMap<string, string | undefined>): void {
    this.#cy.batch(() => {
      for (const [key, url] of art) {
        const node = this.#cy.getElementById(key);
        if (url === undefined) node.removeData('art');
        else if (node.data('art') !== url) node.data('art', url);
      }
    });
  }

  restyle(palette: Palette): void {
    this.#palette = palette;
    this.#large = this.#cy.zoom() < SMALL;
    this.#cy.style(styleSheet(palette, this.#large));
  }

  /** The whole graph; unless asked for `whole`, a long one by its height, with what is looked at in view. */
  fit(whole = false): void {
    this.#touched = whole && this.#long;
    this.#cy.resize();
    if (this.#cy.elements().empty()) return;
    this.#cy.fit(undefined, Math.min(FIT_PADDING, this.#container.clientWidth / 24));
    if (this.#cy.zoom() > 1.6) {
      this.#cy.zoom(1.6);
      this.#cy.center();
    }
    if (!whole && this.#long) this.#fitHeight();
    else if (this.#cornerTaken()) this.#fitAbove();
    // on small screens names grow into the room that they have
    const large = this.#cy.zoom() < SMALL;
    if (large !== this.#large && this.#palette !== undefined) this.restyle(this.#palette);
  }

  /** Whether a node lies under the buttons in the corner. */
  #cornerTaken(): boolean {
    const { clientWidth, clientHeight } = this.#container;
    return this.#cy.nodes('[key]').some((node) => {
      const { x2, y2 } = node.renderedBoundingBox({ includeLabels: false, includeOverlays: false });
      return x2 > clientWidth - CORNER.width && y2 > clientHeight - CORNER.height;
    });
  }

  /** The whole graph above the buttons. */
  #fitAbove(): void {
    const { clientWidth, clientHeight } = this.#container;
    const { x1, y1, w, h } = this.#cy.elements().boundingBox();
    const pad = Math.min(FIT_PADDING, clientWidth / 24);
    const [width, height] = [clientWidth - 2 * pad, clientHeight - CORNER.height - pad];
    const zoom = Math.min(1.6, width / w, height / h);
    this.#cy.viewport({
      zoom,
      pan: {
        x: pad + (width - zoom * w) / 2 - zoom * x1,
        y: pad / 2 + (height - zoom * h) / 2 - zoom * y1,
      },
    });
  }

  #fitHeight(): void {
    const { clientHeight } = this.#container;
    const { y1, h } = this.#cy.elements().boundingBox();
    const height = clientHeight - FIT_PADDING - CORNER.height;
    const zoom = Math.min(READABLE, height / h);
    if (zoom <= this.#cy.zoom()) return;
    this.#cy.zoom(zoom);
    this.#cy.center();
    this.#cy.pan({ x: this.#cy.pan().x, y: FIT_PADDING + (height - zoom * h) / 2 - zoom * y1 });
    this.#bring(this.#focus);
  }

  /** Moves the picture sideways until the node is in its middle, or the picture's end at the border. */
  #bring(key: string | undefined): void {
    const node = key === undefined ? undefined : this.#cy.getElementById(key);
    if (node === undefined || node.empty()) return;
    const width = this.#container.clientWidth;
    const { x1, x2 } = this.#cy.elements().boundingBox();
    const zoom = this.#cy.zoom();
    const left = FIT_PADDING - x1 * zoom;
    const right = width - FIT_PADDING - x2 * zoom;
    const other = this.#beside === undefined ? node : this.#cy.getElementById(this.#beside);
    const [a, b] = [node.position().x, other.empty() ? node.position().x : other.position().x];
    const both = zoom * (Math.abs(a - b) + node.width() + 40) < width;
    const pan = {
      x: Math.min(left, Math.max(right, width / 2 - (both ? (a + b) / 2 : a) * zoom)),
      y: this.#cy.pan().y,
    };
    this.#cy.pan(pan);
  }

  /** What a long picture is about now. It is brought into view if it is outside, unless a person has moved the picture. */
  lookAt(key: string | undefined, beside?: string): void {
    this.#focus = key;
    this.#beside = beside;
    if (!this.#long || this.#touched || key === undefined) return;
    const node = this.#cy.getElementById(key);
    if (node.empty()) return;
    const { x1, x2 } = node.renderedBoundingBox();
    if (x1 < 0 || x2 > this.#container.clientWidth) this.#bring(key);
  }

  zoomBy(factor: number): void {
    this.#touched = true;
    const { clientWidth, clientHeight } = this.#container;
    this.#cy.zoom({
      level: this.#cy.zoom() * factor,
      renderedPosition: { x: clientWidth / 2, y: clientHeight / 2 },
    });
  }

  resized(): void {
    if (this.#touched) this.#cy.resize();
    else this.fit();
  }

  /** For tests: what is drawn, in model coordinates. */
  read(): Reading {
    return readingOf(this.#cy, this.#layout);
  }

  get view(): View | undefined {
    return this.#view;
  }
}
