import { closeSync, existsSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Labels, Random, Table } from '@churn/core';
import { csvPieces, generateCustomers } from '@churn/synthetic-data';

const COLUMNS = 28;
/** Eight of ten rows are training rows. */
const LEARNED = 0.8;

/** The training and test rows. */
export interface ScaleRows {
  readonly train: Table;
  readonly yTrain: Labels;
  readonly test: Table;
  readonly yTest: Labels;
}

/**
 * Writes rows of 28 numbers and a class, unless the folder has them: column by column with 64 bits per number, then the classes, 0 or 1.
 * The class depends on steps, products and squares of half of the columns, and on noise. @returns the path.
 */
export function rowsFile(folder: string, rows: number): string {
  return written(join(folder, `rows-${rows}.bin`), function* () {
    const random = new Random('scale', rows);
    const columns = Array.from({ length: COLUMNS }, () =>
      Float64Array.from({ length: rows }, () => random.normal()),
    );
    const classes = Float64Array.from({ length: rows }, (_, row) => {
      const value = (j: number) => columns[j][row];
      let score = 0;
      for (let j = 0; j < 4; j++) score += value(j) * value(j + 1) + Math.sign(value(j + 5) - 0.5);
      for (let j = 10; j < 14; j++) score += 0.5 * value(j) ** 2 - 0.5 + 0.7 * value(j);
      return random.uniform() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
    });
    for (const column of [...columns, classes]) yield new Uint8Array(column.buffer);
  });
}

export function readRows(file: string): ScaleRows {
  const { buffer } = new Uint8Array(readFileSync(file));
  const rows = buffer.byteLength / (COLUMNS + 1) / 8;
  const column = (j: number) => new Float64Array(buffer, j * rows * 8, rows);
  const learned = Math.floor(LEARNED * rows);
  const part = (from: number, to: number) => ({
    x: Table.fromColumns(
      Array.from({ length: COLUMNS }, (_, j): [string, Float64Array] => [`x${j}`, column(j).slice(from, to)]),
    ),
    y: Labels.from(Array.from(column(COLUMNS).subarray(from, to), String), { positive: '1' }),
  });
  const [train, test] = [part(0, learned), part(learned, rows)];
  return { train: train.x, yTrain: train.y, test: test.x, yTest: test.y };
}

/** Writes a CSV file of generated customers, unless the folder has it. @returns the path. */
export function csvFile(folder: string, rows: number): string {
  return written(join(folder, `customers-${rows}.csv`), function* () {
    for (const piece of csvPieces(generateCustomers({ rows, seed: 1 }))) yield Buffer.from(piece);
  });
}

function written(file: string, pieces: () => Iterable<Uint8Array>): string {
  if (existsSync(file)) return file;
  const handle = openSync(`${file}.new`, 'w');
  for (const piece of pieces()) {
    for (let at = 0; at < piece.length; ) at += writeSync(handle, piece, at);
  }
  closeSync(handle);
  renameSync(`${file}.new`, file);
  return file;
}
