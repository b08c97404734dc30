/** TensorFlow.js with its plain JavaScript backend: a chunk of its own, fetched by the check. */

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'; // tfjs-core declares it free of side effects
import * as tf from '@tensorflow/tfjs-core';

export { tf };
