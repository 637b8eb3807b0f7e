import type { SqlDialect } from '../dialect.js';
import { ansi } from './ansi.js';

export const postgres: SqlDialect = {
  ...ansi,
  name: 'postgres',
  title: 'PostgreSQL',
  limits: { statement: 64_000_000, columns: 1664, source: 'a target list has at most 1,664 columns' },
  foldsCase: false,
  raises: { overflow: true, underflow: true },
  numberType: 'float8',
  textType: 'text',
  infinity: "'Infinity'::float8",
  // Without the cast, the literal has type numeric, whose decimal arithmetic is slow.
  number: (value) => `${value}::float8`,
  // Backslashes are literal, since standard_conforming_strings is on by default.
  text: (value) =>
    value.includes('\\') ? `E${ansi.text(value.replaceAll('\\', '\\\\'))}` : ansi.text(value),
  toNumber: (column) => postgres.nanToNull(`${column}::float8`),
  nanToNull: (number) => `NULLIF(${number}, 'NaN'::float8)`,
  digitsToNumber: (text) => `${text}::float8`,
  matches: (text, pattern) => `${text} ~ ${ansi.text(`^(${pattern})$`)}`,
  wholeRow: { of: (table) => table, columnsOf: (row) => `(${row}).*` },
  fence: 'OFFSET 0',
};
