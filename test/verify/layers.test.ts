/** Formulas for layers: every right one is right, no changed one is. */

import { itJudges } from '../support/collections.ts';
import { groups, networks } from './collection-layers.ts';

itJudges(groups, networks);
