/** The errata of TensorFlow.js 4.22: where its derivatives are wrong or missing. Each is run live, not believed. */

import type { Erratum } from './errata/erratum.ts';
import { pictures } from './errata/pictures.ts';
import { secondOrder } from './errata/second.ts';
import { tensors } from './errata/tensors.ts';

export { type Erratum, type ErratumResult, runErratum } from './errata/erratum.ts';

export const errata: readonly Erratum[] = [...tensors, ...pictures, ...secondOrder];
