import { scoringRecord } from './training-record.js';

it('has defaults for what a training record leaves out', () => {
  expect(scoringRecord({}, 3)).toMatchObject({ threshold: undefined, delimiter: ',', predicts: 'churn' });
  const record = { threshold: 1 + Number.EPSILON, missingValues: ['-'], delimiter: ';', predicts: 'leaves' };
  expect(scoringRecord(record, 2)).toEqual(record);
});

it.each([
  ['threshold', -5],
  ['threshold', 1.5],
  ['threshold', null],
  ['missingValues', [1]],
  ['delimiter', '"'],
  ['delimiter', ',,'],
  ['predicts', 'a b'],
  ['predicts', ['churn']],
])('refuses a training record with the %s %j', (field, value) => {
  expect(() => scoringRecord({ [field]: value }, 2)).toThrow(
    expect.objectContaining({
      code: 'model-file',
      message: expect.stringContaining(`training: expected "${field}" to be `),
    }),
  );
});

it('refuses a threshold for more than two classes', () => {
  expect(() => scoringRecord({ threshold: 0.5 }, 3)).toThrow(
    '"threshold" to be that of a model of two classes',
  );
});
