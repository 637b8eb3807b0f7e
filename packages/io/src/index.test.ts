import * as io from './index';

it('exports these names and no others', () => {
  expect(Object.keys(io).sort()).toEqual([
    'DEFAULT_MISSING_VALUES',
    'assertDataset',
    'atomicWriter',
    'checkDataset',
    'columnNames',
    'convertRecords',
    'csvRecordFormatter',
    'fileError',
    'formatCsv',
    'loadModel',
    'parseCsv',
    'parseDatasetColumn',
    'parseDatasetSchema',
    'readCsv',
    'readCsvBatches',
    'readCsvRecords',
    'saveModel',
    'schemaKinds',
    'toDataset',
    'toTable',
    'writeCsv',
    'writeFileAtomic',
  ]);
});
