import type { SqlDialect } from '../dialect.js';
import { ansi } from './ansi.js';

export const duckdb: SqlDialect = {
  ...ansi,
  name: 'duckdb',
  title: 'DuckDB',
  limits: { statement: 16_000_000, columns: 10_000, source: 'above it, planning takes longer than scoring' },
  foldsCase: true,
  // A statement ends at the character 0.
  text: (value) => value.split('\0').map(ansi.text).join(' || chr(0) || '),
  toNumber: (column) => duckdb.nanToNull(`CAST(${column} AS DOUBLE)`),
  nanToNull: (number) => `NULLIF(${number}, CAST('NaN' AS DOUBLE))`,
  lists: {
    // As a text it is parsed fast, and of a table it is no constant, which would be copied again and again.
    of: (values) =>
      `(SELECT CAST(string_split(t, ',') AS DOUBLE[]) FROM (VALUES ('${values.join(',')}')) AS l(t))`,
    at: (list, place) => `${list}[1 + ${place}]`,
  },
  matches: (text, pattern) => `REGEXP_FULL_MATCH(${text}, ${ansi.text(pattern)})`,
};
