import { Random, Table } from '@churn/core';
import { compareProfiles } from './compare-profiles.js';
import { parseReferenceProfile } from './parse-reference-profile.js';
import { predictionReference } from './prediction-reference.js';
import { ProfileCounts } from './profile-counts.js';
import { referenceProfile } from './reference-profile.js';

const random = new Random(3);
const normals = (n: number, mean = 0) => Float64Array.from({ length: n }, () => mean + random.normal());
const tableOf = (n: number) => Table.fromColumns({ a: normals(n) });
const before = normals(500, 100);
const predicted = predictionReference(new Map([['prediction', before]]), { rootMeanSquaredError: 2 });
const reference = { ...referenceProfile(tableOf(500)), predicted };

function driftOf(predictions: Float64Array) {
  const counts = new ProfileCounts(reference);
  counts.add(tableOf(predictions.length), [predictions]);
  return compareProfiles(reference, counts);
}

it('detects drift of predicted numbers like that of a column', () => {
  const [same] = driftOf(normals(400, 100)).scores;
  expect(same).toMatchObject({ name: 'prediction', isAlert: false });
  const drifted = driftOf(normals(400, 101));
  expect(drifted).toMatchObject({ isAlert: true, alerts: [] });
  const [{ mean, reasons }] = drifted.scores;
  expect(reasons).toEqual(['distribution']);
  expect((mean?.current ?? 0) - (mean?.reference ?? 0)).toBeCloseTo(1, 0);
});

it('counts the same by rows, tables and merging', () => {
  const x = tableOf(40);
  const numbers = normals(40, 100);
  const whole = new ProfileCounts(reference);
  whole.add(x, [numbers]);
  const parts = new ProfileCounts(reference);
  const other = new ProfileCounts(reference);
  for (let row = 0; row < 40; row++) {
    (row % 2 === 0 ? parts : other).addRow([x.numeric('a')[row]], [numbers[row]]);
  }
  parts.merge(other);
  expect(parts.predicted?.predictions[0].counts).toEqual(whole.predicted?.predictions[0].counts);
  expect(parts.predicted?.rows).toBe(40);
  parts.clear();
  expect(compareProfiles(reference, parts).scores).toEqual([]);
});

it('rejects invalid predictions, and counts nothing then', () => {
  const counts = new ProfileCounts(reference);
  const refused = (predictions: ArrayLike<number>[]) => () => counts.add(tableOf(2), predictions);
  expect(refused([[1]])).toThrow('expected predictions for the 2 rows of the table, got 1');
  expect(refused([[1, Infinity]])).toThrow('row 1: expected a finite prediction, got Infinity');
  expect(
    refused([
      [1, 2],
      [1, 2],
    ]),
  ).toThrow('expected 1 arrays, one per predicted number, got 2');
  expect(() => counts.addRow([1], [NaN])).toThrow('row 0: expected a finite prediction, got NaN');
  expect(counts.rows).toBe(0);
  expect(() => predictionReference(new Map())).toThrow(
    'expected at least one predicted number per row, got none',
  );
});

it('is parsed from JSON, and rejected if damaged', () => {
  const json = JSON.parse(JSON.stringify(reference));
  expect(parseReferenceProfile(json, 'profile')).toEqual(json);
  const damaged = (change: object) => () =>
    parseReferenceProfile({ ...json, predicted: { ...json.predicted, ...change } }, 'profile');
  expect(damaged({ rows: 7 })).toThrow('counts of 7 rows');
  expect(damaged({ predictions: [] })).toThrow('predictions with distinct names');
  expect(damaged({ figures: { rootMeanSquaredError: 'low' } })).toThrow('figures');
});
