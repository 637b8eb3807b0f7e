import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

it('the WebAssembly modules are what their sources in wasm/ compile to', async () => {
  const run = promisify(execFile)(process.execPath, ['scripts/build-wasm.mjs', '--check']);
  await expect(run).resolves.toMatchObject({ stderr: '' });
}, 60_000);
