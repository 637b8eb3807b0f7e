import {
  type Classifier,
  Labels,
  Pipeline,
  parseModel,
  Random,
  StateReader,
  serializeModel,
  Table,
} from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import { attributedSums } from '../../test/attributed-sums.js';
import { KNeighborsClassifier, LogisticRegression, RandomForestClassifier } from '../index.js';
import { BaggedClassifier, type BaggedClassifierOptions } from './bagged-classifier.js';

const random = new Random(4);
const n = 200;
const a = Float64Array.from({ length: n }, () => random.normal());
const x = Table.fromColumns({ a, b: a.map(() => random.normal()) });
const y = Array.from(a, (value) => (value + random.normal() > 0 ? 'yes' : 'no'));
const classifier = new LogisticRegression();

/** The share of pairs in the correct order. */
const auc = (labels: readonly string[], scores: ArrayLike<number>) => {
  const of = (label: string) => labels.flatMap((each, i) => (each === label ? [scores[i]] : []));
  const [positives, negatives] = [of('yes'), of('no')];
  const won = positives.map((p) => negatives.reduce((sum, q) => sum + (p > q ? 1 : p === q ? 0.5 : 0), 0));
  return won.reduce((sum, each) => sum + each, 0) / (positives.length * negatives.length);
};

describe.each<Partial<BaggedClassifierOptions>>([{ cv: 3 }, { bootstrap: true, cv: 3, seed: 2 }])(
  'BaggedClassifier with %j',
  (options) => {
    it.each(
      classifierConformance({
        classifier: new BaggedClassifier({ classifier, ...options }),
        restorable: BaggedClassifier,
        classes: [LogisticRegression],
        x: x.take(Array.from({ length: 60 }, (_, i) => i)),
        y: y.slice(0, 60),
      }),
    )('$name', ({ run }) => run());

    it('is the mean of its models', () => {
      const { members, ...bagged } = new BaggedClassifier({ classifier, ...options }).fit(x, y);
      expect(members).toHaveLength(3);
      const each = members.map((member) => member.predictProba(x)[1]);
      const [, p] = new BaggedClassifier({ classifier, ...options }).fit(x, y).predictProba(x);
      p.forEach((value, row) => {
        expect(value).toBeCloseTo((each[0][row] + each[1][row] + each[2][row]) / 3, 12);
      });
      expect(bagged.outOfFold).toHaveLength(2);
    });

    it('learns nothing from shuffled labels for unseen rows', () => {
      const deep = new RandomForestClassifier({ nEstimators: 20 });
      const aucs = [1, 2, 3, 4].map((seed) => {
        const shuffled = new Random(seed).shuffle([...y]);
        const { outOfFold } = new BaggedClassifier({ classifier: deep, ...options, cv: 8 }).fit(x, shuffled);
        const seen = Array.from(outOfFold[1].keys()).filter((row) => !Number.isNaN(outOfFold[1][row]));
        return auc(
          seen.map((row) => shuffled[row]),
          seen.map((row) => outOfFold[1][row]),
        );
      });
      expect(Math.abs(aucs.reduce((sum, each) => sum + each, 0) / 4 - 0.5)).toBeLessThan(0.06);
    });
  },
);

describe('BaggedClassifier', () => {
  it('has out-of-fold probabilities of each training row', () => {
    const { members, outOfFold } = new BaggedClassifier({ classifier, cv: 4 }).fit(x, y);
    const each = members.map((member) => member.predictProba(x)[1]);
    const counts = members.map(() => 0);
    outOfFold[1].forEach((p, row) => {
      counts[each.findIndex((column) => column[row] === p)]++;
    });
    expect(counts.every((count) => count === n / 4)).toBe(true);
    expect(auc(y, outOfFold[1])).toBeGreaterThan(0.65);
  });

  it('samples as many rows of each class as there are', () => {
    const seen: Labels[] = [];
    const watched: Classifier = {
      role: 'classifier',
      fit(table, labels) {
        seen.push(Labels.from(labels));
        return classifier.fit(table, labels);
      },
    };
    const { outOfFold } = new BaggedClassifier({ classifier: watched, cv: 3, bootstrap: true }).fit(x, y);
    expect(seen.map((labels) => Array.from(labels.counts()))).toEqual(
      Array(3).fill(Array.from(Labels.from(y).counts())),
    );
    // A row is drawn by all three models with probability (1 - 1/e)³, about a quarter.
    const unknown = outOfFold[0].filter(Number.isNaN).length / n;
    expect(Math.abs(unknown - (1 - Math.exp(-1)) ** 3)).toBeLessThan(0.1);
  });

  it('is saved without its out-of-fold probabilities, and explains predictions', async () => {
    const model = new Pipeline([], new BaggedClassifier({ classifier, cv: 3 })).fit(x, y);
    const text = await serializeModel(model);
    const loaded = await parseModel(text, [BaggedClassifier, LogisticRegression]);
    expect(loaded.model.predictProba(x)).toEqual(model.predictProba(x));
    expect(text).not.toContain('outOfFold');
    const [attribution] = loaded.model.attributions!(x).outputs;
    const [, probabilities] = model.predictProba(x);
    attributedSums(attribution).forEach((sum, i) => {
      expect(sum).toBeCloseTo(probabilities[i], 10);
    });
  });

  it('withholds sample weights from a classifier that does not support them', () => {
    const neighbors = new BaggedClassifier({ classifier: new KNeighborsClassifier() });
    const weighted = neighbors.fit(x, y, { sampleWeight: y.map((_, i) => 1 + (i % 2)) });
    expect(weighted.state).toEqual(neighbors.fit(x, y).state);
  });

  it('rejects a class with fewer rows than folds, and invalid options', () => {
    const rare = y.map((label, row) => (row < 3 ? 'rare' : label));
    expect(() => new BaggedClassifier({ classifier }).fit(x, rare)).toThrow(
      'expected at least 5 rows of each class, one per fold, got 3 of "rare"',
    );
    expect(() => new BaggedClassifier({ classifier, cv: 1 })).toThrow(
      'cv: expected an integer of at least 2, got 1',
    );
    expect(() => new BaggedClassifier({ classifier: {} as Classifier })).toThrow(
      'classifier: expected an unfitted classifier',
    );
  });

  it('does not restore a state without members', () => {
    const restore = () => BaggedClassifier.restore(new StateReader('BaggedClassifier', { members: [] }), []);
    expect(restore).toThrow(expect.objectContaining({ code: 'model-file' }));
  });
});
