import { ChurnError } from '@churn/core';
import { parseCsv, readBytes } from '@churn/io';

/** A CSV file of a run. */
interface RunCsv {
  readonly header: readonly string[];
  readonly records: readonly (readonly string[])[];
  /** @throws `invalid-file` if there is no such column, or it is not numeric. */
  numbers(name: string): Float64Array;
}

/** Reads a CSV file of a run. @throws `invalid-file` if it is missing or damaged. */
export async function readRunCsv(file: string): Promise<RunCsv> {
  const { header, records, lines } = parseCsv(await readBytes(file), { source: file });
  return {
    header,
    records,
    numbers(name) {
      const j = header.indexOf(name);
      if (j < 0) throw new ChurnError('invalid-file', `${file}: expected a column ${JSON.stringify(name)}`);
      return Float64Array.from(records, (record, i) => {
        const value = record[j] === '' ? NaN : Number(record[j]);
        if (Number.isFinite(value)) return value;
        const received = JSON.stringify(record[j]);
        throw new ChurnError(
          'invalid-file',
          `${file}, line ${lines[i]}, column "${name}": expected a number, got ${received}`,
        );
      });
    },
  };
}
