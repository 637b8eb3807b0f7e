import type { Classifier, FittedClassifier } from '../classifier.js';
import { Labels, type LabelsLike } from '../labels.js';
import type { Restorable } from '../restore.js';
import type { Table } from '../table.js';
import { type ConformanceCheck, refuses, same, worksOrRefuses } from './check.js';
import { type CommonSubject, modelConformance } from './model-conformance.js';

/** The subject of the conformance checks of a classifier. */
export interface ClassifierSubject extends CommonSubject<Labels> {
  readonly classifier: Classifier;
  readonly restorable: Restorable<FittedClassifier>;
  readonly y: LabelsLike;
  /** Further specifications of its class, if it has `fitMany`. */
  readonly others?: readonly Classifier[];
}

/** The checks that every classifier passes, for any test runner. */
export function classifierConformance({ classifier, y, ...subject }: ClassifierSubject): ConformanceCheck[] {
  const { x, refusesWeights = false } = subject;
  const labels = Labels.from(y);
  const probabilities = (fitted: FittedClassifier, table: Table) =>
    JSON.stringify(fitted.predictProba(table).map((column) => Array.from(column)));
  return [
    ...modelConformance<Labels>({
      ...subject,
      model: classifier,
      y: labels,
      unequalWeights: Float64Array.from(labels.codes, (code) => (code === 0 ? 9 : 1)),
      isOutput: (value) => value >= 0 && value <= 1,
    }),
    {
      name: 'returns one array of probabilities per class, which add up to 1 in each row, even for classes without rows or weight',
      run() {
        assertProbabilities(classifier.fit(x, labels), x);
        const rare = absentLike(labels);
        const isAbsent = Labels.from(labels.toArray(), [...labels.classes, rare]);
        assertWhereFitted(() => classifier.fit(x, isAbsent), x);
        if (refusesWeights) return;
        const values = labels.toArray().map((label, row) => (row % 4 === 3 ? rare : label));
        const weightless = Labels.from(values, [...labels.classes, rare]);
        const sampleWeight = Float64Array.from(values, (label) => (label === rare ? 0 : 1));
        assertWhereFitted(() => classifier.fit(x, weightless, { sampleWeight }), x);
        const onlyFirst = Float64Array.from(labels.codes, (code) => (code === 0 ? 1 : 0));
        assertWhereFitted(() => classifier.fit(x, labels, { sampleWeight: onlyFirst }), x);
      },
    },
    {
      name: 'predicts one of its classes for each row',
      run() {
        const fitted = classifier.fit(x, y);
        const predicted = fitted.predict(x);
        same(predicted.length, x.nRows, 'the number of predictions');
        if (!predicted.every((label) => fitted.classes.includes(label)))
          throw new Error('a label is not a class');
      },
    },
    {
      name: 'rejects a single class, and a numeric target',
      run() {
        const oneClass = Array.from({ length: x.nRows }, () => 'same');
        refuses(() => classifier.fit(x, oneClass), 'invalid-target');
        refuses(
          () =>
            classifier.fit(
              x,
              Float64Array.from(labels.codes, (_, row) => row + 0.5),
            ),
          'invalid-target',
        );
      },
    },
    {
      name: 'fits labels given as text or as codes alike',
      run() {
        const whole = classifier.fit(x, labels);
        same(JSON.stringify(whole.classes), JSON.stringify(labels.classes), 'the classes');
        const again = classifier.fit(x, labels.toArray());
        same(probabilities(again, x), probabilities(whole, x), 'the output');
      },
    },
  ];
}

/** A fit may fail with an error; if it succeeds, the result has probabilities. */
function assertWhereFitted(fit: () => FittedClassifier, x: Table): void {
  let fitted: FittedClassifier | undefined;
  worksOrRefuses(() => {
    fitted = fit();
  });
  if (fitted) assertProbabilities(fitted, x);
}

function assertProbabilities(fitted: FittedClassifier, x: Table): void {
  const columns = fitted.predictProba(x);
  same(columns.length, fitted.classes.length, 'the number of classes');
  for (let row = 0; row < x.nRows; row++) {
    const sum = columns.reduce((total, column) => total + column[row], 0);
    if (!(Math.abs(sum - 1) < 1e-12)) throw new Error(`the probabilities of row ${row} add up to ${sum}`);
    if (columns.some((column) => column[row] < 0)) throw new Error(`row ${row} has a negative probability`);
  }
}

/** A label of the same type as the others that is not among them. */
function absentLike({ classes }: Labels): string | number {
  return typeof classes[0] === 'string' ? '~ absent' : 1e6;
}
