/** Verdicts on the formulas of recurrent networks, and on what goes wrong with them. */

import { itJudges } from '../support/collections.ts';
import { collection, networks } from './collection-recurrent.ts';

itJudges(collection, networks);
