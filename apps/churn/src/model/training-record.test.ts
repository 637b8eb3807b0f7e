import { recordedThreshold, scoringRecord } from './training-record.js';

it('has defaults for what a training record leaves out', () => {
  expect(scoringRecord({})).toEqual({
    columns: [],
    missingValues: ['', 'NA', 'N/A', 'null', 'NaN'],
    categories: 'asWritten',
    predicts: 'churn',
  });
  const record = {
    columns: [],
    missingValues: ['-'],
    timeZone: 'Europe/Berlin',
    delimiter: '^',
    predicts: 'leaves',
  };
  expect(scoringRecord(record)).toEqual({ ...record, categories: 'canonical' });
});

it.each([
  ['missingValues', [1]],
  ['delimiter', '"'],
  ['delimiter', ',,'],
  ['predicts', 'a b'],
  ['predicts', ['churn']],
])('refuses a training record with the %s %j', (field, value) => {
  expect(() => scoringRecord({ [field]: value })).toThrow(
    expect.objectContaining({
      code: 'model-file',
      message: expect.stringContaining(`training: expected "${field}" to be `),
    }),
  );
});

it('reads the threshold of a file of the first version, and refuses what can be none', () => {
  expect(recordedThreshold({}, 3)).toBeUndefined();
  expect(recordedThreshold({ threshold: 1 + Number.EPSILON }, 2)).toBe(1 + Number.EPSILON);
  expect(() => recordedThreshold({ threshold: 0.5 }, 3)).toThrow(
    '"threshold" to be that of a model of two classes',
  );
  for (const threshold of [-5, 1.5, null]) {
    expect(() => recordedThreshold({ threshold }, 2)).toThrow('training: expected "threshold" to be ');
  }
});
