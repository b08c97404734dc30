/** Formulas for feed-forward networks, losses and convolutions: every right one is right, no changed one is. */

import { itJudges } from '../support/collections.ts';
import { groups, networks } from './collection-feedforward.ts';

itJudges(groups, networks);
