/** Verdicts on the formulas of recurrent cells that are no example, and of networks that leave much unnamed. */

import { itJudges } from '../support/collections.ts';
import { collection, networks } from './collection-cells.ts';

itJudges(collection, networks);
