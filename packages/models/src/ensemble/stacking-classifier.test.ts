import {
  type Classifier,
  FittedPipeline,
  Labels,
  Pipeline,
  parseModel,
  Random,
  StateReader,
  serializeModel,
  stratifiedFolds,
  Table,
} from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import { attributedSums } from '../../test/attributed-sums.js';
import {
  type FittedLogisticRegression,
  KNeighborsClassifier,
  LogisticRegression,
  RandomForestClassifier,
} from '../index.js';
import { StackingClassifier } from './stacking-classifier.js';

const random = new Random(9);
const n = 150;
const a = Float64Array.from({ length: n }, () => random.normal());
const x = Table.fromColumns({ a, b: a.map(() => random.normal()) });
const y = Array.from(a, (value) => (value + random.normal() > 0 ? 'yes' : 'no'));
const three = Array.from(a, (value, i) => (i % 5 === 0 ? 'p' : value > 0 ? 'q' : 'r'));
const linear = new LogisticRegression();
const forest = new RandomForestClassifier({ nEstimators: 5, maxDepth: 3 });
const small = Array.from({ length: 60 }, (_, i) => i);
const logOdds = (p: number) => Math.log(p / (1 - p));

describe.each([
  ['two classes', y],
  ['three classes', three],
])('StackingClassifier of %s', (_, target) => {
  it.each(
    classifierConformance({
      classifier: new StackingClassifier({ classifiers: [linear, new Pipeline([], forest)], cv: 3 }),
      restorable: StackingClassifier,
      classes: [LogisticRegression, RandomForestClassifier, FittedPipeline],
      x: x.take(small),
      y: target.slice(0, 60),
    }),
  )('$name', ({ run }) => run());
});

describe('StackingClassifier', () => {
  it('fits on out-of-fold log-odds', () => {
    const labels = Labels.from(y);
    const folds = stratifiedFolds(labels, 4, new Random(7).stream('StackingClassifier'));
    const z = Float64Array.from(y, (_, row) => {
      const others = y.map((_, other) => other).filter((other) => folds[other] !== folds[row]);
      const [, p] = linear.fit(x.take(others), labels.take(others)).predictProba(x.take([row]));
      return logOdds(p[0]);
    });
    const final = linear.fit(Table.fromColumns({ 'member 1': z }), y);
    const model = new StackingClassifier({ classifiers: [linear], cv: 4, seed: 7 }).fit(x, y);
    const [received] = (model.final as FittedLogisticRegression).terms;
    expect(received.coefficients[0]).toBeCloseTo(final.terms[0].coefficients[0], 8);
    expect(received.intercept).toBeCloseTo(final.terms[0].intercept, 8);
    expect(model.members[0].state).toEqual(linear.fit(x, y).state);
    const [, p] = model.predictProba(x);
    const [, before] = linear.fit(x, y).predictProba(x);
    p.forEach((each, row) => {
      expect(logOdds(each)).toBeCloseTo(
        received.coefficients[0] * logOdds(before[row]) + received.intercept,
        9,
      );
    });
  });

  it('assigns no weight to a member that overfits', () => {
    // The nearest neighbour of a row of training is the row itself: only predictions out of fold show that it knows nothing.
    const byHeart = new KNeighborsClassifier({ nNeighbors: 1 });
    const shuffled = new Random(3).shuffle([...y]);
    const { members, final } = new StackingClassifier({ classifiers: [byHeart] }).fit(x, shuffled);
    expect(members[0].predict(x)).toEqual(shuffled);
    const [{ coefficients }] = (final as FittedLogisticRegression).terms;
    expect(Math.abs(coefficients[0])).toBeLessThan(0.05);
  });

  it('accepts another final classifier', () => {
    const model = new StackingClassifier({ classifiers: [linear, forest], final: forest }).fit(x, y);
    expect(model.final.type).toBe('RandomForestClassifier');
    expect(model.attributions).toBeUndefined();
  });

  it('is saved and loaded, and explains its log-odds', async () => {
    const model = new Pipeline([], new StackingClassifier({ classifiers: [linear, forest] })).fit(x, y);
    const text = await serializeModel(model);
    const loaded = await parseModel(text, [StackingClassifier, LogisticRegression, RandomForestClassifier]);
    expect(loaded.model.predictProba(x)).toEqual(model.predictProba(x));
    const { unit, outputs } = loaded.model.attributions!(x);
    expect(unit).toBe('log-odds');
    const [, probabilities] = model.predictProba(x);
    attributedSums(outputs[0]).forEach((sum, i) => {
      expect(sum).toBeCloseTo(logOdds(probabilities[i]), 8);
    });
  });

  it('passes sample weights to members that support them', () => {
    const sampleWeight = y.map((_, i) => 1 + (i % 2));
    const { members, final } = new StackingClassifier({
      classifiers: [linear, new KNeighborsClassifier()],
    }).fit(x, y, { sampleWeight });
    expect(members[0].state).toEqual(linear.fit(x, y, { sampleWeight }).state);
    expect(final.state).not.toEqual(
      new StackingClassifier({ classifiers: [linear, new KNeighborsClassifier()] }).fit(x, y).final.state,
    );
  });

  it('rejects invalid members', () => {
    expect(() => new StackingClassifier({ classifiers: [] })).toThrow(
      'classifiers: expected a list of one or more',
    );
    expect(() => new StackingClassifier({ classifiers: [linear], final: {} as Classifier })).toThrow(
      'final: expected an unfitted classifier',
    );
    expect(() => new StackingClassifier({ classifiers: [linear], cv: 1 })).toThrow('cv: expected an integer');
  });

  it.each<[string, (state: { members: object[]; final: object }) => object]>([
    ['no members', (state) => ({ ...state, members: [] })],
    ['more members', (state) => ({ ...state, members: [...state.members, ...state.members] })],
    [
      'a final classifier of other columns',
      (state) => ({ ...state, final: { type: linear.fit(x, y).type, state: linear.fit(x, y).state } }),
    ],
  ])('does not restore a state of %s', (_, change) => {
    const { state } = new StackingClassifier({ classifiers: [linear] }).fit(x, y);
    const changed = change(JSON.parse(JSON.stringify(state)));
    expect(() =>
      StackingClassifier.restore(new StateReader('StackingClassifier', changed), [LogisticRegression]),
    ).toThrow(expect.objectContaining({ code: 'model-file' }));
  });
});
