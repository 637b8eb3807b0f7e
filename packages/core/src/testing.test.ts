import { ConstantHazard, FittedConstantHazard } from '../test/constant-hazard.js';
import { Centre, Drop, FittedMeanRegressor, MeanRegressor, NearestMean } from '../test/parts.js';
import type { Classifier, ClassProbabilities, FittedClassifier } from './classifier.js';
import { ChurnError } from './error.js';
import { Labels, type LabelsLike } from './labels.js';
import type { FitOptions, FittedPart } from './model.js';
import { compileRow } from './row.js';
import type { RowStep } from './row-step.js';
import { StateReader } from './state-reader.js';
import { Table } from './table.js';
import {
  type ClassifierSubject,
  type ConformanceCheck,
  classifierConformance,
  type RegressorSubject,
  regressorConformance,
  type SurvivalSubject,
  survivalConformance,
  type TransformerSubject,
  transformerConformance,
} from './testing.js';
import { type FittedTransformer, fitThenTransform } from './transformer.js';

const x = Table.fromRows([
  { a: 1, b: 5, c: 'u' },
  { a: null, b: 6, c: 'v' },
  { a: 4, b: 8, c: null },
  { a: 7, b: 7, c: 'u' },
]);
const numbers = Table.fromRows([
  { a: 1, b: 5 },
  { a: 2, b: 6 },
  { a: 6, b: 8 },
  { a: 7, b: 7 },
]);
const y = ['no', 'no', 'yes', 'yes'];

/** The names of the checks that fail. */
function broken(checks: ConformanceCheck[]): string[] {
  return checks.filter(({ run }) => throws(run)).map(({ name }) => name);
}

function throws(action: () => void): boolean {
  try {
    action();
    return false;
  } catch {
    return true;
  }
}

/** `Centre` with some of what it does replaced. */
interface CentreChange {
  readonly type?: () => string;
  readonly state?: (state: FittedTransformer['state']) => FittedTransformer['state'];
  readonly transform?: (good: FittedTransformer, table: Table) => Table;
  readonly fit?: (table: Table) => FittedTransformer;
  readonly fitTransform?: (good: Centre, table: Table) => { fitted: FittedTransformer; output: Table };
  readonly restore?: (state: StateReader) => FittedTransformer;
  readonly compileRow?: FittedTransformer['compileRow'] | 'none';
  readonly origins?: FittedTransformer['origins'];
  readonly unread?: FittedTransformer['unread'];
  readonly inverseTransform?: FittedTransformer['inverseTransform'];
  readonly describe?: () => string;
}

function centre(change: CentreChange = {}): TransformerSubject {
  const good = new Centre('a');
  const changed = (fitted: FittedTransformer): FittedTransformer => {
    const bare: FittedTransformer = {
      role: 'transformer',
      type: change.type?.() ?? fitted.type,
      state: change.state?.(fitted.state) ?? fitted.state,
      transform: (table) => change.transform?.(fitted, table) ?? fitted.transform(table),
      describe: change.describe,
    };
    const { origins, unread, inverseTransform, compileRow: row } = change;
    return {
      ...bare,
      ...(origins && { origins }),
      ...(unread && { unread }),
      ...(inverseTransform && { inverseTransform }),
      ...(row !== 'none' && { compileRow: row ?? ((schema) => compileRow([bare], schema)) }),
    };
  };
  const fit = (table: Table) => change.fit?.(table) ?? changed(good.fit(table));
  return {
    transformer: {
      role: 'transformer',
      fit,
      fitTransform: (table) => change.fitTransform?.(good, table) ?? fitThenTransform({ fit }, table),
    },
    restorable: {
      type: Centre.type,
      restore: (state) => change.restore?.(state) ?? changed(Centre.restore(state)),
    },
    x,
    y,
    needs: 'a',
  };
}

let calls = 0;
const mean = (fitted: FittedTransformer) => fitted.state.mean as number;

describe('transformerConformance', () => {
  it('accepts valid transformers', () => {
    expect(broken(transformerConformance(centre()))).toEqual([]);
    expect(broken(transformerConformance(centre({ describe: () => 'subtracts 4 from a' })))).toEqual([]);
    const drop = { transformer: new Drop(['a']), restorable: Drop, x };
    expect(broken(transformerConformance(drop))).toEqual([]);
  });

  it.each<[check: string, breach: string, CentreChange]>([
    [
      'leaves its input unchanged',
      'writes into the columns it is given',
      {
        transform: (good, table) => {
          table.numeric('b').fill(++calls);
          return good.transform(table).with({ b: new Float64Array(table.nRows) });
        },
      },
    ],
    [
      'fits the same from the same rows',
      'gives another output each time',
      {
        fitTransform: (good, table) => ({
          fitted: good.fit(table),
          output: good
            .fit(table)
            .transform(table)
            .with({ b: new Float64Array(table.nRows).fill(++calls) }),
        }),
      },
    ],
    [
      'fits the same in fitTransform as in fit',
      'learns something else in fitTransform',
      {
        fitTransform: (good, table) =>
          fitThenTransform(good, table.with({ a: [1, 2, 3, 4].slice(-table.nRows) })),
      },
    ],
    [
      'fits the same in fitTransform as in fit',
      'gives other columns in fitTransform',
      {
        fitTransform: (good, table) => ({
          fitted: good.fit(table),
          output: good.fit(table).transform(table).drop(['b']),
        }),
      },
    ],
    [
      'gives the same output after a round trip through JSON',
      'comes back under another name',
      { restore: (state) => ({ ...bound(Centre.restore(state)), type: 'Other' }) },
    ],
    [
      'gives the same output after a round trip through JSON',
      'saves as another text when it was loaded',
      { restore: (state) => otherOrder(bound(Centre.restore(state))) },
    ],
    [
      'rejects a state that is not its own',
      'takes any state',
      {
        restore: (state) =>
          Centre.restore(
            throws(() => state.get('column')) ? new StateReader('', { column: 'a', mean: 0 }) : state,
          ),
      },
    ],
    [
      'rejects a state that is not its own',
      'fails on a foreign state without saying why',
      {
        restore: (state) => {
          if (throws(() => state.get('column'))) throw new TypeError('cannot read properties of undefined');
          return Centre.restore(state);
        },
      },
    ],
    [
      'transforms a row like the table',
      'looks at the other rows',
      {
        transform: (good, table) =>
          good.transform(table).with({ b: table.numeric('b').map(() => table.nRows) }),
      },
    ],
    [
      'transforms a table without rows to one with the same columns',
      'loses the columns with the rows',
      { transform: (good, table) => (table.nRows === 0 ? Table.fromRows([]) : good.transform(table)) },
    ],
    [
      'transforms a table without rows to one with the same columns',
      'guesses the kinds of columns anew',
      { transform: (good, table) => (table.nRows === 0 ? table.with({ c: [] }) : good.transform(table)) },
    ],
    [
      'fits and transforms a table of one row, or reports why not',
      'divides by what one row does not have',
      {
        fitTransform: (good, table) => {
          if (table.nRows === 1) throw new RangeError('standard deviation of one value');
          return fitThenTransform(good, table);
        },
      },
    ],
    [
      'fits and transforms columns without any value, or reports why not',
      'fails without saying why',
      {
        fit: (table) => {
          if (table.numeric('a').every(Number.isNaN)) throw new TypeError('reduce of empty array');
          return new Centre('a').fit(table);
        },
      },
    ],
    [
      'handles columns and levels named like inherited object properties',
      'keeps one mean per column in a plain object',
      {
        fit: (table) => {
          const fitted = new Centre('a').fit(table);
          const means: Record<string, number> = {};
          for (const name of table.namesOf('numeric')) means[name] = mean(fitted);
          return {
            ...bound(fitted),
            transform: (t) => {
              for (const name of t.namesOf('numeric')) if (!Object.hasOwn(means, name)) throw new Error(name);
              return fitted.transform(t);
            },
          };
        },
      },
    ],
    [
      'transforms single rows like the table',
      'forgets to do its work row by row',
      { compileRow: (schema) => ({ schema, apply: (row) => row }) },
    ],
    [
      'transforms single rows like the table',
      'announces another schema row by row',
      { compileRow: () => ({ schema: [{ name: 'a', kind: 'numeric' }], apply: (row) => row }) },
    ],
    [
      'transforms single rows like the table',
      'has nothing to give row by row',
      { compileRow: () => undefined as unknown as RowStep },
    ],
    ['describes what it learned in one line, if it does', 'needs two', { describe: () => 'mean\n4' }],
    ['describes what it learned in one line, if it does', 'says nothing', { describe: () => '' }],
    [
      'names the column that is missing',
      'passes over it',
      { transform: (good, table) => (table.has('a') ? good.transform(table) : table) },
    ],
    [
      'names the column that is missing',
      'speaks of something else',
      {
        transform: (good, table) => {
          if (!table.has('a')) throw new ChurnError('column-name', 'so it goes');
          return good.transform(table);
        },
      },
    ],
    [
      'names the column that is missing',
      'gives another code',
      {
        transform: (good, table) => {
          if (!table.has('a')) throw new ChurnError('invalid-data', 'column "a" is missing');
          return good.transform(table);
        },
      },
    ],
    ['transforms single rows like the table', 'has no row form', { compileRow: 'none' }],
    [
      'names existing columns as origins of the columns that it creates',
      'names a column that there is not',
      { origins: new Map([['a', ['d']]]) },
    ],
    [
      'names existing columns as origins of the columns that it creates',
      'names them of a column that it does not make',
      { origins: new Map([['d', ['a']]]) },
    ],
    [
      'names existing columns as origins of the columns that it creates',
      'makes a column without saying of what',
      { transform: (good, table) => good.transform(table).with({ d: table.numeric('a') }) },
    ],
    ['does not need the columns that it calls unread', 'reads one of them', { unread: ['a'] }],
    [
      'restores with its inverse, if it has one, values that transform to the same again',
      'has an inverse of something else',
      { inverseTransform: (table) => table.with({ a: table.numeric('a').map((value) => value + 3) }) },
    ],
    [
      'restores with its inverse, if it has one, values that transform to the same again',
      'loses a column on the way back',
      { inverseTransform: (table) => table.drop(['b']) },
    ],
  ])('only "%s" fails for one that %s', (check, _, change) => {
    const before = Float64Array.from(x.numeric('b'));
    try {
      // The row form of these is what the table gives, so that it breaks along with that.
      const rowForm = 'transforms single rows like the table';
      const found = broken(transformerConformance(centre(change)));
      expect(found.filter((name) => name === check || name !== rowForm)).toEqual([check]);
    } finally {
      x.numeric('b').set(before);
    }
  });

  it('fails three times for one that learns differently each time', () => {
    const change: CentreChange = { state: (state) => ({ ...state, n: ++calls }) };
    expect(broken(transformerConformance(centre(change)))).toEqual([
      'fits the same from the same rows',
      'fits the same in fitTransform as in fit',
      'gives the same output after a round trip through JSON',
    ]);
  });

  it('fails twice for one restored without its state', () => {
    const change: CentreChange = {
      restore: (state) => Centre.restore(new StateReader('', { column: state.string('column'), mean: 0 })),
    };
    expect(broken(transformerConformance(centre(change)))).toEqual([
      'gives the same output after a round trip through JSON',
      'handles columns and levels named like inherited object properties',
    ]);
  });

  it('distinguishes numbers that JSON cannot represent', () => {
    const infinite = (table: Table) => table.numeric('b').map(() => (table.nRows > 1 ? Infinity : -Infinity));
    const change: CentreChange = {
      transform: (good, table) => good.transform(table).with({ b: infinite(table) }),
    };
    expect(broken(transformerConformance(centre(change)))).toContain('transforms a row like the table');
  });
});

/** A fitted part with its state written in another order. */
function otherOrder<F extends FittedPart>(fitted: F): F {
  const state = Object.fromEntries(Object.entries(fitted.state).reverse());
  return Object.create(fitted, { state: { value: state, enumerable: true } });
}

/** `NearestMean` with some of what it does replaced. */
interface NearestMeanChange {
  readonly fit?: (
    good: NearestMean,
    table: Table,
    labels: LabelsLike,
    options?: FitOptions,
  ) => FittedClassifier;
  readonly fitMany?: Classifier['fitMany'];
  readonly subject?: Partial<ClassifierSubject>;
  readonly state?: (state: FittedClassifier['state']) => FittedClassifier['state'];
  readonly predictProba?: (good: FittedClassifier, table: Table) => Float64Array[];
  readonly predict?: (good: FittedClassifier, table: Table) => FittedClassifier['classes'][number][];
  readonly restore?: (state: StateReader) => FittedClassifier;
}

function nearestMean(change: NearestMeanChange = {}): ClassifierSubject {
  const changed = (fitted: FittedClassifier): FittedClassifier => ({
    role: 'classifier',
    type: fitted.type,
    state: change.state?.(fitted.state) ?? fitted.state,
    classes: fitted.classes,
    features: fitted.features,
    predictProba: (table) =>
      (change.predictProba?.(fitted, table) ?? fitted.predictProba(table)) as ClassProbabilities,
    predict: (table) => change.predict?.(fitted, table) ?? fitted.predict(table),
  });
  const specification = (good: NearestMean): Classifier => ({
    role: 'classifier',
    fit: (table, labels, options) =>
      changed(change.fit?.(good, table, labels, options) ?? good.fit(table, labels, options)),
    fitMany: (table, labels, all, options) =>
      change.fitMany?.(table, labels, all, options) ?? all.map((one) => one.fit(table, labels, options)),
  });
  return {
    classifier: specification(new NearestMean()),
    others: [specification(new NearestMean(2))],
    restorable: {
      type: NearestMean.type,
      restore: (state) => changed(change.restore?.(state) ?? NearestMean.restore(state)),
    },
    x: numbers,
    y,
    ...change.subject,
  };
}

const sums =
  'returns one array of probabilities per class, which add up to 1 in each row, even for classes without rows or weight';
const rowsNeeded = 'rejects a table without rows, and a target of another length';
const single = 'rejects a single class, and a numeric target';
const stateOf = (state: StateReader) => ({
  feature: state.get('feature'),
  classes: state.get('classes'),
  sharpness: state.get('sharpness'),
  means: state.get('means'),
  weights: state.get('weights'),
});
const otherClasses = (classes: FittedClassifier['classes']) => (state: StateReader) =>
  NearestMean.restore(new StateReader('', { ...stateOf(state), classes }));

const extreme = 'has an output for extreme values, or reports the rows without one';
const weighted = 'treats weights of 1 like no weights, and uses others';
const isEach = (weights: Float64Array) => weights.every((weight) => weight > 0 && weight < Infinity);

describe('classifierConformance', () => {
  it('accepts a valid classifier', () => {
    expect(broken(classifierConformance(nearestMean()))).toEqual([]);
    expect(
      broken(
        classifierConformance({
          classifier: new NearestMean(),
          others: [new NearestMean(2)],
          restorable: NearestMean,
          x: numbers,
          y,
        }),
      ),
    ).toEqual([]);
  });

  it.each<[check: string, breach: string, change: NearestMeanChange, also?: string[]]>([
    [
      'leaves its input unchanged',
      'writes into the columns it is given',
      {
        predictProba: (good, table) => {
          const output = good.predictProba(table);
          if (table.nRows > 0) table.numeric('b')[0] += 1;
          return output;
        },
      },
    ],
    [
      'fits the same from the same rows',
      'counts its calls',
      { state: (state) => ({ ...state, n: ++calls }) },
      ['gives the same output after a round trip through JSON'],
    ],
    [
      sums,
      'gives those of the positive class alone',
      { predictProba: (good, table) => good.predictProba(table).slice(1) },
    ],
    [
      sums,
      'gives scores',
      { predictProba: (good, table) => good.predictProba(table).map((p) => p.map((v) => 2 * v)) },
      [extreme],
    ],
    [
      sums,
      'gives negative ones',
      {
        predictProba: (_, table) => [
          new Float64Array(table.numeric('a').length).fill(1.5),
          new Float64Array(table.nRows).fill(-0.5),
        ],
      },
      [extreme, weighted],
    ],
    [
      sums,
      'gives none at all for some rows',
      {
        predictProba: (good, table) =>
          good.predictProba(table).map((p) => p.map((v) => (v > 0.99 ? NaN : v))),
      },
      [extreme, 'fits many specifications at once, each as if fitted alone'],
    ],
    [
      sums,
      'has NaN for a probability where a class has only weight 0',
      {
        fit: (good, table, labels, options) => {
          const { codes } = Labels.from(labels);
          const weights = options?.sampleWeight;
          const isWeightless =
            weights && Array.from(codes).every((code, row) => code === 0 || weights[row] === 0);
          return isWeightless
            ? withoutProbabilities(good.fit(table, labels), table)
            : good.fit(table, labels, options);
        },
      },
    ],
    [
      extreme,
      'has NaN for a probability where a value is too large',
      {
        predictProba: (good, table) =>
          table.numeric('a').some((v) => Math.abs(v) > 1e100)
            ? [new Float64Array(table.nRows).fill(NaN), new Float64Array(table.nRows).fill(NaN)]
            : good.predictProba(table),
      },
    ],
    [
      extreme,
      'calls a row without a probability the first class',
      {
        predict: (good, table) =>
          table.numeric('a').some((v) => !(Math.abs(v) < 1e100))
            ? Array.from({ length: table.nRows }, () => good.classes[0])
            : good.predict(table),
      },
    ],
    [
      'predicts one of its classes for each row',
      'predicts the index of the class',
      { predict: (good, table) => good.predict(table).map((label) => good.classes.indexOf(label)) },
    ],
    [
      'predicts one of its classes for each row',
      'predicts one row too many',
      { predict: (good, table) => (table.nRows > 1 ? [...good.predict(table), 'no'] : good.predict(table)) },
    ],
    [
      'gives the same output after a round trip through JSON',
      'forgets what it learned',
      {
        restore: (state) => NearestMean.restore(new StateReader('', { ...stateOf(state), means: [0, 0] })),
      },
    ],
    [
      'gives the same output after a round trip through JSON',
      'calls the classes by other names',
      { restore: otherClasses([0, 1]) },
    ],
    [
      'gives the same output after a round trip through JSON',
      'saves as another text when it was loaded',
      { restore: (state) => otherOrder(NearestMean.restore(state)) },
    ],
    [
      'rejects a state that is not its own',
      'takes any state',
      {
        restore: (state) =>
          NearestMean.restore(
            throws(() => state.get('feature'))
              ? new StateReader('', {
                  feature: 'a',
                  classes: [0, 1],
                  sharpness: 1,
                  means: [0, 1],
                  weights: [1, 1],
                })
              : state,
          ),
      },
    ],
    [
      'looks columns up by name, whatever their order and other columns',
      'takes the first column for its own',
      {
        predictProba: (good, table) =>
          good.predictProba(table.has('a') ? table.with({ a: table.column(table.names[0]) }) : table),
      },
    ],
    [
      'predicts for no rows and for one row',
      'fails without rows',
      {
        predict: (good, table) => {
          if (table.nRows === 0) throw new RangeError('no rows');
          return good.predict(table);
        },
      },
    ],
    [
      'predicts for no rows and for one row',
      'looks at the other rows',
      { predict: (good, table) => (table.nRows === 1 ? ['yes'] : good.predict(table)) },
    ],
    [
      'names the column that is missing',
      'passes over it',
      {
        predictProba: (good, table) =>
          good.predictProba(table.has('a') ? table : table.with({ a: table.numeric('b') })),
      },
    ],
    [
      'names the column that holds categories instead of numbers',
      'computes with codes when it predicts',
      { predictProba: (good, table) => good.predictProba(withCodes(table)) },
    ],
    [
      'names the column that holds categories instead of numbers',
      'computes with codes when it learns',
      { fit: (good, table, labels, options) => good.fit(withCodes(table), labels, options) },
    ],
    [
      single,
      'learns from one class',
      {
        fit: (good, table, labels, options) =>
          good.fit(table, Labels.from(labels).classes.length === 1 ? y : labels, options),
      },
    ],
    [
      rowsNeeded,
      'learns from no rows',
      {
        fit: (good, table, labels, options) =>
          table.nRows === 0 ? good.fit(numbers, y) : good.fit(table, labels, options),
      },
    ],
    [
      rowsNeeded,
      'learns from the first of too many labels',
      {
        fit: (good, table, labels, options) => good.fit(table.nRows === 2 ? numbers : table, labels, options),
      },
    ],
    [
      'fits labels given as text or as codes alike',
      'learns from the order of an array',
      {
        fit: (good, table, labels, options) =>
          good.fit(table, 'codes' in labels ? labels : Labels.from(labels, ['yes', 'no']), options),
      },
    ],
    [
      weighted,
      'adds something to rows of weight',
      {
        fit: (good, table, labels, options) =>
          (options ? new NearestMean(3) : good).fit(table, labels, options),
      },
    ],
    [
      weighted,
      'passes over them',
      {
        fit: (good, table, labels, options) => {
          const isFit = isEach(Float64Array.from(options?.sampleWeight ?? []));
          return good.fit(
            table,
            labels,
            isFit && options?.sampleWeight?.length === table.nRows ? {} : options,
          );
        },
      },
    ],
    [
      'rejects weights that are negative, not numbers or of another length',
      'takes their size',
      {
        fit: (good, table, labels, options) => {
          const sampleWeight = options && Float64Array.from(options.sampleWeight ?? [], Math.abs);
          return good.fit(table, labels, sampleWeight && { sampleWeight });
        },
      },
    ],
    ['rejects sample weights', 'takes them', { subject: { refusesWeights: true } }],
    [
      'fits many specifications at once, each as if fitted alone',
      'fits the first alone',
      { fitMany: (table, labels, [first]) => [first.fit(table, labels)] },
    ],
    [
      'fits many specifications at once, each as if fitted alone',
      'gives all what the first learned',
      { fitMany: (table, labels, all) => all.map(() => all[0].fit(table, labels)) },
    ],
  ])('only "%s" fails for one that %s', (check, _, change, also = []) => {
    const before = Float64Array.from(numbers.numeric('b'));
    try {
      expect(broken(classifierConformance(nearestMean(change)))).toEqual(
        expect.arrayContaining([check, ...also]),
      );
      expect(broken(classifierConformance(nearestMean(change)))).toHaveLength(1 + also.length);
    } finally {
      numbers.numeric('b').set(before);
    }
  });
});

describe('regressorConformance', () => {
  const amounts = [1, 2, 4, 9];
  const subject = (change: Partial<RegressorSubject['regressor']> = {}): RegressorSubject => {
    const good = new MeanRegressor();
    const regressor: RegressorSubject['regressor'] = {
      role: 'regressor',
      fit: good.fit.bind(good),
      ...change,
    };
    return { regressor, restorable: MeanRegressor, x: numbers, y: amounts };
  };

  it('accepts a valid regressor', () => {
    expect(broken(regressorConformance(subject()))).toEqual([]);
  });

  it.each<[string, string, RegressorSubject['regressor']['fit']]>([
    [
      'rejects class labels, and target values that are missing or infinite',
      'takes a missing amount for 0',
      (x, y, options) =>
        new MeanRegressor().fit(x, 'kind' in y ? y : Float64Array.from(y, (v) => v || 0), options),
    ],
    [
      'predicts a finite number for each row',
      'predicts nothing for some rows',
      (x, y, options) =>
        withPredictions(new MeanRegressor().fit(x, y, options), (p) => p.map((v, i) => (i === 3 ? NaN : v))),
    ],
  ])('"%s" fails for one that %s', (check, _, fit) => {
    expect(broken(regressorConformance(subject({ fit })))).toContain(check);
  });
});

describe('survivalConformance', () => {
  const durations = { durations: [1, 2, 4, 9], events: [1, 0, 1, 1] };
  const good = new ConstantHazard();
  const brokenBy = (fit: SurvivalSubject['model']['fit'] = good.fit.bind(good)) =>
    broken(
      survivalConformance({
        model: { role: 'survival', fit },
        restorable: ConstantHazard,
        x: numbers,
        y: durations,
      }),
    );
  const changed =
    (change: Partial<FittedConstantHazard>): SurvivalSubject['model']['fit'] =>
    (x, y) =>
      Object.assign(new FittedConstantHazard(good.fit(x, y).state), change);

  // The good model looks at neither columns nor weights, which other checks are for.
  it.each<[string, string, SurvivalSubject['model']['fit']]>([
    [
      'returns a finite risk score for each row',
      'has none for some rows',
      changed({ predict: ({ nRows }) => new Float64Array(nRows).fill(1).fill(NaN, 3) }),
    ],
    [
      'returns survival curves that start at 1 and do not rise',
      'rises',
      changed({
        predictSurvival: ({ nRows }, times) =>
          Array.from(times, (_, i) => new Float64Array(nRows).fill(i === 1 ? 0.5 : 1)),
      }),
    ],
    ['has ascending times', 'repeats one', changed({ times: [1, 2, 2] })],
    [
      'rejects numeric targets, and durations that are negative or without an event',
      'learns from amounts',
      (x, y) => good.fit(x, 'length' in y && !('kind' in y) ? durations : y),
    ],
  ])('"%s" fails for one that %s', (check, _, fit) => {
    expect(brokenBy()).not.toContain(check);
    expect(brokenBy(fit)).toContain(check);
  });
});

function withPredictions(
  fitted: FittedMeanRegressor,
  change: (predicted: Float64Array) => Float64Array,
): FittedMeanRegressor {
  const changed = new FittedMeanRegressor(fitted.state);
  changed.predict = (x) => change(fitted.predict(x));
  return changed;
}

function withoutProbabilities(fitted: FittedClassifier, { nRows }: Table): FittedClassifier {
  const { role, type, state, classes, features } = fitted;
  const none = classes.map(() => new Float64Array(nRows).fill(NaN)) as ClassProbabilities;
  return {
    role,
    type,
    state,
    classes,
    features,
    predictProba: () => none,
    predict: (x) => fitted.predict(x),
  };
}

function bound(fitted: FittedTransformer): FittedTransformer {
  return {
    role: 'transformer',
    type: fitted.type,
    state: fitted.state,
    transform: (table) => fitted.transform(table),
  };
}

function withCodes(table: Table): Table {
  if (!table.has('a') || table.column('a').kind === 'numeric') return table;
  return table.with({ a: Float64Array.from(table.category('a').codes) });
}
