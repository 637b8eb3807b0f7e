import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClassLabel, type ColumnKind, isPipeline, parseModel, type Row, Table } from '@churn/core';
import { restorables } from './restorables';

interface Archive {
  readonly schema: readonly (readonly [name: string, kind: ColumnKind])[];
  readonly rows: readonly Row[];
  readonly files: readonly {
    readonly type: string;
    readonly file: object;
    /** What the version that wrote the file made of the rows. */
    readonly transformed: readonly Row[];
    readonly probabilities: readonly (readonly number[])[] | null;
    readonly classes: readonly ClassLabel[];
  }[];
}

const { schema, rows, files }: Archive = JSON.parse(
  readFileSync(join(__dirname, '../test/fixtures/format-1.json'), 'utf8'),
);
const x = Table.fromRows([...rows], new Map(schema));

it.each(files.map((each, place) => ({ ...each, place })))(
  'file $place of format 1, of a $type, gives the same as when it was written, to the bit but for linear kernels',
  async ({ file, transformed, probabilities, classes }) => {
    const { model } = await parseModel(`${JSON.stringify(file)}\n`, restorables());
    if (!isPipeline(model)) throw new Error(`expected a pipeline, got ${model.type}`);
    // JSON, in which they were kept, has no -0.
    expect(JSON.parse(JSON.stringify(model.transform(x).toRows()))).toEqual(transformed);
    expect(model.predict(x)).toEqual(classes);
    if (!probabilities) return;
    const got = model.predictProba(x).map((column) => Array.from(column));
    if (!hasLinearKernel(file)) expect(got).toEqual(probabilities);
    else for (const [k, column] of got.entries()) requireClose(column, probabilities[k]);
  },
);

/** One product per row replaced one per support vector after those files were written, which rounds differently. */
function hasLinearKernel(file: object): boolean {
  return JSON.stringify(file).includes('"kernel":"linear"');
}

function requireClose(got: readonly number[], expected: readonly number[]): void {
  expect(got).toHaveLength(expected.length);
  const differences = got.map((value, i) => Math.abs(value - expected[i]));
  expect(Math.max(...differences)).toBeLessThan(1e-14);
}
