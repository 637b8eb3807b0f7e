import { createReport, profile } from '@churn/eda';
import { detectDelimiter, type FileRecords, inspectRecords, parseCsv, toDataset } from '@churn/io';
import { targetsOf } from './guess-target.js';
import { createHash } from './host/crypto.js';
import type { ReadMessage } from './messages.js';

/** @throws `invalid-file` where the bytes are no CSV. */
export function readRecords(name: string, bytes: Uint8Array): FileRecords {
  const records = parseCsv(bytes, { source: name, delimiter: detectDelimiter(bytes) });
  return { ...records, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * What a file holds, before it is known what to predict.
 * @throws `invalid-data` where its columns cannot be read.
 */
export function describeRecords(records: FileRecords): ReadMessage {
  const evidence = inspectRecords(records);
  const schema = evidence.map(({ column }) => column);
  const { table } = toDataset(records, schema, { misfits: 'missing' });
  const learned = new Set(
    evidence.filter(({ decision }) => decision === 'learn').map(({ column }) => column.name),
  );
  const profiled = profile(table);
  const missing = profiled.columns.reduce((sum, column) => sum + column.missing, 0);
  const page = createReport({
    title: `${records.source}: profile`,
    sections: [
      {
        title: 'Data',
        blocks: [
          {
            kind: 'figures',
            figures: [
              { label: 'rows', value: table.nRows.toLocaleString('en') },
              { label: 'columns', value: String(table.names.length) },
              { label: 'missing values', value: missing.toLocaleString('en') },
            ],
          },
          ...(profiled.warnings.length > 0
            ? [{ kind: 'list', items: profiled.warnings.map(({ message }) => message) } as const]
            : []),
        ],
      },
      { title: 'Columns', blocks: [{ kind: 'columns', profile: profiled }] },
    ],
  });
  return {
    ...{ kind: 'read', rows: table.nRows, columns: table.names.length, page },
    ...targetsOf(table, (name) => learned.has(name)),
  };
}
