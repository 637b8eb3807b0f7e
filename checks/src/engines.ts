// Each is a download of some 100 MB, which a test run should not start by itself.
const isOn = process.env.CHECK_ALL_NODES === '1';

/** Tests that other engines take part in: skipped by name where these may not be downloaded. */
export function describeOnAllEngines(name: string, tests: () => void): void {
  if (isOn) describe(name, tests);
  else describe.skip(`${name} (skipped: CHECK_ALL_NODES=1 downloads the engines)`, tests);
}

/** The versions of Node that are supported. */
export const NODES = ['20', '22', '24'] as const;

/** What runs a script, by the name of the engine: all from npm. */
export const ENGINES: readonly [name: string, command: string, args: readonly string[]][] = [
  ...NODES.map((version): [string, string, string[]] => [
    `Node ${version}`,
    'npx',
    ['-y', `node@${version}`],
  ]),
  ['Bun', 'npx', ['-y', 'bun@1']],
  // With all permissions, and packages from the folder that npm filled.
  ['Deno', 'npx', ['-y', 'deno@2', 'run', '--allow-all', '--node-modules-dir=manual']],
];
