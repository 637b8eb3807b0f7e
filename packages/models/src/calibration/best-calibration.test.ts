import { Labels, Random, StateReader, Table } from '@churn/core';
import { FittedVotingClassifier, LogisticRegression, VotingClassifier } from '../index.js';
import { type BestCalibrationOptions, bestCalibration, calibrate } from './best-calibration.js';
import { CalibratedClassifier, FittedCalibratedClassifier } from './calibrated-classifier.js';

const n = 2000;
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const random = new Random(11);
const z = Array.from({ length: n }, () => 1.5 * random.normal());
const y = z.map((each) => Number(random.uniform() < sigmoid(each)));
const two = (p: number[]) => [Float64Array.from(p, (each) => 1 - each), Float64Array.from(p)];
const lossOf = (columns: readonly Float64Array[], codes: readonly number[] = y) =>
  codes.reduce((sum, code, row) => sum - Math.log(columns[code][row]), 0) / codes.length;
/** The loss after the calibration, on the rows that it was fitted on. */
const calibrated = (columns: readonly Float64Array[], options?: BestCalibrationOptions, labels = y) => {
  const best = bestCalibration(columns, labels, options);
  return best && { ...best, loss: lossOf(calibrate(columns, best), labels) };
};

describe('bestCalibration', () => {
  it('leaves calibrated probabilities unchanged', () => {
    expect(bestCalibration(two(z.map(sigmoid)), y)).toBeUndefined();
  });

  it.each<[string, (z: number) => number, string[]]>([
    ['overconfident about both classes', (each) => sigmoid(3 * each), ['temperature']],
    ['underconfident', (each) => sigmoid(0.4 * each), ['temperature']],
    ['too high', (each) => sigmoid(each + 1.2), ['sigmoid']],
    ['overconfident about one class', (each) => sigmoid(each) ** 6, ['beta']],
    [
      'distorted by no known function',
      (each) => [0.3, 0.31, 0.32, 0.6, 0.61][Math.round(Math.min(Math.max(each, -2), 2)) + 2],
      ['isotonic'],
    ],
  ])('corrects probabilities that are %s', (_, wrong, methods) => {
    const columns = two(z.map(wrong));
    const best = calibrated(columns);
    expect(methods).toContain(best?.method);
    expect(best?.loss).toBeLessThan(lossOf(columns));
    expect(best?.scale).toBe('log-odds');
  });

  it('counts rows by their weights', () => {
    const columns = two(z.map((each) => sigmoid(each > 0 ? 3 * each : each)));
    const onlyRight = z.map((each) => (each > 0 ? 0 : 1));
    expect(bestCalibration(columns, y, { sampleWeight: onlyRight })).toBeUndefined();
    expect(bestCalibration(columns, y)).toBeDefined();
  });

  it('supports more classes', () => {
    const sizes = z.map((each, row) => [Math.exp(each), Math.exp(Math.sin(row)), 1]);
    const total = (all: number[]) => all.reduce((sum, size) => sum + size, 0);
    const drawn = sizes.map((all) => {
      const at = random.uniform() * total(all);
      return at < all[0] ? 0 : at < all[0] + all[1] ? 1 : 2;
    });
    const columnsAt = (power: number) =>
      [0, 1, 2].map((k) =>
        Float64Array.from(sizes, (all) => all[k] ** power / total(all.map((s) => s ** power))),
      );
    expect(bestCalibration(columnsAt(1), drawn)).toBeUndefined();
    const best = calibrated(columnsAt(2.5), undefined, drawn);
    expect(best?.method).toBe('temperature');
    expect(best?.calibrators).toEqual([{ temperature: expect.closeTo(2.5, 0) }]);
    expect(best?.loss).toBeLessThan(lossOf(columnsAt(2.5), drawn) - 0.05);
  });

  it('learns nothing from noise: shuffled labels flatten, and never sharpen', () => {
    const shuffled = random.shuffle([...y]);
    const best = calibrated(two(z.map(sigmoid)), undefined, shuffled);
    const share = y.reduce((sum, each) => sum + each, 0) / n;
    const known = -share * Math.log(share) - (1 - share) * Math.log(1 - share);
    expect(best?.loss).toBeGreaterThan(known - 0.01);
  });

  it('returns undefined if a class has too few rows to hold out', () => {
    expect(bestCalibration(two([0.9, 0.8, 0.1]), [0, 0, 1])).toBeUndefined();
  });

  it('chooses among the given methods', () => {
    const columns = two(z.map((each) => sigmoid(3 * each)));
    expect(bestCalibration(columns, y, { methods: ['isotonic'] })?.method).toBe('isotonic');
    expect(bestCalibration(columns, y, { methods: [] })).toBeUndefined();
  });

  const x = Table.fromColumns({ z });

  it('calibrates a blend, which can be saved and explained', () => {
    const member = new LogisticRegression().fit(x, y);
    const blend = new FittedVotingClassifier([member, member], [0.5, 0.5]);
    const best = bestCalibration(two(z.map((each) => sigmoid(3 * each))), y)!;
    const model = new FittedCalibratedClassifier(blend, best.calibrators, best.scale);
    const text = JSON.parse(JSON.stringify(model.state));
    const classes = [CalibratedClassifier, VotingClassifier, LogisticRegression];
    const restored = CalibratedClassifier.restore(new StateReader('CalibratedClassifier', text), classes);
    expect(restored.predictProba(x)).toEqual(model.predictProba(x));
    const { temperature } = best.calibrators[0] as { temperature: number };
    const [, p] = model.predictProba(x);
    const [, before] = blend.predictProba(x);
    const [{ baseline, contributions }] = restored.attributions!(x).outputs;
    p.forEach((each, row) => {
      const logOdds = Math.log(before[row] / (1 - before[row])) / temperature;
      expect(Math.log(each / (1 - each))).toBeCloseTo(logOdds, 8);
      expect(baseline + contributions[0][row]).toBeCloseTo(logOdds, 8);
    });
  });

  it('is used by method auto, with none if none improves', () => {
    const { calibrators, state } = new CalibratedClassifier({
      classifier: new LogisticRegression(),
      method: 'auto',
    }).fit(x, y);
    expect(calibrators).toEqual([]);
    expect(state.method).toBe('none');
    const model = new CalibratedClassifier({ classifier: new LogisticRegression(), method: 'auto' }).fit(
      x,
      y,
    );
    expect(model.predictProba(x)).toEqual(model.classifier.predictProba(x));
  });

  it.each<[string, readonly ArrayLike<number>[], object, string]>([
    ['one array', [[0.5, 0.5, 0.5, 0.5]], {}, 'probabilities: expected an array for each of 2 classes'],
    ['different rows', two([0.5]), {}, 'probabilities[0]: expected one for each of 4 rows, got 1'],
    [
      'an invalid probability',
      two([0.5, 2, 0.5, 0.5]),
      {},
      'probabilities[0], row 1: expected a number from 0 to 1, got -1',
    ],
    [
      'other methods',
      two([0.5, 0.5, 0.5, 0.5]),
      { methods: ['platt'] },
      'methods: expected a list, each item',
    ],
    [
      'few weights',
      two([0.5, 0.5, 0.5, 0.5]),
      { sampleWeight: [1] },
      'sampleWeight: expected a weight for each of 4',
    ],
  ])('rejects %s', (_, columns, options, message) => {
    expect(() => bestCalibration(columns, Labels.from([0, 1, 0, 1]), options)).toThrow(message);
  });
});

it('calibrates given probabilities like a calibrated classifier', () => {
  const x = Table.fromColumns({ z });
  const classifier = new LogisticRegression({ C: 0.0001 }).fit(x, y);
  const known = classifier.predictProba(x);
  const best = bestCalibration(known, y);
  expect(best).toBeDefined();
  const model = new FittedCalibratedClassifier(classifier, best!.calibrators, best!.scale);
  expect(calibrate(known, best!)).toEqual(model.predictProba(x));
  expect(calibrate(known, best!)).not.toEqual(known);
});
