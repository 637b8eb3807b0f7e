import type { SqlDialect } from '../dialect.js';
import { ansi } from './ansi.js';

export const duckdb: SqlDialect = {
  ...ansi,
  name: 'duckdb',
  title: 'DuckDB',
  limits: {
    statement: 16_000_000,
    columns: 10_000,
    source: 'above this size, planning takes longer than scoring',
  },
  foldsCase: true,
  // Statements end at a NUL character.
  text: (value) => value.split('\0').map(ansi.text).join(' || chr(0) || '),
  toNumber: (column) => duckdb.nanToNull(`CAST(${column} AS DOUBLE)`),
  nanToNull: (number) => `NULLIF(${number}, CAST('NaN' AS DOUBLE))`,
  lists: {
    // A text parses fast, and when selected from a table it is not a constant, which DuckDB would copy for each chunk.
    of: (values) =>
      `(SELECT CAST(string_split(t, ',') AS DOUBLE[]) FROM (VALUES ('${values.join(',')}')) AS l(t))`,
    at: (list, place) => `${list}[1 + ${place}]`,
  },
  matches: (text, pattern) => `REGEXP_FULL_MATCH(${text}, ${ansi.text(pattern)})`,
};
