/** Formulas for losses and programs over batches: every right one is right, no changed one is. */

import { testFormulas } from '../support/formulas.ts';
import { groups, networks } from './collection-losses.ts';

testFormulas(groups, networks);
