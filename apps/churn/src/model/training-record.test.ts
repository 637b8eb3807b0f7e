import { type JsonObject, Table } from '@churn/core';
import { referenceProfile, scoreReference } from '@churn/monitor';
import { recordedThreshold, scoringRecord } from './training-record.js';

it('has defaults for omitted fields of a training record', () => {
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
])('rejects a training record with the %s %j', (field, value) => {
  expect(() => scoringRecord({ [field]: value })).toThrow(
    expect.objectContaining({
      code: 'model-file',
      message: expect.stringContaining(`training: expected "${field}" to be `),
    }),
  );
});

it('reads the threshold of a version 1 file, and rejects an invalid one', () => {
  expect(recordedThreshold({}, 3)).toBeUndefined();
  expect(recordedThreshold({ threshold: 1 + Number.EPSILON }, 2)).toBe(1 + Number.EPSILON);
  expect(() => recordedThreshold({ threshold: 0.5 }, 3)).toThrow(
    '"threshold" to be that of a model of two classes',
  );
  for (const threshold of [-5, 1.5, null]) {
    expect(() => recordedThreshold({ threshold }, 2)).toThrow('training: expected "threshold" to be ');
  }
});

describe('the monitoring reference', () => {
  const x = Table.fromColumns({ usage: [1, 2, 2], plan: ['a', null, 'b'] });
  const reference = {
    ...referenceProfile(x),
    score: scoreReference(
      [
        [0.9, 0.5],
        [0.1, 0.5],
      ],
      null,
      ['no', 'yes'],
    ),
  };

  it('is read as it was written', () => {
    expect(scoringRecord({ reference, importances: [0.5, 0] })).toMatchObject({
      reference,
      importances: [0.5, 0],
    });
    expect(scoringRecord({ reference }).importances).toBeUndefined();
    expect(scoringRecord({})).not.toHaveProperty('reference');
  });

  it.each([
    [{ reference: { ...reference, rows: 4 } }, 'training.reference'],
    [{ reference: [] }, 'training.reference'],
    [{ reference, importances: [1] }, '"importances"'],
    [{ reference, importances: [1, -1] }, '"importances"'],
    [{ reference, importances: [1, '2'] }, '"importances"'],
  ])('is rejected if invalid', (record, named) => {
    expect(() => scoringRecord(record as unknown as JsonObject)).toThrow(
      expect.objectContaining({ code: 'model-file', message: expect.stringContaining(named) }),
    );
  });
});
