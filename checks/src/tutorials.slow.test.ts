import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { codeBlocks } from './code-blocks.js';
import { matchesShown, shownCommands } from './console-block.js';
import { root } from './process.js';

/**
 * The tutorials of the command line: each command is run, and prints what the page shows. A YAML block that begins with the name of a file,
 * as a comment, is that file. All share a folder, as the later one goes on where the earlier one ends. Tutorials in TypeScript are run
 * with the guides.
 */
const PAGES = ['churn.md', 'monitoring.md'];
const CHURN = `node ${join(root, 'apps/churn/bin/churn.js')}`;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-tutorials-'));
  copyFileSync(join(root, 'data/bank_data.csv'), join(folder, 'bank_data.csv'));
});

afterAll(() => rmSync(folder, { recursive: true }));

it.each(PAGES)('%s shows the actual output', (page) => {
  for (const { language, code } of codeBlocks(readFileSync(join(root, 'docs/tutorials', page), 'utf8'))) {
    const file = language === 'yaml' && /^# (\S+\.yaml)\n/.exec(code)?.[1];
    if (file) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), code);
    }
    if (language !== 'console') continue;
    for (const { command, output } of shownCommands(code)) {
      const printed = printedBy(command);
      if (!matchesShown(printed, output)) expect({ command, printed }).toEqual({ command, printed: output });
    }
  }
});

describe('the code blocks of a page', () => {
  it('are read as commands with their output', () => {
    expect(shownCommands('$ cat > a <<E\n> line\n> E\n$ cat a\nline\n')).toEqual([
      { command: 'cat > a <<E\nline\nE', output: '' },
      { command: 'cat a', output: 'line\n' },
    ]);
  });

  it.each([
    ['a\nb\n', 'a\nb\n', true],
    ['a\nb\n', 'a\n', false],
    ['a\nb\nc\nd\n', '…\nc\n…\n', true],
    ['a\nd\n', '…\nc\n…\n', false],
    ['took 1.5 s (a)\n', 'took … s (a)\n', true],
    ['took 1.5 s (a)\nb\n', 'took … s (a)\n', false],
    ['', '', true],
    ['a\n', '', false],
  ])('%j printed, %j shown: %j', (printed, shown, matches) => {
    expect(matchesShown(printed, shown)).toBe(matches);
  });
});

/** What a command of a page prints, errors included: its exit code may be a signal for a scheduler. */
function printedBy(command: string): string {
  const line = `{ ${command.replaceAll('npx @churn/cli', CHURN)}\n} 2>&1 || echo "exit code $?"`;
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  return execFileSync('bash', ['-c', line], { cwd: folder, env, encoding: 'utf8' });
}
