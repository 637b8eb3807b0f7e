// Kills its process at one of the steps that it takes on the disk of a registry: as it begins the step, or, of writing, half way.
// KILL_AT counts the steps, from 1.
const fs = require('node:fs');
const promises = require('node:fs/promises');
const { syncBuiltinESMExports } = require('node:module');

let left = Number(process.env.KILL_AT);
const kill = () => process.kill(process.pid, 'SIGKILL');
const step = () => {
  if (--left === 0) kill();
};
const isOfRegistry = (path) => /registry/.test(String(path));

for (const name of ['mkdir', 'rename', 'rm']) {
  const original = promises[name];
  promises[name] = (path, ...rest) => {
    if (isOfRegistry(path)) step();
    return original(path, ...rest);
  };
}

const { open } = promises;
promises.open = async (path, flags, ...rest) => {
  const isWritten = isOfRegistry(path) && flags !== undefined && flags !== 'r';
  if (isWritten) step();
  const handle = await open(path, flags, ...rest);
  if (!isWritten) return handle;
  for (const name of ['sync', 'close']) {
    const original = handle[name].bind(handle);
    handle[name] = () => {
      step();
      return original();
    };
  }
  const writeFile = handle.writeFile.bind(handle);
  handle.writeFile = (data) => {
    if (left === 1) fs.writeSync(handle.fd, Buffer.from(data).subarray(0, Buffer.byteLength(data) / 2));
    step();
    return writeFile(data);
  };
  return handle;
};
syncBuiltinESMExports();
