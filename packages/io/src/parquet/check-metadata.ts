import type { FileMetaData, SchemaElement } from 'hyparquet';

/** The maximum number of rows in a row group; writers use at most about a million. */
const MAX_ROWS = 2 ** 26;

/**
 * Checks the metadata of a Parquet file before memory is allocated for it.
 * @throws if it contradicts itself or the length of the file.
 */
export function checkParquetMetadata(
  { schema, row_groups, num_rows }: FileMetaData,
  byteLength: number,
): void {
  const [root, ...elements] = schema;
  if (root === undefined || elements.length === 0) throw new Error('it has no columns');
  refuseNested(elements);
  if (root.num_children !== elements.length) throw new Error('its schema contradicts itself');
  const names = new Set<string>();
  for (const { name, type, type_length } of elements) {
    if (typeof name !== 'string' || type === undefined) throw new Error('a column has no name or no type');
    if (names.has(name)) throw new Error(`column "${name}" appears twice`);
    if (type === 'FIXED_LEN_BYTE_ARRAY' && !((type_length ?? 0) > 0)) {
      throw new Error(`column "${name}": its values have no length`);
    }
    names.add(name);
  }
  let rows = 0n;
  for (const group of row_groups) {
    const count = group.num_rows;
    if (typeof count !== 'bigint' || count < 0n || count > MAX_ROWS) {
      throw new Error(`a row group claims to have ${count} rows, expected at most ${MAX_ROWS}`);
    }
    rows += count;
    if (group.columns.length !== elements.length) throw new Error('a row group has too few columns');
    group.columns.forEach((column, j) => {
      checkColumn(column.meta_data, elements[j], count, byteLength);
    });
  }
  if (rows !== num_rows)
    throw new Error(`it claims to have ${num_rows} rows, but its row groups have ${rows}`);
}

function refuseNested(elements: readonly SchemaElement[]): void {
  const nested = elements.find(
    ({ num_children = 0, repetition_type }) => num_children > 0 || repetition_type === 'REPEATED',
  );
  if (nested)
    throw new Error(`column "${nested.name}": expected one value per row, got a list or a group of values`);
}

type ColumnMetaData = FileMetaData['row_groups'][number]['columns'][number]['meta_data'];

function checkColumn(
  metadata: ColumnMetaData,
  { name, type }: SchemaElement,
  rows: bigint,
  byteLength: number,
): void {
  const refuse = (what: string) => new Error(`column "${name}": ${what}`);
  if (!metadata) throw refuse('it has no metadata');
  const { path_in_schema: path, num_values, data_page_offset, dictionary_page_offset } = metadata;
  if (metadata.type !== type || path.length !== 1 || path[0] !== name)
    throw refuse('its metadata contradicts the schema');
  if (metadata.codec === undefined) throw refuse('its compression is unknown');
  if (num_values !== rows) throw refuse(`it has ${num_values} values in a row group of ${rows} rows`);
  const size = metadata.total_compressed_size;
  const start = dictionary_page_offset || data_page_offset;
  const isInside =
    [data_page_offset, start, size].every(
      (each) => typeof each === 'bigint' && each >= 0n && each < byteLength,
    ) && start + size <= byteLength;
  if (!isInside) throw refuse('it is outside the file');
}
