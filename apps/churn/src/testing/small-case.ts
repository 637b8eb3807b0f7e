import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIN } from './bin';

/** A small business case: `Yes` is likelier with a high `usage` and on plan C, and one value in ten is missing. */
export const HEADER = 'id,plan,usage,age,left';
export const ROWS = Array.from({ length: 200 }, (_, i) => {
  const usage = (i * 37) % 100;
  const plan = 'ABC'[i % 3];
  const left = usage + (plan === 'C' ? 30 : 0) + ((i * 13) % 40) > 85 ? 'Yes' : 'No';
  return `${1000 + i},${i % 10 === 3 ? '' : plan},${i % 10 === 7 ? 'NA' : usage},${20 + (i % 50)},${left}`;
});
export const CONFIG = `
data:
  file: data.csv
  target: left
  positive: Yes
  drop: [id]
crossValidation: { folds: 3 }
models:
  ridge: { type: LogisticRegression, C: 1 }
  lasso: { type: LogisticRegression, degree: 2, penalty: l1, C: 0.5 }
output: { sample: { file: sample.csv, rows: 20 } }
`;
/** Figures take most of the time, and most tests are not about them. */
export const PLAIN = ['--no-images', '--no-report'];

/** The command line in a folder with the small business case, a new one for each test. */
export function smallCase() {
  let folder: string;
  const at = (...parts: string[]) => join(folder, ...parts);
  const write = (file: string, content: string) => writeFileSync(at(file), content);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'churn-cli-'));
    write('data.csv', [HEADER, ...ROWS].join('\n'));
    write('churn.yaml', CONFIG);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const spawnChurn = (args: readonly string[], input: string, cwd = folder) =>
    spawnSync(process.execPath, [BIN, ...args], { cwd, input, encoding: 'utf8' });
  return {
    /** A path in the folder. */
    at,
    read: (file: string) => readFileSync(at(file), 'utf8'),
    write,
    churn: (...args: string[]) => spawnChurn(args, ''),
    spawnChurn,
    /** Expects that a command ended in one error, and wrote nothing to `out`. */
    expectMistake({ status, stdout, stderr }: ReturnType<typeof spawnChurn>, message: RegExp) {
      expect(stderr).toMatch(/^error: [^\n]*\n$/);
      expect(stderr).toMatch(message);
      expect(stdout).toBe('');
      expect(status).toBe(1);
      expect(existsSync(at('out'))).toBe(false);
    },
  };
}
