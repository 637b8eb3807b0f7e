import type { Classifier, FittedClassifier } from './classifier.js';
import { type Column, cellAt, columnLength } from './column.js';
import { ChurnError } from './error.js';
import { isolateFaults } from './isolate-faults.js';
import { Labels, type LabelsLike } from './labels.js';
import type { Restorable } from './restore.js';
import { rowValues } from './row.js';
import { schemaOf } from './schema.js';
import { StateReader } from './state-reader.js';
import type { Table } from './table.js';
import type { FittedTransformer, Transformer } from './transformer.js';

/** One promise of the contract, checked by `run`, which throws where it is broken. */
export interface ConformanceCheck {
  readonly name: string;
  run(): void;
}

/** What the conformance of a transformer is checked with. */
export interface TransformerSubject {
  readonly transformer: Transformer;
  /** The class that restores what the transformer has learned. */
  readonly restorable: Restorable<FittedTransformer>;
  /** What it may hold inside. */
  readonly classes?: readonly Restorable[];
  /** A table that the transformer can be fitted on, of at least three rows. */
  readonly x: Table;
  readonly y?: LabelsLike;
  /** A column of `x` without which the fitted transformer cannot do its work. */
  readonly needs?: string;
}

/**
 * The checks that every transformer passes, for any test runner:
 *
 * ```ts
 * it.each(transformerConformance(subject))('$name', ({ run }) => run());
 * ```
 */
export function transformerConformance(subject: TransformerSubject): ConformanceCheck[] {
  const { transformer, restorable, classes = [], x, y, needs } = subject;
  const restore = (fitted: FittedTransformer) =>
    restorable.restore(throughJson(restorable.type, fitted.state), classes);

  const checks: ConformanceCheck[] = [
    {
      name: 'leaves its input unchanged',
      run() {
        const before = snapshot(x);
        transformer.fit(x, y).transform(x);
        transformer.fitTransform(x, y);
        same(snapshot(x), before, 'the input');
      },
    },
    {
      name: 'learns the same from the same rows',
      run() {
        const [first, second] = [transformer.fitTransform(x, y), transformer.fitTransform(x, y)];
        same(JSON.stringify(first.fitted.state), JSON.stringify(second.fitted.state), 'the state');
        same(snapshot(first.output), snapshot(second.output), 'the output');
      },
    },
    {
      name: 'learns the same in fitTransform as in fit',
      run() {
        const fitted = transformer.fit(x, y);
        const together = transformer.fitTransform(x, y);
        same(JSON.stringify(together.fitted.state), JSON.stringify(fitted.state), 'the state');
        same(columnsOf(together.output), columnsOf(fitted.transform(x)), 'the columns');
      },
    },
    {
      name: 'gives the same output after a round trip through JSON',
      run() {
        const fitted = transformer.fit(x, y);
        const restored = restore(fitted);
        same(restored.type, fitted.type, 'the type');
        same(snapshot(restored.transform(x)), snapshot(fitted.transform(x)), 'the output');
      },
    },
    {
      name: 'refuses a state that is not its own',
      run() {
        refuses(
          () => restorable.restore(new StateReader(restorable.type, { foreign: [] }), classes),
          'model-file',
        );
      },
    },
    {
      name: 'transforms a row as it does the table',
      run() {
        const fitted = transformer.fit(x, y);
        const whole = fitted.transform(x);
        for (const row of [0, x.nRows - 1]) {
          same(snapshot(fitted.transform(x.take([row]))), snapshot(whole.take([row])), `row ${row}`);
        }
      },
    },
    {
      name: 'transforms a table without rows to one with the same columns',
      run() {
        const fitted = transformer.fit(x, y);
        same(columnsOf(fitted.transform(x.take([]))), columnsOf(fitted.transform(x)), 'the columns');
      },
    },
    {
      name: 'fits and transforms a table of one row, or says why not',
      run() {
        worksOrRefuses(() => {
          const one = x.take([0]);
          const labels = y && Labels.from(y).take([0]);
          same(transformer.fitTransform(one, labels).output.nRows, 1, 'the number of rows');
        });
      },
    },
    {
      name: 'fits and transforms columns without a value, or says why not',
      run() {
        worksOrRefuses(() => {
          const empty = withoutValues(x);
          const fitted = transformer.fit(empty, y);
          same(snapshot(restore(fitted).transform(empty)), snapshot(fitted.transform(empty)), 'the output');
        });
      },
    },
    {
      name: 'is not broken by columns and levels named like parts of an object',
      run() {
        const hostile = withHostileNames(x);
        const fitted = transformer.fit(hostile, y);
        same(snapshot(restore(fitted).transform(hostile)), snapshot(fitted.transform(hostile)), 'the output');
      },
    },
  ];
  checks.push({
    name: 'gives one row at a time what it gives the table',
    run() {
      const table = withUnseenLevels(x);
      const fitted = transformer.fit(x, y);
      const output = fitted.transform(table);
      // Without a compiled form of its own, a row takes the way of the table.
      if (!fitted.compileRow) return;
      const step = fitted.compileRow(schemaOf(table));
      same(JSON.stringify(step.schema), JSON.stringify(schemaOf(output)), 'the schema');
      for (let row = 0; row < table.nRows; row++) {
        const values = step.apply(rowValues(schemaOf(table), table.row(row)));
        const expected = rowValues(schemaOf(output), output.row(row));
        same(values.map(String).join(), expected.map(String).join(), `row ${row}`);
      }
    },
  });
  checks.push({
    name: 'describes what it learned in one line, where it does',
    run() {
      const line = transformer.fit(x, y).describe?.();
      if (line !== undefined && !/^[^\n]+$/.test(line))
        throw new Error(`expected one line, got ${JSON.stringify(line)}`);
    },
  });
  if (needs !== undefined) {
    checks.push({
      name: 'names the column that is missing',
      run() {
        const fitted = transformer.fit(x, y);
        refuses(() => fitted.transform(x.drop([needs])), 'column-name', needs);
      },
    });
  }
  return checks;
}

/** What the conformance of a classifier is checked with. */
export interface ClassifierSubject {
  readonly classifier: Classifier;
  readonly restorable: Restorable<FittedClassifier>;
  /** What it may hold inside. */
  readonly classes?: readonly Restorable[];
  /** A table of numbers without missing values, that the classifier can be fitted on. */
  readonly x: Table;
  readonly y: LabelsLike;
  /** Further specifications of its class, where it has `fitMany`. */
  readonly others?: readonly Classifier[];
  /** Whether it also learns from categories, instead of refusing them. */
  readonly takesCategories?: boolean;
  /** Whether it refuses sample weights, instead of heeding them. */
  readonly refusesWeights?: boolean;
}

/** The checks that every classifier passes, for any test runner. */
export function classifierConformance({
  classifier,
  restorable,
  classes = [],
  x,
  y,
  others = [],
  takesCategories = false,
  refusesWeights = false,
}: ClassifierSubject): ConformanceCheck[] {
  const needs = x.names[0];
  const probabilities = (fitted: FittedClassifier, table: Table) =>
    fitted.predictProba(table).map((column) => Array.from(column));

  const checks: ConformanceCheck[] = [
    {
      name: 'leaves its input unchanged',
      run() {
        const before = snapshot(x);
        classifier.fit(x, y).predictProba(x);
        same(snapshot(x), before, 'the input');
      },
    },
    {
      name: 'learns the same from the same rows',
      run() {
        same(
          JSON.stringify(classifier.fit(x, y).state),
          JSON.stringify(classifier.fit(x, y).state),
          'the state',
        );
      },
    },
    {
      name: 'gives an array of probabilities a class, which add up to 1 in each row',
      run() {
        const fitted = classifier.fit(x, y);
        const columns = fitted.predictProba(x);
        same(columns.length, fitted.classes.length, 'the number of classes');
        for (let row = 0; row < x.nRows; row++) {
          const sum = columns.reduce((total, column) => total + column[row], 0);
          if (!(Math.abs(sum - 1) < 1e-12))
            throw new Error(`the probabilities of row ${row} add up to ${sum}`);
          if (columns.some((column) => column[row] < 0))
            throw new Error(`row ${row} has a negative probability`);
        }
      },
    },
    {
      name: 'predicts a class of its own for each row',
      run() {
        const fitted = classifier.fit(x, y);
        const predicted = fitted.predict(x);
        same(predicted.length, x.nRows, 'the number of predictions');
        if (!predicted.every((label) => fitted.classes.includes(label)))
          throw new Error('a label is not a class');
      },
    },
    {
      name: 'gives the same probabilities after a round trip through JSON',
      run() {
        const fitted = classifier.fit(x, y);
        const restored = restorable.restore(throughJson(restorable.type, fitted.state), classes);
        same(JSON.stringify(restored.classes), JSON.stringify(fitted.classes), 'the classes');
        same(
          JSON.stringify(probabilities(restored, x)),
          JSON.stringify(probabilities(fitted, x)),
          'the output',
        );
      },
    },
    {
      name: 'has a probability for extreme values, or says for which rows it has none',
      run() {
        const fitted = classifier.fit(x, y);
        for (const value of [-1.7e308, 1.7e308, 1e200, -Infinity, NaN]) assertFaultsAreTold(fitted, x, value);
      },
    },
    {
      name: 'refuses a state that is not its own',
      run() {
        refuses(
          () => restorable.restore(new StateReader(restorable.type, { foreign: [] }), classes),
          'model-file',
        );
      },
    },
    {
      name: 'looks columns up by name, in whatever order and company they come',
      run() {
        const fitted = classifier.fit(x, y);
        const shuffled = x
          .select([...x.names].reverse())
          .with({ 'another column': new Float64Array(x.nRows) });
        same(
          JSON.stringify(probabilities(fitted, shuffled)),
          JSON.stringify(probabilities(fitted, x)),
          'the output',
        );
      },
    },
    {
      name: 'has its features in its schema, where it tells one',
      run() {
        const { features, schema } = classifier.fit(x, y);
        if (schema)
          same(JSON.stringify(schema.map(({ name }) => name)), JSON.stringify(features), 'the names');
      },
    },
    {
      name: 'predicts for no rows and for one row',
      run() {
        const fitted = classifier.fit(x, y);
        same(fitted.predict(x.take([])).length, 0, 'the number of predictions');
        same(fitted.predict(x.take([0]))[0], fitted.predict(x)[0], 'the prediction');
      },
    },
    {
      name: 'names the column that is missing',
      run() {
        const fitted = classifier.fit(x, y);
        refuses(() => fitted.predictProba(x.drop([needs])), 'column-name', needs);
      },
    },
    {
      name: 'names the column that holds categories where it held numbers',
      run() {
        const wrong = x.with({ [needs]: Array.from({ length: x.nRows }, () => 'text') });
        if (!takesCategories) refuses(() => classifier.fit(wrong, y), 'column-kind', needs);
        refuses(() => classifier.fit(x, y).predictProba(wrong), 'column-kind', needs);
      },
    },
    {
      name: 'refuses to learn from a single class, from no rows and from labels of another number',
      run() {
        const oneClass = Array.from({ length: x.nRows }, () => 'same');
        refuses(() => classifier.fit(x, oneClass), 'invalid-target');
        refuses(() => classifier.fit(x.take([]), []));
        refuses(() => classifier.fit(x.take([0, 1]), y), 'invalid-data');
      },
    },
    {
      name: 'fits rows of labels that came as text or as codes alike',
      run() {
        const labels = Labels.from(y);
        const whole = classifier.fit(x, labels);
        same(JSON.stringify(whole.classes), JSON.stringify(labels.classes), 'the classes');
        const again = classifier.fit(x, labels.toArray());
        same(JSON.stringify(probabilities(again, x)), JSON.stringify(probabilities(whole, x)), 'the output');
      },
    },
  ];
  if (refusesWeights) {
    checks.push({
      name: 'refuses sample weights',
      run() {
        const sampleWeight = new Float64Array(x.nRows).fill(1);
        refuses(() => classifier.fit(x, y, { sampleWeight }), 'invalid-parameter', 'sampleWeight');
      },
    });
  } else {
    checks.push({
      name: 'takes weights of 1 for no weights, and heeds others',
      run() {
        const plain = probabilities(classifier.fit(x, y), x);
        const ones = new Float64Array(x.nRows).fill(1);
        same(
          JSON.stringify(probabilities(classifier.fit(x, y, { sampleWeight: ones }), x)),
          JSON.stringify(plain),
          'the output',
        );
        const { codes } = Labels.from(y);
        const sampleWeight = Float64Array.from(codes, (code) => (code === 0 ? 9 : 1));
        const weighted = probabilities(classifier.fit(x, y, { sampleWeight }), x);
        if (JSON.stringify(weighted) === JSON.stringify(plain))
          throw new Error('rows of more weight made no difference');
      },
    });
    checks.push({
      name: 'refuses weights that are negative, of another number or not numbers',
      run() {
        const weights = (weight: number) =>
          Float64Array.from({ length: x.nRows }, (_, row) => (row ? 1 : weight));
        for (const weight of [-1, NaN, Infinity]) {
          refuses(
            () => classifier.fit(x, y, { sampleWeight: weights(weight) }),
            'invalid-data',
            'sampleWeight',
          );
        }
        refuses(() => classifier.fit(x, y, { sampleWeight: [1] }), 'invalid-data', 'sampleWeight');
      },
    });
  }
  if (classifier.fitMany) {
    checks.push({
      name: 'fits many specifications at once to what each gives alone',
      run() {
        const all = [classifier, ...others, classifier];
        const together = classifier.fitMany?.(x, y, all) ?? [];
        same(together.length, all.length, 'the number of models');
        all.forEach((specification, i) => {
          const alone = probabilities(specification.fit(x, y), x).flat();
          const came = probabilities(together[i], x).flat();
          const apart = Math.max(...alone.map((p, row) => Math.abs(p - came[row])));
          if (!(apart < 1e-5)) throw new Error(`model ${i} is ${apart} away from a separate fit`);
        });
      },
    });
  }
  return checks;
}

/** Puts `value` into all numbers of every other row: these rows get probabilities, or are told one by one, and the others stay. */
function assertFaultsAreTold(fitted: FittedClassifier, x: Table, value: number): void {
  const extreme = x.with(
    x.namesOf('numeric').map((name) => [name, x.numeric(name).map((old, row) => (row % 2 ? value : old))]),
  );
  const before = fitted.predictProba(x);
  const { rows, result, faults } = isolateFaults(extreme, (part) => fitted.predictProba(part));
  rows.forEach((row, i) => {
    const amiss = result.find((column) => !(column[i] >= 0 && column[i] <= 1));
    if (amiss) throw new Error(`values of ${value}: row ${row} has a probability of ${amiss[i]}`);
    if (row % 2 === 0)
      same(result[0][i], before[0][row], `values of ${value}: the probability of row ${row} beside them`);
  });
  same(rows.length + faults.length, x.nRows, 'the number of rows scored and told');
  if (faults.length > 0) {
    refuses(() => fitted.predictProba(extreme), 'invalid-data', `row ${faults[0].row}`);
    refuses(() => fitted.predict(extreme), 'invalid-data', `row ${faults[0].row}`);
    const unnamed = faults.find(({ row, column }) => row % 2 === 0 || !x.has(column ?? ''));
    if (unnamed)
      throw new Error(`expected the faults of odd rows with a column, got ${JSON.stringify(unnamed)}`);
  }
}

/** The whole content of a table as text, for comparing tables. */
export function snapshot(table: Table): string {
  return JSON.stringify(Array.from(table.entries(), ([name, column]) => [name, column.kind, cells(column)]));
}

function columnsOf(table: Table): string {
  return JSON.stringify(schemaOf(table));
}

function cells(column: Column) {
  return Array.from({ length: columnLength(column) }, (_, row) => {
    const cell = cellAt(column, row);
    return typeof cell === 'number' && !Number.isFinite(cell) ? String(cell) : cell;
  });
}

function withoutValues(x: Table): Table {
  return x.with(
    Array.from(x.entries(), ([name, column]): [string, Column] => [
      name,
      column.kind === 'numeric'
        ? { kind: 'numeric', values: new Float64Array(x.nRows).fill(NaN) }
        : { kind: 'category', codes: new Int32Array(x.nRows).fill(-1), levels: [] },
    ]),
  );
}

function withHostileNames(x: Table): Table {
  const levels = ['__proto__', 'constructor', 'toString', ''];
  return x.with([
    ['__proto__', Float64Array.from({ length: x.nRows }, (_, row) => (row === 1 ? NaN : row * row))],
    [
      'constructor',
      Array.from({ length: x.nRows }, (_, row) => (row === 0 ? null : levels[row % levels.length])),
    ],
  ]);
}

/** The table with a level that it did not have in the last row of each category column, and no value in the first. */
function withUnseenLevels(x: Table): Table {
  const columns = x.namesOf('category').map((name): [string, Column] => {
    const { codes, levels } = x.category(name);
    const changed = codes.slice();
    changed[0] = -1;
    changed[codes.length - 1] = levels.length;
    return [name, { kind: 'category', codes: changed, levels: [...levels, 'a level not seen before'] }];
  });
  return x.with(columns);
}

function throughJson(type: string, state: unknown): StateReader {
  return new StateReader(type, JSON.parse(JSON.stringify(state)));
}

function same<T extends string | number | boolean>(came: T, expected: T, what: string): void {
  if (came !== expected) throw new Error(`${what} differs:\n  expected ${expected}\n  got      ${came}`);
}

function refuses(action: () => unknown, code?: ChurnError['code'], mention = ''): void {
  try {
    action();
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    if (code) same(error.code, code, 'the error code');
    if (!error.message.includes(mention))
      throw new Error(`the message does not name ${mention}: ${error.message}`);
    return;
  }
  throw new Error('expected an error, but none was thrown');
}

function worksOrRefuses(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
  }
}
