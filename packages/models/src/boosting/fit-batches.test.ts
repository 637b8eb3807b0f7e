import { Labels, Random, Table } from '@churn/core';
import { binCodes } from '../trees/bins';
import { GradientBoostingClassifier, type GradientBoostingOptions } from './gradient-boosting';
import type { TrainingBatch, TrainingBatches } from './training-batches';

const GROUPS = ['a', 'b', 'c', 'd'];

/** Rows of few and of many distinct values, some missing, of categories with few and many levels, and with copies. */
function rows(n: number, { continuous = true } = {}): Required<TrainingBatch> {
  const random = new Random(5);
  const numbers = () => Float64Array.from({ length: n }, () => random.normal());
  const few = numbers().map((value) => (value > 1.5 ? NaN : Math.round(3 * value)));
  const many = numbers().map((value) => (continuous ? value : Math.round(20 * value)));
  const groups = Array.from({ length: n }, () => GROUPS[random.int(4)]);
  const cities = Array.from({ length: n }, () => (random.int(9) === 0 ? null : `city ${random.int(30)}`));
  const score = few.map((value, i) => {
    const city = Number(cities[i]?.slice(5) ?? 0) % 3;
    return (Number.isNaN(value) ? 2 : value) / 3 + many[i] * (groups[i] === 'a' ? 1 : -1) + city;
  });
  return {
    x: Table.fromColumns({ few, many, groups, cities }),
    y: Labels.from(Array.from(score, (value) => (value + random.normal() > 1 ? 'leaves' : 'stays'))),
    sampleWeight: Float64Array.from({ length: n }, () => random.int(3)),
  };
}

function cut(
  { x, y, sampleWeight }: Required<TrainingBatch>,
  size: number,
  isWeighted = false,
): TrainingBatch[] {
  return Array.from({ length: Math.ceil(x.nRows / size) }, (_, part) => {
    const chosen = Array.from({ length: size }, (_, i) => part * size + i).filter((row) => row < x.nRows);
    return {
      x: x.take(chosen),
      y: (y as Labels).take(chosen),
      ...(isWeighted && { sampleWeight: chosen.map((row) => sampleWeight[row]) }),
    };
  });
}

/** Batches that are read anew each time, like those of a file. */
function reread(read: (time: number) => readonly TrainingBatch[]): TrainingBatches {
  let time = 0;
  return {
    async *[Symbol.asyncIterator]() {
      yield* read(time++);
    },
  };
}

const QUICK = { nEstimators: 12, learningRate: 0.3, nJobs: 1 } as const;

describe('GradientBoostingClassifier.fitBatches', () => {
  it.each<[string, GradientBoostingOptions]>([
    ['symmetric trees', {}],
    ['leaves', { growth: 'leaf', maxLeafNodes: 8 }],
    ['sets of categories', { categories: 'sets' }],
    ['statistics of categories', { categories: 'statistics' }],
    [
      'interactions and a monotonic constraint',
      { interactions: [['few', 'cities'], ['many']], monotone: { many: 1 } },
    ],
    ['class weights', { classWeight: 'balanced' }],
    ['bootstrap', { bootstrap: 'bayesian', maxFeatures: 0.7, subsample: 0.8 }],
  ])('equals fit, with exact bins, with %s', async (_, options) => {
    const all = rows(1500);
    const model = new GradientBoostingClassifier({ ...QUICK, ...options });
    const expected = JSON.stringify(model.fit(all.x, all.y).state);
    for (const size of [1500, 400, 37]) {
      const fitted = await model.fitBatches(reread(() => cut(all, size)));
      expect(JSON.stringify(fitted.state) === expected).toBe(true);
    }
  });

  it('equals fit with weights, including rows of weight 0', async () => {
    const all = rows(900);
    const model = new GradientBoostingClassifier(QUICK);
    const expected = model.fit(all.x, all.y, { sampleWeight: all.sampleWeight });
    const fitted = await model.fitBatches(cut(all, 200, true));
    expect(fitted.state).toEqual(expected.state);
  });

  it('equals fit for any number of rows, if columns have few distinct values', async () => {
    const all = rows(20_000, { continuous: false });
    const model = new GradientBoostingClassifier({ ...QUICK, categories: 'sets' });
    const fitted = await model.fitBatches(cut(all, 3000));
    expect(JSON.stringify(fitted.state) === JSON.stringify(model.fit(all.x, all.y).state)).toBe(true);
  });

  it('bins many values with about equal counts', async () => {
    const all = rows(60_000);
    const model = new GradientBoostingClassifier({ ...QUICK, maxBins: 50, categories: 'sets' });
    const { binning } = (await model.fitBatches(cut(all, 7000))).boosted;
    const many = binning.features.find(({ name }) => name === 'many');
    const counts = new Int32Array(50);
    for (const bin of binCodes(all.x.numeric('many'), (many as { edges: Float64Array }).edges)) counts[bin]++;
    expect(Math.min(...counts)).toBeGreaterThan(900);
    expect(Math.max(...counts)).toBeLessThan(1500);
  });

  it('finds the best number of rounds', async () => {
    const all = rows(2000);
    const model = new GradientBoostingClassifier({ learningRate: 0.3, nJobs: 1 });
    const fitted = await model.fitBatches(cut(all, 500));
    expect(fitted.nRounds).toBeGreaterThan(3);
    expect(fitted.nRounds).toBeLessThan(200);
  });

  it('supports classes that no batch contains together, in the order of labels', async () => {
    const x = Table.fromColumns({ a: Float64Array.from({ length: 40 }, (_, i) => i) });
    const part = (from: number, label: string) => ({
      x: x.take(Array.from({ length: 20 }, (_, i) => from + i)),
      y: Array<string>(20).fill(label),
    });
    const { classes } = await new GradientBoostingClassifier(QUICK).fitBatches([
      part(0, 'yes'),
      part(20, 'no'),
    ]);
    expect(classes).toEqual(['no', 'yes']);
    const positive = Labels.from(['yes', 'no'], { positive: 'no' });
    const told = [part(0, 'yes'), part(20, 'no')].map(({ x, y }) => ({
      x,
      y: Labels.from(y, positive.classes),
    }));
    expect((await new GradientBoostingClassifier(QUICK).fitBatches(told)).classes).toEqual(['yes', 'no']);
  });

  describe('rejects', () => {
    const all = rows(200);
    const batches = cut(all, 60);
    const [first, second, ...others] = batches;
    const fit = (given: TrainingBatches, options: GradientBoostingOptions = {}) =>
      new GradientBoostingClassifier({ ...QUICK, ...options }).fitBatches(given);

    it.each<[string, TrainingBatches, string]>([
      [
        'anything but batches',
        [{ foo: 1 }] as never,
        'batch 0: expected x, y and, if any, sampleWeight, got foo',
      ],
      ['rows of objects', [{ x: [{ a: 1 }], y: [1] }] as never, 'batch 0: x: expected a Table, got a list'],
      ['a misspelt field', [{ ...first, sampleWeights: [] }] as never, 'got sampleWeights'],
      ['no batch', [], 'batches: expected one or more batches, got none'],
      [
        'a table',
        first as never,
        'batches: expected an array of batches, or an object with [Symbol.asyncIterator], got',
      ],
      [
        'an iterator that can be read only once',
        (function* () {
          yield* batches;
        })(),
        'batches: expected the same 200 rows both times, got 0 the second time; a generator can be read only once',
      ],
      [
        'one more batch in the second pass',
        reread((time) => (time === 0 ? batches : [...batches, first])),
        'batches: expected the same rows both times, got more than 200 the second time',
      ],
      [
        'one batch less in the second pass',
        reread((time) => (time === 0 ? batches : [first, second])),
        'batches: expected the same 200 rows both times, got 120 the second time',
      ],
      [
        'another order in the second pass',
        reread((time) => (time === 0 ? batches : [second, first, ...others])),
        'batches: expected the same rows both times, got other labels in batch 0 the second time',
      ],
      [
        'other columns in the second pass',
        reread((time) => (time === 0 ? batches : batches.map(({ x, y }) => ({ x: x.drop(['few']), y })))),
        'batch 0: the columns do not match those of training: missing: "few"',
      ],
      [
        'a missing column',
        [first, { ...second, x: second.x.drop(['few']) }],
        'batch 1: the columns do not match',
      ],
      [
        'an additional column',
        [first, { ...second, x: second.x.with({ more: new Float64Array(60) }) }],
        'batch 1: column "more" is not in the batches before it',
      ],
      [
        'a column of another kind',
        [first, { ...second, x: second.x.with({ few: Array<string>(60).fill('x') }) }],
        'batch 1: the columns do not match those of training: "few" should hold numbers, not text',
      ],
      [
        'an infinite value',
        [first, { ...second, x: second.x.with({ many: new Float64Array(60).fill(Infinity, 7, 8) }) }],
        'batch 1: column "many", row 7: expected a finite number or a missing value, got Infinity',
      ],
      [
        'too few labels',
        [first, { ...second, y: ['stays'] }],
        'batch 1: expected 60 labels, one per row, got 1',
      ],
      [
        'a weight below 0',
        [first, { ...second, sampleWeight: new Float64Array(60).fill(-1) }],
        'batch 1: sampleWeight, row 0: expected a number of at least 0, got -1',
      ],
      [
        'labels of one class',
        [{ x: first.x, y: Array<string>(60).fill('stays') }],
        'expected rows of two or more classes, got one (stays)',
      ],
    ])('%s', async (_, given, message) => {
      await expect(fit(given)).rejects.toThrow(message);
    });

    it('parameters that do not suit the columns, before reading the batches', async () => {
      let read = 0;
      const counted = reread(() => {
        read++;
        return batches;
      });
      await expect(fit(counted, { monotone: { cities: 1 } })).rejects.toThrow(
        'column "cities": expected numbers',
      );
      await expect(fit(counted, { interactions: [['none']] })).rejects.toThrow('column "none" is missing');
      expect(read).toBe(2);
    });
  });
});
