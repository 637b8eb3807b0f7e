import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BIN = join(__dirname, '../../bin/churn.js');

it('completes commands, options, their values and files in bash', () => {
  const folder = mkdtempSync(join(tmpdir(), 'churn-completion-'));
  writeFileSync(join(folder, 'churn'), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(join(folder, 'churn'), 0o755);
  const script = `
    compopt() { :; }
    source <(churn complete bash)
    suggest() {
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
      __churn_complete
      echo "\${COMPREPLY[*]}"
    }
    suggest churn tr
    suggest churn train --pre
    suggest churn train --preset ''
    churn complete -- predict --input ''
    complete -p churn
  `;
  const shown = execFileSync('bash', ['--norc', '-c', script], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
  });
  rmSync(folder, { recursive: true });
  expect(shown.split('\n').map((line) => line.trim())).toEqual([
    'train',
    '--preset',
    'fast good best',
    ':0',
    'complete -o default -F __churn_complete churn',
    '',
  ]);
});
