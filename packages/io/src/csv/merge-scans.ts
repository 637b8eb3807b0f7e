import { NumberForms } from '../typing/tally.js';
import type { ScannedColumn } from './column-scan.js';
import type { ScannedRecords } from './scan-records.js';

/** Joins the scans of consecutive parts into one. */
export function mergeScans(parts: readonly ScannedRecords[]): ScannedRecords {
  const nRows = parts.reduce((sum, part) => sum + part.nRows, 0);
  const starts = new Uint32Array(nRows);
  const ends = new Uint32Array(nRows);
  const lines = new Int32Array(nRows);
  const sparse: number[] = [];
  let row = 0;
  let before = 0;
  for (const part of parts) {
    starts.set(part.starts, row);
    ends.set(part.ends, row);
    for (let i = 0; i < part.nRows; i++) lines[row + i] = part.lines[i] + before;
    for (const each of part.sparse) sparse.push(row + each);
    row += part.nRows;
    before += part.nLines;
  }
  const columns = parts[0].columns.map((_, j) => {
    const own = parts.flatMap(({ columns: { [j]: column }, nRows: rows }) =>
      column ? [{ ...column, nRows: rows }] : [],
    );
    return own.length > 0 ? mergeColumns(own, nRows) : undefined;
  });
  return { nRows, starts, ends, lines, nLines: before, columns, sparse };
}

function mergeColumns(
  parts: readonly (ScannedColumn & { readonly nRows: number })[],
  nRows: number,
): ScannedColumn {
  const numbers = parts.some((part) => part.numbers) ? new Float64Array(nRows) : undefined;
  const codes = parts.some((part) => part.codes) ? new Int32Array(nRows) : undefined;
  const codeOf = new Map<string, number>();
  const forms = new NumberForms();
  let row = 0;
  for (const part of parts) {
    const end = row + part.nRows;
    if (part.numbers) numbers?.set(part.numbers, row);
    else numbers?.fill(NaN, row, end);
    const merged = part.texts.map((text) => {
      const code = codeOf.get(text) ?? codeOf.size;
      codeOf.set(text, code);
      return code;
    });
    if (codes && part.codes) {
      for (let i = 0; i < part.nRows; i++) codes[row + i] = part.codes[i] < 0 ? -1 : merged[part.codes[i]];
    } else codes?.fill(-1, row, end);
    forms.beyondSafe += part.forms.beyondSafe;
    forms.points += part.forms.points;
    forms.pointGroups += part.forms.pointGroups;
    forms.padded ??= part.forms.padded;
    row = end;
  }
  return { numbers, codes, texts: [...codeOf.keys()], forms };
}
