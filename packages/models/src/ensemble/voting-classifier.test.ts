import {
  ChurnError,
  type Classifier,
  type FittedClassifier,
  FittedPipeline,
  isolateFaults,
  Pipeline,
  parseModel,
  type Restorable,
  StateReader,
  schemaOf,
  serializeModel,
  Table,
  type Transformer,
} from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import { attributedSums } from '../../test/attributed-sums.js';
import {
  CalibratedClassifier,
  DecisionTreeClassifier,
  DummyClassifier,
  GradientBoostingClassifier,
  KNeighborsClassifier,
  LogisticRegression,
  RandomForestClassifier,
} from '../index.js';
import {
  FittedVotingClassifier,
  VotingClassifier,
  type VotingClassifierOptions,
} from './voting-classifier.js';

const row = Array.from({ length: 80 }, (_, i) => i);
const x = Table.fromColumns({
  a: row.map((i) => Math.sin(i * 7) * 3),
  b: row.map((i) => Math.cos(i * 3)),
  c: row.map((i) => (i * 11) % 5),
});
const y = row.map((i) => (Math.sin(i * 7) + Math.cos(i * 3) + Math.sin(i) > 0 ? 'yes' : 'no'));
const three = row.map((i) => 'pqr'[(i * 7 + Math.round(Math.sin(i * 7))) % 3]);
const forest = new RandomForestClassifier({ nEstimators: 5, maxDepth: 3 });
const boosting = new GradientBoostingClassifier({ nEstimators: 5 });
const linear = new LogisticRegression();

/** Drops some columns. */
const only = (names: readonly string[]): Transformer => {
  const fitted = {
    role: 'transformer' as const,
    type: 'Only',
    state: { names },
    transform: (table: Table) => table.select(names),
  };
  return {
    role: 'transformer',
    fit: () => fitted,
    fitTransform: (t) => ({ fitted, output: t.select(names) }),
  };
};
const Only: Restorable = {
  type: 'Only',
  restore: (state) => only(state.names('names')).fit(x),
};
/** Pipelines of different columns. */
const ofOwnColumns: Classifier[] = [
  new Pipeline<FittedClassifier>([only(['b', 'c'])], linear),
  new Pipeline<FittedClassifier>([only(['a', 'b'])], forest),
];

describe.each<[string, Classifier[], (readonly string[])[]]>([
  ['models', [linear, forest], [y]],
  ['pipelines', [new Pipeline([], linear), new Pipeline([], boosting)], [y, three]],
])('VotingClassifier of %s', (_, classifiers, targets) => {
  it.each(
    targets.flatMap((target) =>
      classifierConformance({
        classifier: new VotingClassifier({ classifiers, weights: [1, 2] }),
        restorable: VotingClassifier,
        classes: [FittedPipeline, LogisticRegression, RandomForestClassifier, GradientBoostingClassifier],
        x,
        y: target,
      }),
    ),
  )('$name', ({ run }) => run());
});

describe('VotingClassifier', () => {
  it('is the weighted mean of the probabilities', () => {
    const fitted = new VotingClassifier({ classifiers: [forest, linear], weights: [3, 1] }).fit(x, y);
    const [ofForest, ofLinear] = [forest, linear].map((each) => each.fit(x, y).predictProba(x)[1]);
    fitted.predictProba(x)[1].forEach((p, i) => {
      expect(p).toBeCloseTo((3 * ofForest[i] + ofLinear[i]) / 4, 12);
    });
    expect(new VotingClassifier({ classifiers: [forest, linear] }).weights).toEqual([0.5, 0.5]);
  });

  it('accepts one specification with several seeds', () => {
    const classifiers = [1, 2, 3].map((seed) => new RandomForestClassifier({ nEstimators: 3, seed }));
    const { members } = new VotingClassifier({ classifiers }).fit(x, y);
    expect(new Set(members.map(({ state }) => JSON.stringify(state))).size).toBe(3);
  });

  it('passes sample weights to members that support them', () => {
    const sampleWeight = row.map((i) => 1 + (i % 3));
    const neighbors = new KNeighborsClassifier();
    const { members } = new VotingClassifier({
      classifiers: [linear, new Pipeline([], neighbors), new CalibratedClassifier({ classifier: neighbors })],
    }).fit(x, y, { sampleWeight });
    expect(members[0].state).toEqual(linear.fit(x, y, { sampleWeight }).state);
    expect(members[1].state).toEqual(new Pipeline([], neighbors).fit(x, y).state);
  });

  it.each<[Partial<VotingClassifierOptions>, string]>([
    [{ classifiers: [] }, 'classifiers: expected a list of one or more unfitted classifiers, got []'],
    [{ classifiers: [{} as Classifier] }, 'classifiers: expected a list of one or more unfitted classifiers'],
    [{ weights: [1] }, 'weights: expected 2 non-negative numbers, not all 0, got [1]'],
    [{ weights: [0, 0] }, 'weights: expected 2 non-negative numbers, not all 0, got [0,0]'],
    [{ weights: [1, -1] }, 'weights: expected a list, each item a number of at least 0'],
  ])('rejects %j', (options, message) => {
    expect(() => new VotingClassifier({ classifiers: [forest, linear], ...options })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringContaining(message) }),
    );
  });
});

describe('FittedVotingClassifier', () => {
  const members = ofOwnColumns.map((each) => each.fit(x, y));
  const blend = new FittedVotingClassifier(members, [0.25, 0.75]);

  it('requires the columns of all members, with their kinds', () => {
    const bc = ofOwnColumns[0].fit(x.select(['b', 'c']), y);
    const ab = ofOwnColumns[1].fit(x.select(['a', 'b']), y);
    const ofPipelines = new FittedVotingClassifier([bc, ab], [0.5, 0.5]);
    expect(ofPipelines.features).toEqual(['b', 'c', 'a']);
    expect(ofPipelines.schema).toEqual(['b', 'c', 'a'].map((name) => ({ name, kind: 'numeric' })));
    const models = [linear.fit(x.select(['b', 'c']), y), forest.fit(x.select(['a', 'b']), y)];
    const { schema, ...ofAnyKind } = models[0];
    const untold = {
      ...ofAnyKind,
      ...{ features: ['d'], classes: models[0].classes },
      predictProba: () => [],
    };
    const schemas = [models, [models[0], untold as unknown as FittedClassifier]].map(
      (each) => new FittedVotingClassifier(each, [0.5, 0.5]).schema,
    );
    expect(schemas).toEqual([ofPipelines.schema, undefined]);
  });

  it('is saved and loaded at the end of a pipeline', async () => {
    const pipeline = new FittedPipeline(schemaOf(x), [], blend, new Pipeline([], linear).fit(x, y).summary);
    const text = await serializeModel(pipeline);
    const { model } = await parseModel(text, [
      VotingClassifier,
      Only,
      LogisticRegression,
      RandomForestClassifier,
    ]);
    expect(model.predictProba(x)).toEqual(pipeline.predictProba(x));
    const classes = [VotingClassifier, Only, LogisticRegression, RandomForestClassifier];
    const again = await parseModel(await serializeModel(model), classes);
    expect(again.model.predictProba(x)).toEqual(pipeline.predictProba(x));
    expect(model.attributions!(x)).toEqual(pipeline.attributions!(x));
    await expect(parseModel(text, [VotingClassifier, Only, LogisticRegression])).rejects.toThrow(
      'needs the class RandomForestClassifier',
    );
  });

  it.each([
    ['yes or no', y],
    ['three classes', three],
  ])('explains %s: baseline and contributions add up to the probability', (_, target) => {
    const classifiers = [linear, forest, boosting, new Pipeline([], boosting)];
    const fitted = new VotingClassifier({ classifiers, weights: [1, 2, 3, 4] }).fit(x, target);
    const { unit, outputs } = fitted.attributions!(x);
    expect(unit).toBe('probability');
    const probabilities = fitted.predictProba(x).slice(-outputs.length);
    outputs.forEach((output, k) => {
      attributedSums(output).forEach((sum, i) => {
        expect(sum).toBeCloseTo(probabilities[k][i], 10);
      });
    });
  });

  it('sums the contributions of its members, those of probabilities unchanged', () => {
    const trees = [forest, new DecisionTreeClassifier({ maxDepth: 2 })].map((each) => each.fit(x, y));
    const [first, second] = trees.map((each) => each.attributions(x).outputs[0]);
    const { outputs } = new FittedVotingClassifier(trees, [0.25, 0.75]).attributions!(x);
    expect(outputs).toHaveLength(1);
    expect(outputs[0].baseline).toBeCloseTo(0.25 * first.baseline + 0.75 * second.baseline, 14);
    outputs[0].contributions.forEach((values, j) => {
      values.forEach((value, i) => {
        expect(value).toBeCloseTo(0.25 * first.contributions[j][i] + 0.75 * second.contributions[j][i], 14);
      });
    });
  });

  it('has no attributions or importances if a member has none', () => {
    const neighbors = new KNeighborsClassifier().fit(x, y);
    const mixed = new FittedVotingClassifier([neighbors, forest.fit(x, y)], [0.5, 0.5]);
    expect(mixed.attributions).toBeUndefined();
    expect(mixed.importances).toBeUndefined();
    expect(new FittedPipeline(schemaOf(x), [], mixed).attributions).toBeUndefined();
  });

  it('averages importances by weight', () => {
    const forests = [forest.fit(x.select(['b']), y), forest.fit(x, y)];
    const importances = new FittedVotingClassifier(forests, [0.25, 0.75]).importances!();
    const [, whole] = forests.map((each) => each.importances());
    const of = (name: string) => 0.75 * whole[x.names.indexOf(name)];
    expect(Array.from(importances)).toEqual(
      [0.25 + of('b'), of('a'), of('c')].map((value) => expect.closeTo(value, 12)),
    );
  });

  it('reports faults by the raw columns of a member', () => {
    const huge = x.with({ a: x.numeric('a').map((value, i) => (i === 3 ? 1e308 : value)) });
    const shifted: Transformer = {
      role: 'transformer',
      fit: () => ({
        role: 'transformer',
        type: 'Shifted',
        state: {},
        origins: new Map([['z', ['a']]]),
        transform: (table: Table) => Table.fromColumns({ z: table.numeric('a').map((value) => value * 10) }),
      }),
      fitTransform(table) {
        const fitted = this.fit(table);
        return { fitted, output: fitted.transform(table) };
      },
    };
    const own = new Pipeline<FittedClassifier>([shifted], linear).fit(x, y);
    const pipeline = new FittedPipeline(
      schemaOf(x),
      [],
      new FittedVotingClassifier([...members, own], [0.25, 0.25, 0.5]),
    );
    const { faults, rows } = isolateFaults(huge, (part) => pipeline.predictProba(part));
    expect(rows).toHaveLength(79);
    expect(faults).toEqual([{ row: 3, column: 'a', detail: expect.stringContaining('1e+308') }]);
  });

  it('is certain if all members are', () => {
    const certain = new DummyClassifier({ strategy: 'mostFrequent' }).fit(x, y);
    const six = Array.from({ length: 6 }, () => certain);
    const weights = [0.1, 0.2, 0.3, 0.1, 0.2, 0.1];
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeGreaterThan(1);
    expect(Math.max(...new FittedVotingClassifier(six, weights).predictProba(x).map(([p]) => p))).toBe(1);
  });

  it.each<[string, () => unknown, string]>([
    [
      'no members',
      () => new FittedVotingClassifier([], []),
      'members: expected one or more fitted classifiers',
    ],
    [
      'an unfitted member',
      () => new FittedVotingClassifier([linear as unknown as FittedClassifier], [1]),
      'members[0]: expected a fitted classifier',
    ],
    [
      'other classes',
      () => new FittedVotingClassifier([...members, linear.fit(x, three)], [0.2, 0.3, 0.5]),
      'members[2]: expected a classifier of the classes no, yes, got ["p","q","r"]',
    ],
    [
      'weights that do not sum to 1',
      () => new FittedVotingClassifier(members, [0.5, 0.4]),
      'weights: expected 2 non-negative numbers that add up to 1, got [0.5,0.4]',
    ],
    [
      'a column of two kinds',
      () => {
        const levels = x.with({ b: row.map((i) => 'uv'[i % 2]) });
        const ofLevels = boosting.fit(levels, y);
        return new FittedVotingClassifier([linear.fit(x, y), ofLevels], [0.5, 0.5]);
      },
      'members: expected column "b" to be of one kind for all of them, got numeric and category',
    ],
  ])('rejects %s', (_, make, message) => {
    expect(make).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringContaining(message) }),
    );
  });

  it.each<[string, (state: { weights: number[]; members: object[] }) => object]>([
    ['weights above 1', (state) => ({ ...state, weights: [0.5, 1] })],
    ['a weight below 0', (state) => ({ ...state, weights: [-0.5, 1.5] })],
    ['too few weights', (state) => ({ ...state, weights: [1] })],
    ['no members', () => ({ weights: [], members: [] })],
    [
      'other classes',
      ({ members: [first], ...state }) => ({
        ...state,
        members: [first, { type: 'LogisticRegression', state: linear.fit(x, three).state }],
      }),
    ],
  ])('does not restore a state with %s', (_, change) => {
    const { state } = new VotingClassifier({ classifiers: [linear, linear] }).fit(x, y);
    const changed = change(JSON.parse(JSON.stringify(state)));
    const restore = () =>
      VotingClassifier.restore(new StateReader('VotingClassifier', changed), [LogisticRegression]);
    expect(restore).toThrow(expect.objectContaining({ code: 'model-file' }));
    expect(restore).toThrow(ChurnError);
  });
});
