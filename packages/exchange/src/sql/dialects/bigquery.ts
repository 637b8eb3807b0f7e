import type { SqlDialect } from '../dialect.js';
import { ansi, backslashText, pointForm } from './ansi.js';

export const bigquery: SqlDialect = {
  ...ansi,
  name: 'bigquery',
  title: 'BigQuery',
  limits: {
    statement: 1_000_000,
    view: 256_000,
    columns: 10_000,
    source: 'BigQuery limits queries to 1 MB and views to 256,000 characters',
  },
  foldsCase: true,
  raises: { overflow: true, underflow: false },
  numberType: 'FLOAT64',
  textType: 'STRING',
  infinity: "CAST('inf' AS FLOAT64)",
  starWithout: 'EXCEPT',
  number: pointForm,
  text: (value) => backslashText(value).replaceAll('\\0', '\\x00'),
  identifier: (name) => backslashText(name, '`'),
  toNumber: (column) => bigquery.nanToNull(`CAST(${column} AS FLOAT64)`),
  nanToNull: (number) => `IF(IS_NAN(${number}), NULL, ${number})`,
  digitsToNumber: (text) => `SAFE_CAST(${text} AS FLOAT64)`,
  matches: (text, pattern) => `REGEXP_CONTAINS(${text}, '^(${pattern})$')`,
  branch: (when, then, otherwise) => `IF(${when}, ${then}, ${otherwise})`,
};
