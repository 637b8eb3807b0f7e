/** A named column of numbers or of category levels. */
export interface CustomerColumn {
  readonly name: string;
  readonly values: Float64Array | readonly string[];
}

/** Customers by column, in the order of the file. */
export interface CustomerTable {
  readonly rows: number;
  readonly columns: readonly CustomerColumn[];
}
