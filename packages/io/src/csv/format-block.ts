import { type FieldOptions, fieldsOfCells, LevelFields, type WrittenTexts } from './fields.js';
import { formatRows } from './format-rows.js';

/** The numbers or codes of some rows, by column. */
export type ColumnBlock = readonly (Float64Array | Int32Array)[];

/** How the columns of a table are formatted: plain data, which can be sent to other threads. */
export interface TableFormat {
  /** The formatted levels of each column; `undefined` for numbers. */
  readonly levels: readonly (WrittenTexts | undefined)[];
  readonly options: FieldOptions;
}

/** Formats a block as lines. */
export function formatBlock(block: ColumnBlock, { levels, options }: TableFormat): Buffer {
  const fields = block.map((values, j) => {
    const texts = levels[j];
    return texts ? new LevelFields(values as Int32Array, texts) : fieldsOfCells(values, options);
  });
  return formatRows(fields, block[0].length, options.delimiter);
}
