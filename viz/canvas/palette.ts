/** The colours of the canvas, read from the page's style sheet so that there is one list of them. */

export interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly surface: string;
  readonly canvas: string;
  readonly group: string;
  readonly groupLine: string;
  readonly node: string;
  readonly nodeLine: string;
  readonly parameter: string;
  readonly parameterLine: string;
  readonly edge: string;
  readonly edgeDim: string;
  readonly inkDim: string;
  readonly lineDim: string;
  readonly accent: string;
  readonly forward: string;
  readonly backward: string;
  readonly halo: string;
  readonly bad: string;
  readonly paths: readonly string[];
  readonly font: string;
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const get = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: get('ink'),
    muted: get('muted'),
    surface: get('surface'),
    canvas: get('canvas'),
    group: get('group'),
    groupLine: get('group-line'),
    node: get('node'),
    nodeLine: get('node-line'),
    parameter: get('parameter'),
    parameterLine: get('parameter-line'),
    edge: get('edge'),
    edgeDim: get('edge-dim'),
    inkDim: get('ink-dim'),
    lineDim: get('line-dim'),
    accent: get('accent'),
    forward: get('forward'),
    backward: get('backward'),
    halo: get('halo'),
    bad: get('bad'),
    paths: [0, 1, 2, 3, 4, 5].map((i) => get(`path-${i}`)),
    font: get('font'),
  };
}
