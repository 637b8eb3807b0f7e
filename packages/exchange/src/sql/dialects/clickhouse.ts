import type { SqlDialect } from '../dialect.js';
import { ansi, backslashText, pointForm } from './ansi.js';

export const clickhouse: SqlDialect = {
  ...ansi,
  name: 'clickhouse',
  title: 'ClickHouse',
  limits: { statement: 262_144, columns: 10_000, source: 'the default of max_query_size is 262,144 bytes' },
  foldsCase: false,
  numberType: 'Nullable(Float64)',
  textType: 'Nullable(String)',
  infinity: 'inf',
  starWithout: 'EXCEPT',
  number: pointForm,
  text: (value) => backslashText(value),
  identifier: (name) => backslashText(name, '`'),
  toNumber: (column) => clickhouse.nanToNull(`CAST(${column} AS Nullable(Float64))`),
  nanToNull: (number) => `if(isNaN(${number}), NULL, ${number})`,
  digitsToNumber: (text) => `toFloat64OrNull(${text})`,
  matches: (text, pattern) => `match(${text}, '^(${pattern})$')`,
  branch: (when, then, otherwise) => `if(${when}, ${then}, ${otherwise})`,
};
