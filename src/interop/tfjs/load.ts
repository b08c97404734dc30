/** Loads tfjs in Node, where its ES modules cannot be imported; in a page, import it and pass it on instead. */

import { createRequire } from 'node:module';
import type * as tfjs from '@tensorflow/tfjs-core';

/** The namespace of `@tensorflow/tfjs` or `@tensorflow/tfjs-core`, with a backend registered. */
export type Tfjs = typeof tfjs;

/** tfjs with its plain JavaScript backend, or undefined if the package is not installed. */
export async function loadTfjs(): Promise<Tfjs | undefined> {
  const require = createRequire(import.meta.url);
  let tf: Tfjs;
  try {
    tf = require('@tensorflow/tfjs') as Tfjs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
  tf.env().set('PROD', true); // no advertisement of other packages on the console
  await tf.setBackend('cpu');
  await tf.ready();
  return tf;
}
