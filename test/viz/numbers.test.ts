/** Numbers as the page writes them: significant digits however small they are, and the domains of colours. */

import { expect, test } from 'vitest';
import { domainOf, percent, short, tiny } from '../../viz/state/heat.ts';

test.for([
  [0, '0'],
  [0.00123, '0.00123'],
  [-0.0499, '−0.0499'],
  [1e-5, '1.0e−5'],
  [0.67951, '0.680'],
  [1.2345, '1.23'],
  [-12.345, '−12.3'],
  [441, '441'],
  [999.6, '1000'],
  [9999.4, '9999'],
  [16_000, '1.6e4'],
  [Number.POSITIVE_INFINITY, '∞'],
] as const)('%d in short is %s', ([value, text]) => {
  expect(short(value)).toBe(text);
});

test.for([
  [0.0131, '0.013'],
  [-0.00234, '−0.002'],
  [0.25, '0.25'],
  [0.0996, '0.10'],
  [1.26, '1.3'],
  [9.96, '10'],
  [49, '49'],
  [99.7, '100'],
  [2.5e-5, '3e−5'],
  [-1e-5, '−1e−5'],
] as const)('%d in a narrow cell is %s', ([value, text]) => {
  expect(tiny(value)).toBe(text);
});

test.for([
  [null, '–'],
  [0, '0.0 %'],
  [1, '100 %'],
  [0.9996, '100 %'],
  [0.2547, '25.5 %'],
  [-0.2, '−20.0 %'],
  [0.0042, '0.42 %'],
  [0.000042, '0.0042 %'],
  [-1e-8, '−1e−6 %'],
] as const)('a share of %d is %s', ([share, text]) => {
  expect(percent(share)).toBe(text);
});

test('a tensor that would look empty in the shared colours has its own', () => {
  const of = (...data: number[]) => [{ shape: [data.length], data: Float64Array.from(data) }];
  expect(domainOf(of(1, -1), 441)).toBe(1);
  expect(domainOf(of(0.3, -0.8), 1)).toBe(1);
  expect(domainOf(of(1, 0.1), 10)).toBe(1); // scores beside ranks
  expect(domainOf(of(0, 0), 441)).toBe(441);
  expect(domainOf([...of(1), ...of(400)], 441)).toBe(441);
});
