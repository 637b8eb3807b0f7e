import type { SqlDialect } from '../dialect.js';
import { ansi, backslashText } from './ansi.js';

export const snowflake: SqlDialect = {
  ...ansi,
  name: 'snowflake',
  title: 'Snowflake',
  limits: { statement: 1_000_000, columns: 10_000, source: 'Snowflake limits statements to 1 MB' },
  foldsCase: false,
  raises: { overflow: true, underflow: false },
  numberType: 'FLOAT',
  infinity: "'inf'::FLOAT",
  // A number with an exponent is cast from text, since NUMBER has at most 38 digits.
  number: (value) => (String(value).includes('e') ? `'${value}'::FLOAT` : `${value}::FLOAT`),
  text: (value) => backslashText(value),
  toNumber: (column) => snowflake.nanToNull(`${column}::FLOAT`),
  nanToNull: (number) => `NULLIF(${number}, 'NaN'::FLOAT)`,
  digitsToNumber: (text) => `TRY_TO_DOUBLE(${text})`,
  // RLIKE matches the entire text.
  matches: (text, pattern) => `REGEXP_LIKE(${text}, '${pattern}')`,
  branch: (when, then, otherwise) => `IFF(${when}, ${then}, ${otherwise})`,
};
