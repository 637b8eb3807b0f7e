import { brierScore, integratedBrierScore } from './brier-score.js';
import { concordance } from './concordance.js';
import { cumulativeDynamicAuc } from './cumulative-dynamic-auc.js';

const y = { durations: [1, 2, 3, 3, 4], events: [1, 0, 1, 0, 1] };
const survival = [[0.4, 0.5, 0.6, 0.7, 0.9]];

it('weights rows for censoring; an event precedes censoring at the same time', () => {
  // By hand: of 4 at risk of censoring at 2 one leaves, and at 3, after the event, one of 2.
  const sum = (0.16 + (0.16 + 0.09 + 0.01) / 0.75) / 5;
  expect(brierScore(y, survival, [2])[0]).toBeCloseTo(sum, 14);
  const late = (0.16 + 0.36 / 0.75 + 0.01 / 0.375) / 5;
  expect(brierScore(y, survival, [3])[0]).toBeCloseTo(late, 14);
  expect(integratedBrierScore(y, [survival[0], survival[0]], [2, 3])).toBeCloseTo((sum + late) / 2, 14);
});

it('counts a row of weight 2 as two equal rows', () => {
  const sampleWeight = [1, 2, 2, 1, 3];
  const rows = sampleWeight.flatMap((weight, row) => Array<number>(weight).fill(row));
  const of = (values: readonly number[]) => rows.map((row) => values[row]);
  const taken = { durations: of(y.durations), events: of(y.events) };
  const [risk] = survival;
  expect(brierScore(y, survival, [3], { sampleWeight })[0]).toBeCloseTo(
    brierScore(taken, [of(risk)], [3])[0],
    14,
  );
  const areas = cumulativeDynamicAuc(y, risk, [1, 3], { sampleWeight });
  expect(areas.mean).toBeCloseTo(cumulativeDynamicAuc(taken, of(risk), [1, 3]).mean, 14);
  expect(concordance(y, risk, { sampleWeight, method: 'uno' })).toBeCloseTo(
    concordance(taken, of(risk), { method: 'uno' }),
    14,
  );
});

it('rejects invalid input', () => {
  expect(() => brierScore(y, [], [2])).toThrow('expected the survival at each of 1 times, got 0 arrays');
  expect(() => brierScore(y, [[1, 2, 1, 1, 1]], [2])).toThrow(
    'row 1: expected a probability from 0 to 1, got 2',
  );
  expect(() => brierScore(y, [[1, 1]], [2])).toThrow('for each of 5 rows, got 2');
  expect(() => brierScore(y, survival, [4])).toThrow(
    'ascending times of at least 0 and before 4, the last duration',
  );
  expect(() => brierScore(y, [...survival, ...survival], [2, 1])).toThrow('got 1 at 1');
  expect(() => integratedBrierScore(y, survival, [2])).toThrow('two times or more');
  const truncated = { ...y, entry: [0, 0, 1, 0, 0] };
  expect(() => brierScore(truncated, survival, [2])).toThrow('expected durations without entry');
  const train = { durations: [1, 2], events: [1, 0] };
  expect(() => brierScore(y, survival, [3], { train })).toThrow('row 2: its event occurs when all rows');
  expect(() => concordance(y, survival[0], { train, method: 'uno' })).toThrow('give a tau before it');
  expect(() => cumulativeDynamicAuc(y, survival[0], [0.5])).toThrow('no row with an event up to 0.5');
  expect(() => cumulativeDynamicAuc(y, [survival[0], survival[0]], [2])).toThrow(
    'for each of 1 times, got 2',
  );
});
