import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const chromium = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path && existsSync(path));
const mustRun = process.env.CI_REQUIRE_BROWSER === '1';

/** `describe` if there is a browser, or has to be one. */
export const inBrowser = chromium || mustRun ? describe : describe.skip;
/** What the name of a test says if it is skipped. */
export const why =
  chromium || mustRun ? '' : ' (skipped: there is no Chromium here, and CHROMIUM names none)';

/** What a script of this folder prints that gets the path of Chromium, and `input` on standard input. */
export function browsed(script: string, input: string): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, script), chromium ?? 'chromium'], {
    input,
    encoding: 'utf8',
    // A browser that hangs takes no notice of a gentler signal.
    timeout: 540_000,
    killSignal: 'SIGKILL',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}
