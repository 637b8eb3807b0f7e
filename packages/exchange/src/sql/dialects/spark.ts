import type { SqlDialect } from '../dialect.js';
import { ansi, backslashText } from './ansi.js';

export const spark: SqlDialect = {
  ...ansi,
  name: 'spark',
  title: 'Spark',
  limits: { statement: 4_000_000, columns: 10_000, source: 'above this size, planning takes minutes' },
  foldsCase: true,
  textType: 'STRING',
  infinity: "double('Infinity')",
  number: (value) => `${value}D`,
  text: (value) => backslashText(value),
  identifier: (name) => `\`${name.replaceAll('`', '``')}\``,
  toNumber: (column) => spark.nanToNull(`CAST(${column} AS DOUBLE)`),
  nanToNull: (number) => `NULLIF(${number}, double('NaN'))`,
  // In Java, $ also matches before a final line break.
  matches: (text, pattern) => `${text} RLIKE ${backslashText(`\\A(${pattern})\\z`)}`,
  branch: (when, then, otherwise) => `IF(${when}, ${then}, ${otherwise})`,
  wholeRow: { of: (table) => `STRUCT(${table}.*)`, columnsOf: (row) => `${row}.*` },
};
