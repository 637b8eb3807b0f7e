import { spawnSync } from 'node:child_process';
import { root, run } from './process.js';

const PARSE = `import ast, sys
for file in sys.stdin.read().split():
    try:
        ast.parse(open(file).read())
    except SyntaxError as error:
        print(f"{file}:{error.lineno}: {error.msg}")`;

const hasPython = spawnSync('python3', ['--version']).status === 0;

// They generate reference values and run by hand, so that only this notices a script that no longer parses.
(hasPython ? it : it.skip)('all Python scripts parse (skipped without python3)', () => {
  const input = run('git', ['ls-files', '*.py'], root);
  expect(input).not.toBe('');
  const { stdout, stderr } = spawnSync('python3', ['-c', PARSE], { cwd: root, input, encoding: 'utf8' });
  expect(stdout + stderr).toBe('');
});
