import { visibleText } from '@churn/core';
import Table from 'cli-table3';

type Align = 'left' | 'right';

/**
 * A text table whose cells are single lines. On a terminal that is too narrow, expendable columns are left out, and if that is not
 * enough, the widest are wrapped between words; no word is cut.
 *
 * @param colAligns by default, the first left-aligned and the others right-aligned.
 * @param expendable the heads of the columns that are left out, in this order, until the others fit.
 */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  colAligns: readonly Align[] = head.map((_, i) => (i === 0 ? 'left' : 'right')),
  [expendable, ...others]: readonly string[] = [],
): string {
  const cells = [head, ...rows].map((row) => row.map(visibleText));
  const width = terminalWidth();
  const whole = drawn(cells, colAligns);
  const natural = widthsIn(whole);
  if (widthOf(natural) <= width) return whole;
  if (expendable !== undefined) {
    const without = <T>(row: readonly T[]) => row.filter((_, j) => head[j] !== expendable);
    return tableOf(without(head), rows.map(without), without(colAligns), others);
  }
  const words = cells.map((row) => row.map((cell) => cell.replaceAll(/\s+/g, '\n')));
  const least = widthsIn(drawn(words, colAligns));
  return drawn(cells, colAligns, narrowed(natural, least, width));
}

/** The number of characters per line; unlimited without a terminal, as in a browser. */
function terminalWidth(): number {
  return (typeof process === 'undefined' ? undefined : process.stdout.columns) ?? Infinity;
}

function drawn(
  [head, ...rows]: readonly (readonly string[])[],
  colAligns: readonly Align[],
  colWidths: readonly number[] = [],
): string {
  const table = new Table({
    ...{ head: [...head], colAligns: [...colAligns], colWidths: [...colWidths], wordWrap: true },
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

/** The width of each column, in characters with the spaces around it, by the upper border. */
function widthsIn(table: string): number[] {
  return table
    .slice(1, table.indexOf('┐'))
    .split('┬')
    .map(({ length }) => length);
}

/** The width of a table with these columns and the borders between and around them. */
function widthOf(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each + 1, 1);
}

/** Narrows the widest column, one character at a time, until the table fits or each column has its `least` width. */
function narrowed(natural: readonly number[], least: readonly number[], width: number): number[] {
  const widths = [...natural];
  for (let excess = widthOf(widths) - width; excess > 0; excess--) {
    const wide = widths.map((each, j) => (each > least[j] ? each : 0));
    const widest = Math.max(...wide);
    if (widest === 0) break;
    widths[wide.indexOf(widest)]--;
  }
  return widths;
}
