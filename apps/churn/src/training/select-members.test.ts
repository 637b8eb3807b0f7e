import { Labels, Random } from '@churn/core';
import { logLoss } from '@churn/selection';
import { fitTime } from './fit-time';
import type { FoundModel } from './found';
import { selectMembers } from './select-members';

const random = new Random(4);
const n = 2000;
const z = Array.from({ length: n }, () => random.normal());
const y = Labels.from(
  z.map((value) => value + random.normal() > 0),
  [false, true],
);
const config = {
  workers: 2,
  split: { testSize: 0.3, refit: true },
  crossValidation: { folds: 5, scoring: ['rocAuc' as const] },
};

/** A model that errs by noise of its own. */
function found(name: string, noise: number, fitMs: number): FoundModel {
  const positive = Float64Array.from(
    z,
    (value) => 1 / (1 + Math.exp(-1.7 * (value + noise * random.normal()))),
  );
  const probabilities = [positive.map((p) => 1 - p), positive];
  const scores = { logLoss: { folds: [], mean: logLoss(y, probabilities), std: 0 } };
  return {
    name,
    scores,
    predictions: probabilities,
    candidates: [],
    best: { fitMs },
  } as object as FoundModel;
}

const best = found('best', 0.3, 1000);
const beside = found('beside', 0.4, 500);
const slow = found('slow', 0.7, 9000);
const namesOf = (models: readonly FoundModel[], fitMs: number) => {
  const { weighed, leftOut } = selectMembers(models, y, config, fitMs);
  expect(weighed.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  return { members: weighed.map(({ name }) => name).sort(), leftOut };
};

it('selects all members that help if there is time', () => {
  expect(namesOf([slow, beside, best], Infinity)).toEqual({
    members: ['beside', 'best', 'slow'],
    leftOut: [],
  });
});

it('leaves out slow ones, and keeps the best with what is fitted alongside in the same time', () => {
  const { members, leftOut } = namesOf([slow, beside, best], 0);
  expect(members).toEqual(['beside', 'best']);
  expect(leftOut).toEqual(['slow']);
});

it('keeps only the best if it is the slow one, however little time is left', () => {
  const only = { ...best, best: { ...best.best, fitMs: 20_000 } };
  const long = { ...slow, best: { ...slow.best, fitMs: 30_000 } };
  expect(namesOf([long, only], 0)).toEqual({ members: ['best'], leftOut: ['slow'] });
});

it('stays within the time if the best allows it', () => {
  const many = [best, ...[1, 2, 3, 4, 5].map((i) => found(`other${i}`, 0.4, 900))];
  const limit = fitTime([1000, 900, 900], config);
  const { weighed, leftOut } = selectMembers(many, y, config, limit);
  expect(leftOut.length).toBeGreaterThan(0);
  expect(weighed.map(({ name }) => name)).toContain('best');
  expect(
    fitTime(
      weighed.map(({ model }) => model.best.fitMs),
      config,
    ),
  ).toBeLessThanOrEqual(limit);
});
