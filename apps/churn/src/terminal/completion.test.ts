import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BIN = join(__dirname, '../../bin/churn.js');

/** What is typed before the tab key, and what the line is then. */
const TYPED = [
  ['churn tr', 'churn train'],
  ['churn runs cl', 'churn runs clean'],
  ['churn train --pre', 'churn train --preset'],
  ['churn train --preset b', 'churn train --preset best'],
  ['churn predict --input ro', 'churn predict --input rows.csv'],
  ['churn import ro', 'churn import rows.csv'],
] as const;
/** Bash takes `=` for a space, and completes the word after it. */
const AFTER_EQUALS = [
  ['churn train --preset=b', 'churn train --preset=best'],
  ['churn predict --input=ro', 'churn predict --input=rows.csv'],
] as const;

const SHELLS = [
  {
    shell: 'bash',
    interactive: 'bash --norc --noprofile -i',
    setUp: 'set -o emacs; PS1=; source <(churn complete bash)',
    typed: TYPED,
  },
  {
    shell: 'zsh',
    interactive: 'zsh -f -i',
    setUp:
      'bindkey -e; PS1=; unset zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; source <(churn complete zsh)',
    typed: [...TYPED, ...AFTER_EQUALS],
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

describe.each(SHELLS)('$shell', ({ shell, interactive, setUp, typed }) => {
  const test = has(shell) && has('script') ? it : it.skip;

  test(`completes commands, options, their values and files (skipped without ${shell} and script)`, () => {
    // On a terminal: tab, then the line is made one that prints itself.
    const keys = typed.map(([line]) => `${line}\t\x01printf 'GOT %s\\n' "\x05"\n`);
    const shown = run(
      'script',
      ['-qec', interactive, '/dev/null'],
      [`${setUp}\n`, ...keys, 'exit\n'].join(''),
    );
    const lines = shown.split(/\r?\n/).flatMap((line) => /^GOT (.*?) *$/.exec(line)?.[1] ?? []);
    expect(lines).toEqual(typed.map(([, line]) => line));
  });
});

describe('fish', () => {
  const test = has('fish') ? it : it.skip;

  test('completes commands, options, their values and files (skipped without fish)', () => {
    const typed = [...TYPED, ...AFTER_EQUALS];
    const script = 'churn complete fish | source; for line in $argv; complete -C $line; end';
    const shown = run('fish', ['--no-config', '-c', script, ...typed.map(([line]) => line)]);
    const words = shown
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[0]);
    expect(words).toEqual(typed.map(([, line]) => line.split(' ').at(-1)));
  });
});
