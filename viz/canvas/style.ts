/** The canvas' style sheet: classes and data only, no function and no style set on an element. */

import type { StylesheetJson } from 'cytoscape';
import type { Palette } from './palette.ts';

export function styleSheet(p: Palette, large: boolean): StylesheetJson {
  const [font, labelY] = large ? ['data(fontLarge)', 'data(labelYLarge)'] : ['data(font)', 'data(labelY)'];
  const rules = [
    {
      selector: 'node',
      style: {
        shape: 'round-rectangle',
        'corner-radius': 9,
        width: 'data(width)',
        height: 'data(height)',
        'font-family': p.font,
        'font-weight': 600,
        color: p.ink,
        'text-valign': 'top',
        'text-halign': 'center',
        'background-color': p.node,
        'border-width': 1.5,
        'border-color': p.nodeLine,
        'overlay-opacity': 0,
        'z-index': 20,
      },
    },
    { selector: 'node[label]', style: { label: 'data(label)', 'font-size': font } },
    { selector: 'node[labelY]', style: { 'text-margin-y': labelY } },
    {
      selector: 'node[art]',
      style: {
        'background-image': 'data(art)',
        'background-fit': 'none',
        'background-width': '100%',
        'background-height': '100%',
        'background-image-smoothing': 'no',
        'background-image-opacity': 1,
      },
    },
    {
      selector: 'node.group',
      style: {
        'z-compound-depth': 'bottom',
        'z-index': 0,
        shape: 'round-rectangle',
        'corner-radius': 14,
        'background-color': p.group,
        'border-color': p.groupLine,
        'border-width': 1,
      },
    },
    {
      // above the edges: they pass behind the title
      selector: 'node.header',
      style: {
        'z-index': 15,
        shape: 'round-rectangle',
        'background-color': p.group,
        'border-width': 0,
        'text-valign': 'center',
        'text-margin-y': 0,
        color: p.muted,
      },
    },
    {
      selector: 'node.parameter',
      style: { 'background-color': p.parameter, 'border-color': p.parameterLine },
    },
    { selector: 'node.leaf', style: { 'border-style': 'dashed', 'font-weight': 400 } },
    {
      selector: 'node.op',
      style: { 'font-weight': 600, 'corner-radius': 17, 'text-valign': 'center', 'text-margin-y': 0 },
    },
    {
      selector: 'node.dim',
      style: { color: p.inkDim, 'border-color': p.lineDim, 'background-image-opacity': 0.45 },
    },
    { selector: 'node.stepping', style: { 'background-image-opacity': 1 } },
    { selector: 'node.wrt, node.target', style: { 'border-width': 3, 'border-color': p.accent } },
    // beside the border, which has its own meanings
    {
      selector: 'node.kink, node.anomaly',
      style: {
        'outline-width': 2.5,
        'outline-style': 'dotted',
        'outline-color': p.muted,
        'outline-offset': 2,
        'outline-opacity': 1,
      },
    },
    { selector: 'node.anomaly', style: { 'outline-color': p.bad, 'outline-style': 'dashed' } },
    {
      selector: 'node.accumulating',
      style: { 'border-style': 'dashed', 'border-color': p.backward, 'border-width': 2.5 },
    },
    {
      selector: 'node.sender',
      style: { 'border-color': p.backward, 'border-width': 2.5, color: p.ink, 'background-image-opacity': 1 },
    },
    {
      selector: 'node.current',
      style: {
        color: p.ink,
        'background-image-opacity': 1,
        'underlay-opacity': 1,
        'underlay-padding': 6,
        'underlay-shape': 'round-rectangle',
        'underlay-color': p.halo,
      },
    },
    { selector: 'node.current.forward', style: { 'border-color': p.forward, 'border-width': 3 } },
    { selector: 'node.current.backward', style: { 'border-color': p.backward, 'border-width': 3 } },
    {
      selector: 'node.selected',
      style: {
        'outline-width': 2.5,
        'outline-style': 'solid',
        'outline-color': p.accent,
        'outline-offset': 3,
        'outline-opacity': 1,
      },
    },
    {
      selector: 'edge',
      style: {
        'curve-style': 'straight',
        width: 1.6,
        'line-color': p.edge,
        'target-arrow-color': p.edge,
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.8,
        'source-endpoint': 'data(sourceEnd)',
        'target-endpoint': 'data(targetEnd)',
        'overlay-opacity': 0,
        'overlay-padding': 5,
        'z-index': 5,
      },
    },
    {
      selector: 'edge[weights]',
      style: {
        'curve-style': 'round-segments',
        'edge-distances': 'endpoints',
        'segment-weights': 'data(weights)',
        'segment-distances': 'data(distances)',
        'segment-radii': 'data(radii)',
        'radius-type': 'arc-radius',
      },
    },
    {
      selector: 'edge.dim',
      style: { 'line-color': p.edgeDim, 'target-arrow-color': p.edgeDim, width: 1.3, 'z-index': 3 },
    },
    { selector: 'edge.cone', style: { 'z-index': 6 } },
    // the strands of paths are drawn on top; the edge itself stays to be pointed at
    { selector: 'edge.covered', style: { 'line-opacity': 0, 'target-arrow-shape': 'none' } },
    {
      selector: 'edge.hover, edge.selected',
      style: {
        'underlay-color': p.halo,
        'underlay-opacity': 1,
        'underlay-padding': 8,
        'line-color': p.ink,
        'target-arrow-color': p.ink,
        width: 2.5,
        'z-index': 7,
      },
    },
    // a path that a derivation lacks
    {
      selector: 'edge.missing',
      style: {
        'line-style': 'dashed',
        'line-dash-pattern': [10, 6],
        'line-color': p.bad,
        'target-arrow-color': p.bad,
        'line-opacity': 1,
        width: 3.6,
        'z-index': 15,
      },
    },
    { selector: 'edge.covered.hover, edge.covered.selected', style: { 'underlay-opacity': 0 } },
    {
      selector: 'edge.halo',
      style: {
        'line-opacity': 0,
        'target-arrow-shape': 'none',
        'underlay-color': p.halo,
        'underlay-opacity': 1,
        'underlay-padding': 8,
        width: 2.5,
        'z-index': 7,
        events: 'no',
      },
    },
    {
      selector: 'edge.active',
      style: { width: 4, 'arrow-scale': 1.1, 'z-index': 14, 'line-opacity': 1 },
    },
    { selector: 'edge.active.forward', style: { 'line-color': p.forward, 'target-arrow-color': p.forward } },
    {
      // gradients flow against the arrows of the forward pass
      selector: 'edge.active.backward',
      style: {
        'line-color': p.backward,
        'line-style': 'dashed',
        'line-dash-pattern': [9, 5],
        'target-arrow-shape': 'none',
        'source-arrow-shape': 'triangle',
        'source-arrow-color': p.backward,
      },
    },
    {
      selector: 'edge.strand',
      style: {
        width: 3.4,
        'arrow-scale': 0.75,
        'z-index': 10,
        events: 'no',
      },
    },
    { selector: 'edge.strand.quiet', style: { width: 1.8 } },
    ...p.paths.map((colour, i) => ({
      selector: `edge.strand.colour-${i}`,
      style: { 'line-color': colour, 'target-arrow-color': colour },
    })),
  ];
  return rules as unknown as StylesheetJson;
}
