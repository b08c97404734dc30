/** Formulas for layers: every right one is right, no changed one is. */

import { testFormulas } from '../support/formulas.ts';
import { groups, networks } from './collection-layers.ts';

testFormulas(groups, networks);
