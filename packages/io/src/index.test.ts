import * as io from './index';

it('exports these names and no others', () => {
  expect(Object.keys(io).sort()).toEqual([
    'DEFAULT_MISSING_VALUES',
    'assertDataset',
    'checkDataset',
    'columnNames',
    'fileError',
    'formatCsv',
    'loadModel',
    'parseCsv',
    'parseDatasetColumn',
    'parseDatasetSchema',
    'readCsv',
    'readCsvRecords',
    'saveModel',
    'schemaKinds',
    'toDataset',
    'toTable',
    'writeCsv',
    'writeFileAtomic',
  ]);
});
