import type { SqlDialect } from '../dialect.js';
import { ansi, backslashText } from './ansi.js';

export const snowflake: SqlDialect = {
  ...ansi,
  name: 'snowflake',
  title: 'Snowflake',
  limits: { statement: 1_000_000, columns: 10_000, source: 'Snowflake takes statements of 1 MB' },
  foldsCase: false,
  raises: { overflow: true, underflow: false },
  numberType: 'FLOAT',
  infinity: "'inf'::FLOAT",
  // A number with an exponent goes by way of a text, since the digits of a NUMBER end at 38.
  number: (value) => (String(value).includes('e') ? `'${value}'::FLOAT` : `${value}::FLOAT`),
  text: (value) => backslashText(value),
  toNumber: (column) => snowflake.nanToNull(`${column}::FLOAT`),
  nanToNull: (number) => `NULLIF(${number}, 'NaN'::FLOAT)`,
  digitsToNumber: (text) => `TRY_TO_DOUBLE(${text})`,
  // It matches whole texts.
  matches: (text, pattern) => `REGEXP_LIKE(${text}, '${pattern}')`,
  branch: (when, then, otherwise) => `IFF(${when}, ${then}, ${otherwise})`,
};
