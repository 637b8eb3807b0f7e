import { firstRepeated, isList, type JsonObject, packArray, type StateReader, type Table } from '@churn/core';

/** The maximum number of possible cells, whose numbers have to fit into 32 bits. */
export const MAX_CELLS = 2 ** 31 - 1;

/**
 * The combinations of levels (cells) of one or more category columns that occur in the training rows. A missing value is a level of its
 * own.
 */
export class CategoryCells {
  readonly #placeOf: ReadonlyMap<number, number>;

  constructor(
    readonly columns: readonly string[],
    /** The levels of each column. */
    readonly levels: readonly (readonly string[])[],
    /** The number of each cell, ascending: its levels as digits, where the last level of a column is the missing value. */
    readonly cells: Int32Array,
  ) {
    this.#placeOf = new Map(Array.from(cells, (cell, place) => [cell, place] as const));
  }

  /** The cells of some rows of a table, for columns with at most `MAX_CELLS` possible cells. */
  static learn(x: Table, columns: readonly string[], rows: Int32Array): CategoryCells {
    const levels = columns.map((name) => levelsIn(x, name, rows).sort());
    const numbers = cellNumbers(x, columns, levels);
    const present = new Set<number>();
    for (const row of rows) present.add(numbers[row]);
    return new CategoryCells(columns, levels, Int32Array.from(present).sort());
  }

  /** @throws `model-file` if `state` is not that of cells of some of these columns. */
  static restore(state: StateReader, categories: readonly string[]): CategoryCells {
    const columns = state.names('columns');
    const areColumns = columns.length > 0 && columns.every((name) => categories.includes(name));
    state.expect(areColumns, 'columns', 'names of category columns');
    const levels = state.list('levels', isLevels);
    const areLevels = levels.length === columns.length && nPossible(levels) <= MAX_CELLS;
    state.expect(areLevels, 'levels', 'the levels of each column');
    const cells = state.packed('cells', Int32Array, { from: 0, to: nPossible(levels) - 1 });
    const areRising = cells.length > 0 && cells.every((cell, i) => i === 0 || cell > cells[i - 1]);
    state.expect(areRising, 'cells', 'ascending numbers');
    return new CategoryCells(columns, levels, cells);
  }

  get state(): JsonObject {
    return { columns: this.columns, levels: this.levels, cells: packArray(this.cells) };
  }

  get length(): number {
    return this.cells.length;
  }

  /**
   * The index of each row's cell in `cells`; -1 if it has no training row.
   * @throws `column-name` or `column-kind` if there is no such category column.
   */
  places(x: Table): Int32Array {
    const numbers = cellNumbers(x, this.columns, this.levels);
    for (let row = 0; row < numbers.length; row++) numbers[row] = this.#placeOf.get(numbers[row]) ?? -1;
    return numbers;
  }
}

function isLevels(value: unknown): value is string[] {
  return (
    isList(value) && Array.from(value).every((level) => typeof level === 'string') && !hasRepeated(value)
  );
}

function hasRepeated(levels: ArrayLike<unknown>): boolean {
  return firstRepeated(Array.from(levels)) !== undefined;
}

function nPossible(levels: readonly (readonly string[])[]): number {
  return levels.reduce((product, each) => product * (each.length + 1), 1);
}

/** The levels that occur in the rows. */
export function levelsIn(x: Table, name: string, rows: Int32Array): string[] {
  const { codes, levels } = x.category(name);
  const isPresent = new Uint8Array(levels.length);
  for (const row of rows) if (codes[row] >= 0) isPresent[codes[row]] = 1;
  return levels.filter((_, code) => isPresent[code]);
}

/** The number of each row's cell; -1 if it has an unknown level. */
function cellNumbers(
  x: Table,
  columns: readonly string[],
  levels: readonly (readonly string[])[],
): Int32Array {
  const numbers = new Int32Array(x.nRows);
  columns.forEach((name, j) => {
    const column = x.category(name);
    const digitOf = new Map(levels[j].map((level, digit) => [level, digit]));
    const digits = Int32Array.from(column.levels, (level) => digitOf.get(level) ?? -1);
    const missing = levels[j].length;
    for (let row = 0; row < numbers.length; row++) {
      const digit = column.codes[row] < 0 ? missing : digits[column.codes[row]];
      numbers[row] = numbers[row] < 0 || digit < 0 ? -1 : numbers[row] * (missing + 1) + digit;
    }
  });
  return numbers;
}
