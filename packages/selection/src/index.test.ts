import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as selection from './index.js';

it('the README lists all exports', () => {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  expect(Object.keys(selection).filter((name) => !new RegExp(`\\b${name}\\b`).test(readme))).toEqual([]);
});
