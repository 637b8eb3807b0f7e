import { cellAt } from './column.js';
import { escapeHtml } from './escape-html.js';
import type { Table } from './table.js';
import { visibleText } from './visible-text.js';

const SHOWN_ROWS = 10;
const SHOWN_COLUMNS = 12;
const SHOWN_CHARACTERS = 24;

/** The first rows and columns of a table, and its size, as text. */
export function tableText(table: Table): string {
  const rows = shownCells(table);
  const widths = rows[0]?.map((_, j) => Math.max(...rows.map((cells) => cells[j].length))) ?? [];
  const isNumeric = table.names.slice(0, SHOWN_COLUMNS).map((name) => table.column(name).kind === 'numeric');
  const lines = rows.map((cells) =>
    cells
      .map((cell, j) => (isNumeric[j] ? cell.padStart(widths[j]) : cell.padEnd(widths[j])))
      .join('  ')
      .trimEnd(),
  );
  return [sizeText(table), ...lines, ...moreRows(table)].join('\n');
}

/** The same as HTML, for notebooks. */
export function tableHtml(table: Table): string {
  const [head, ...rows] = shownCells(table);
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  const more = [sizeText(table), ...moreRows(table)].join('; ');
  return `<table><caption>${escapeHtml(more)}</caption><thead>${line(head, 'th')}</thead><tbody>${rows
    .map((cells) => line(cells, 'td'))
    .join('')}</tbody></table>`;
}

/** A line of names, and one per row. */
function shownCells(table: Table): string[][] {
  const names = table.names.slice(0, SHOWN_COLUMNS);
  const more = table.names.length > SHOWN_COLUMNS;
  const rows = Array.from({ length: Math.min(table.nRows, SHOWN_ROWS) }, (_, row) =>
    names.map((name) => cellText(cellAt(table.column(name), row))),
  );
  return [names.map(printable), ...rows].map((cells) => (more ? [...cells, '…'] : cells));
}

function sizeText({ nRows, names }: Table): string {
  return `Table: ${nRows} ${nRows === 1 ? 'row' : 'rows'}, ${names.length} ${names.length === 1 ? 'column' : 'columns'}`;
}

function moreRows({ nRows }: Table): string[] {
  return nRows > SHOWN_ROWS ? [`… and ${nRows - SHOWN_ROWS} more rows`] : [];
}

function cellText(value: number | string | null): string {
  if (value === null) return '·';
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : printable(value);
}

/** On one line, and cut to the width of a cell. */
function printable(text: string): string {
  const plain = visibleText(text);
  return plain.length > SHOWN_CHARACTERS ? `${plain.slice(0, SHOWN_CHARACTERS - 1)}…` : plain;
}
