// Scores rows that the model has not been trained on, as `npm run predict` does. Run `npm run train` first.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const SAMPLE = 'outputs/latest/sample.csv';

test('every row of the sample gets a prediction', () => {
  assert(existsSync(SAMPLE), 'there is no model yet: run npm run train first');
  const rows = readFileSync(SAMPLE, 'utf8').trim().split('\n');
  const predict = ['node_modules/@churn/cli/bin/churn.js', 'predict', '--input', SAMPLE, '--output', '-'];
  const scored = execFileSync(process.execPath, predict, { encoding: 'utf8' }).trim().split('\n');
  assert.equal(scored.length, rows.length);
  assert.match(scored[0], /_prediction|_within_/);
});
