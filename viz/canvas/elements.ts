/** The elements of the canvas: columns with their titles, nodes and edges, where the layout put them. */

import type { ElementDefinition } from 'cytoscape';
import { centre, HEADER, type Layout, TITLE } from '../layout/spec.ts';
import type { View } from '../state/view.ts';
import { edgeGeometry } from './segments.ts';

/** Letters that reach below the line. */
const DEEP = /[gjpqy_]/;
/** Letters of a column's title. */
const MAX_TITLE = 16;

/** `label`: the height of the line that holds a node's name. */
export function elementsOf(view: View, layout: Layout, label: number): ElementDefinition[] {
  const elements: ElementDefinition[] = [];
  const font = Math.round(label * 0.67);
  for (const [name, box] of Object.entries(layout.groups)) {
    elements.push({
      group: 'nodes',
      data: {
        id: `g:${name}`,
        group: name,
        width: box.width,
        height: box.height,
      },
      position: centre(box),
      classes: 'group',
    });
    const title = [...name.replace('=', ' = ')];
    const cut = title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE - 1).join('')}…` : title.join('');
    const text = `${view.open.has(name) ? '▾' : '▸'}  ${cut}`;
    const size = Math.min(20, font - 3);
    const [width, height] = [Math.min(TITLE - 8, text.length * size * 0.46 + 10), HEADER - 6];
    elements.push({
      group: 'nodes',
      data: {
        id: `h:${name}`,
        group: name,
        width,
        height,
        label: text,
        font: size,
        fontLarge: Math.max(size, 19),
      },
      position: { x: box.x + 8 + width / 2, y: box.y + 7 + height / 2 },
      classes: 'header',
    });
  }
  for (const node of view.nodes) {
    const box = layout.nodes[node.key];
    const large = Math.max(font, DEEP.test(node.label) ? 20 : 24);
    elements.push({
      group: 'nodes',
      data: {
        id: node.key,
        key: node.key,
        width: box.width,
        height: box.height,
        label: node.label,
        title: node.title,
        // text stands on the upper border and is moved down, by no more than its own line
        labelY: font + 5,
        labelYLarge: Math.max(font + 5, label + (large < 24 ? -2 : 1)),
        font,
        fontLarge: large,
      },
      position: centre(box),
    });
  }
  const byId = new Map(view.nodes.map((node) => [node.id, node.key]));
  for (const edge of view.edges) {
    const [source, target] = [byId.get(edge.source)!, byId.get(edge.target)!];
    elements.push({
      group: 'edges',
      data: {
        id: edge.key,
        source,
        target,
        ...edgeGeometry(layout.edges[edge.key], layout.nodes[source], layout.nodes[target]),
      },
    });
  }
  return elements;
}
