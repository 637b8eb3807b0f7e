import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { committedFile } from './committed-file.js';
import { csvPieces } from './csv.js';
import { generateCustomers } from './generate-customers.js';

/** `generate --out FILE [--rows N] [--seed N]`: writes customers to a CSV file, all of it or nothing. */
const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    rows: { type: 'string', default: String(committedFile.rows) },
    seed: { type: 'string', default: String(committedFile.seed) },
  },
});
if (values.out === undefined) throw new Error('--out: expected the file to write');
const rows = Number(values.rows);
const seed = Number(values.seed);
if (!Number.isInteger(seed)) throw new Error(`--seed: expected an integer, got ${values.seed}`);

const unfinished = `${values.out}.${process.pid}.unfinished`;
try {
  const table = generateCustomers({ rows, seed });
  const file = openSync(unfinished, 'w');
  try {
    for (const piece of csvPieces(table)) writeSync(file, piece);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, values.out);
} catch (error) {
  rmSync(unfinished, { force: true });
  throw error;
}
process.stdout.write(`${values.out}: ${rows} customers, seed ${seed}\n`);
