/** The names of the formats of files, for `--format`. */
export const FORMAT_NAMES = ['csv', 'jsonl', 'parquet', 'arrow', 'excel'] as const;
