import type { SqlDialect } from './dialect.js';
import type { Layer } from './layers.js';
import type { OutputColumn } from './output-sql.js';
import { RAW_ROWS } from './query-columns.js';

/** The name of the raw row value, if the dialect has row values. */
const RAW_ROW = 'raw_row';

interface Query {
  readonly from: string;
  readonly layers: readonly Layer[];
  readonly outputs: readonly OutputColumn[];
}

/** The statement `WITH … SELECT …`. */
export function writeQuery(dialect: SqlDialect, { from, layers, outputs }: Query): string {
  const { wholeRow } = dialect;
  const table = `${from} AS ${RAW_ROWS}`;
  const results = outputs.map(({ name, sql }) => `${sql} AS ${dialect.identifier(name)}`);
  if (layers.length === 0) return select([`${RAW_ROWS}.*`, ...results], table);
  const tables = layers.map(({ name, columns, carried, dropped }, i) => {
    const made = columns.map((column) => `${column.sql} AS ${column.name}`);
    const before =
      i === 0
        ? [wholeRow ? `${wholeRow.of(RAW_ROWS)} AS ${RAW_ROW}` : `${RAW_ROWS}.*`]
        : wholeRow
          ? [RAW_ROW, ...carried]
          : [starWithout(dropped)];
    const body = select([...before, ...made], i === 0 ? table : layers[i - 1].name);
    return `${name} AS (\n${body}${dialect.fence ? `\n${dialect.fence}` : ''}\n)`;
  });
  const last = layers[layers.length - 1];
  const live = [...last.carried, ...last.columns.map(({ name }) => name)];
  const raw = wholeRow ? wholeRow.columnsOf(RAW_ROW) : starWithout(live);
  return `WITH\n${tables.join(',\n')}\n${select([raw, ...results], last.name)}`;

  function starWithout(names: readonly string[]): string {
    return names.length === 0 ? '*' : `* ${dialect.starWithout} (${names.join(', ')})`;
  }
}

function select(columns: readonly string[], from: string): string {
  return `SELECT\n  ${columns.join(',\n  ')}\nFROM ${from}`;
}
