import { compare, fit, fitInThreads } from './fit.js';

const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
const inWorker = await new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = (event) => reject(new Error(event.message));
});

let nStarted = 0;
globalThis.Worker = class extends Worker {
  constructor(...args) {
    super(...args);
    nStarted++;
  }
};
const page = fit();
const inThreads = await fitInThreads();
globalThis.fitted = { page, compared: compare(), worker: inWorker, inThreads, nStarted };
