/** Why a formula that holds at all points may be wrong all the same. */

import { faintTerms } from './faint.ts';
import { superfluous, undetermined } from './nearly.ts';
import type { Reading } from './reading.ts';
import type { Trial } from './trial.ts';

export interface Unshown {
  readonly message: string;
  /** It is wrong, at points where terms count that vanish elsewhere. */
  readonly isWrong: boolean;
}

/** `isByPaths`: each path was found to have its term, however small. */
export function unshown(trial: Trial, reading: Reading, isByPaths: boolean): Unshown | undefined {
  const open = (message: string): Unshown => ({ message, isWrong: false });
  const nearly = undetermined(trial, reading);
  if (nearly !== undefined)
    return open(`${nearly.typed} is so near to ${nearly.whole} that the two cannot be told apart`);
  if (trial.isUnseen(reading))
    return open('what it compares comes out alike at all points, so that the other case cannot be checked');
  const tiny = trial.hasTiny ? superfluous(trial, reading) : undefined;
  if (tiny !== undefined) return open(`${tiny} is so small that it cannot be seen whether it belongs there`);
  if (trial.isFlat(reading))
    return open(
      'an activation in it is at its end at all points, so that what it is between cannot be checked',
    );
  if (isByPaths) return undefined;
  if (trial.addsTiny)
    return open('the network adds something so small that it cannot be seen whether the formula counts it');
  const faint = faintTerms(trial, reading);
  if (faint.points.some((point) => trial.failsAt(point, reading)))
    return {
      message: 'it does not hold where all terms count: one that mostly vanishes is wrong or missing',
      isWrong: true,
    };
  return faint.isUnseen
    ? open('over so many steps some terms vanish, so that it cannot be seen whether they are there')
    : undefined;
}
