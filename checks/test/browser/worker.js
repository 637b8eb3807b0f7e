import { fit } from './fit.js';

postMessage(fit());
