/**
 * The program of each worker: it joins one team after another. It is text, so that bundlers need not find a file. If the work fails, it
 * notifies the waiting first thread.
 */
export const WORKER_SOURCE = `
const { process } = globalThis;
const port = process?.getBuiltinModule?.('node:worker_threads').parentPort ?? self;
port.onmessage = ({ data: { module, memory, parameters, failed, done } }) => {
  const abort = () => { throw new Error('a WebAssembly module stopped'); };
  const words = new Int32Array(memory.buffer);
  const sleep = (place, was) => { Atomics.wait(words, place >> 2, was); };
  const wake = (place) => { Atomics.notify(words, place >> 2); };
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort, refuse: abort, sleep, wake } });
  for (const name in parameters) exports[name].value = parameters[name];
  exports.setUp();
  try {
    exports.serve();
  } catch {
    Atomics.store(words, (exports.mailbox.value + failed) >> 2, 1);
    Atomics.add(words, (exports.mailbox.value + done) >> 2, 1);
    Atomics.notify(words, (exports.mailbox.value + done) >> 2);
  }
};
`;
