import { type FieldOptions, fieldsOfCells, LevelFields, type WrittenTexts } from './fields.js';
import { formatRows } from './format-rows.js';

/** Of each column the numbers, or the codes, of some rows. */
export type ColumnBlock = readonly (Float64Array | Int32Array)[];

/** How the columns of a table are written: plain data, which threads can send to each other. */
export interface TableFormat {
  /** Of each column its levels as they are written; nothing for numbers. */
  readonly levels: readonly (WrittenTexts | undefined)[];
  readonly options: FieldOptions;
}

/** The lines of some rows. */
export function formatBlock(block: ColumnBlock, { levels, options }: TableFormat): Buffer {
  const fields = block.map((values, j) => {
    const texts = levels[j];
    return texts ? new LevelFields(values as Int32Array, texts) : fieldsOfCells(values, options);
  });
  return formatRows(fields, block[0].length, options.delimiter);
}
