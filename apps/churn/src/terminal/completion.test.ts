import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIN } from '../testing/bin';

/** What is typed before the tab key, and what the line is then. */
const TYPED = [
  ['churn tr', 'churn train'],
  ['churn runs cl', 'churn runs clean'],
  ['churn train --pre', 'churn train --preset'],
  ['churn train --preset b', 'churn train --preset best'],
  ['churn predict --input ro', 'churn predict --input rows.csv'],
  ['churn import ro', 'churn import rows.csv'],
  ['churn train --preset=b', 'churn train --preset=best'],
  ['churn predict --input=ro', 'churn predict --input=rows.csv'],
  ['churn predict --rules=reject --inp', 'churn predict --rules=reject --input'],
] as const;

const SHELLS = [
  {
    shell: 'bash',
    interactive: 'bash --norc --noprofile -i',
    setUp: 'set -o emacs; PS1=; source <(churn complete bash)',
  },
  {
    shell: 'zsh',
    interactive: 'zsh -f -i',
    setUp:
      'bindkey -e; PS1=; unset zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; source <(churn complete zsh)',
  },
];

const has = (program: string) => spawnSync(program, ['--version']).status === 0;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-completion-'));
  writeFileSync(join(folder, 'churn'), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(join(folder, 'churn'), 0o755);
  writeFileSync(join(folder, 'rows.csv'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string, args: readonly string[], input = ''): string {
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, TERM: 'dumb' };
  return spawnSync(program, args, { cwd: folder, encoding: 'utf8', env, input }).stdout;
}

describe.each(SHELLS)('$shell', ({ shell, interactive, setUp }) => {
  const test = has(shell) && has('script') ? it : it.skip;

  test(`completes commands, options, their values and files (skipped without ${shell} and script)`, () => {
    // On a terminal: tab, then the line is made one that prints itself.
    const keys = TYPED.map(([line]) => `${line}\t\x01printf 'GOT %s\\n' "\x05"\n`);
    const shown = run(
      'script',
      ['-qec', interactive, '/dev/null'],
      [`${setUp}\n`, ...keys, 'exit\n'].join(''),
    );
    const lines = shown.split(/\r?\n/).flatMap((line) => /^GOT (.*?) *$/.exec(line)?.[1] ?? []);
    expect(lines).toEqual(TYPED.map(([, line]) => line));
  });
});

describe('fish', () => {
  const test = has('fish') ? it : it.skip;

  test('completes commands, options, their values and files (skipped without fish)', () => {
    const script = 'churn complete fish | source; for line in $argv; complete -C $line; end';
    const shown = run('fish', ['--no-config', '-c', script, ...TYPED.map(([line]) => line)]);
    const words = shown
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[0]);
    expect(words).toEqual(TYPED.map(([, line]) => line.split(' ').at(-1)));
  });
});
