/** Formulas for feed-forward networks, losses and convolutions: every right one is right, no changed one is. */

import { testFormulas } from '../support/formulas.ts';
import { groups, networks } from './collection-feedforward.ts';

testFormulas(groups, networks);
