import type { CustomerColumn, CustomerTable } from './customer-table.js';
import { decimalColumns } from './header.js';

/** Rows to a piece: a few megabytes. */
const PIECE = 20_000;

/**
 * The table as CSV text with LF line ends, in pieces of many lines, as the real file is written: integers plain,
 * other numbers with at least one decimal, no quotes (no level needs them).
 */
export function* csvPieces(table: CustomerTable): Generator<string, void> {
  const { columns, rows } = table;
  yield `${columns.map(({ name }) => name).join(',')}\n`;
  const cells = columns.map(cellText);
  for (let start = 0; start < rows; start += PIECE) {
    let text = '';
    for (let row = start; row < Math.min(rows, start + PIECE); row++) {
      for (let c = 0; c < cells.length; c++) text += (c > 0 ? ',' : '') + cells[c](row);
      text += '\n';
    }
    yield text;
  }
}

/** The text of the column's cell in a row. */
function cellText({ name, values }: CustomerColumn): (row: number) => string {
  if (!decimalColumns.has(name)) return (row) => String(values[row]);
  return (row) => (Number.isInteger(values[row]) ? `${values[row]}.0` : String(values[row]));
}
