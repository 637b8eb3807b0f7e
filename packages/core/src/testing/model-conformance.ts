import { isolateFaults } from '../isolate-faults.js';
import type { FittedModel, Model } from '../model.js';
import { outputColumns } from '../output-columns.js';
import type { Restorable } from '../restore.js';
import { StateReader } from '../state-reader.js';
import type { Table } from '../table.js';
import type { Target, TargetLike } from '../target.js';
import { type ConformanceCheck, refuses, same, throughJson } from './check.js';
import { snapshot } from './snapshot.js';

/** The subject of the conformance checks of any model. */
export interface ModelSubject<T extends Target> {
  readonly model: Model<T>;
  readonly restorable: Restorable<FittedModel<T>>;
  /** The classes allowed for nested parts. */
  readonly classes?: readonly Restorable[];
  /** A table of numbers without missing values, that the model can be fitted on. */
  readonly x: Table;
  readonly y: T;
  /** Further specifications of its class, if it has `fitMany`. */
  readonly others?: readonly Model<T>[];
  /** Whether it accepts category columns instead of rejecting them. */
  readonly takesCategories?: boolean;
  /** Whether it rejects sample weights instead of using them. */
  readonly refusesWeights?: boolean;
  /** Weights, one per row, which must change the fitted model. */
  readonly unequalWeights: Float64Array;
  /** Whether a number is a valid output of the model. */
  readonly isOutput: (value: number) => boolean;
}

/** The common fields of the subjects of all kinds of model. */
export type CommonSubject<T extends Target> = Omit<
  ModelSubject<T>,
  'model' | 'y' | 'restorable' | 'others' | 'unequalWeights' | 'isOutput'
>;

/** The checks that every model passes, whatever it predicts. */
export function modelConformance<T extends Target>({
  model,
  restorable,
  classes = [],
  x,
  y,
  others = [],
  takesCategories = false,
  refusesWeights = false,
  unequalWeights,
  isOutput,
}: ModelSubject<T>): ConformanceCheck[] {
  const [needs] = x.names;
  const target: TargetLike<T> = y;
  const fit = (table = x, sampleWeight?: ArrayLike<number>) =>
    model.fit(table, target, sampleWeight && { sampleWeight });
  const outputs = (fitted: FittedModel, table: Table) =>
    JSON.stringify(outputColumns(fitted, table).map((column) => Array.from(column)));

  const checks: ConformanceCheck[] = [
    {
      name: 'leaves its input unchanged',
      run() {
        const before = snapshot(x);
        outputColumns(fit(), x);
        same(snapshot(x), before, 'the input');
      },
    },
    {
      name: 'fits the same from the same rows',
      run() {
        same(JSON.stringify(fit().state), JSON.stringify(fit().state), 'the state');
      },
    },
    {
      name: 'states its role, before and after it is fitted',
      run() {
        same(fit().role, model.role, 'the role');
      },
    },
    {
      name: 'gives the same output after a round trip through JSON',
      run() {
        const fitted = fit();
        const restored = restorable.restore(throughJson(restorable.type, fitted.state), classes);
        same(restored.type, fitted.type, 'the type');
        same(JSON.stringify(restored.state), JSON.stringify(fitted.state), 'the text of the state');
        same(JSON.stringify(restored.features), JSON.stringify(fitted.features), 'the features');
        same(outputs(restored, x), outputs(fitted, x), 'the output');
        same(JSON.stringify(restored.predict(x)), JSON.stringify(fitted.predict(x)), 'what is predicted');
      },
    },
    {
      name: 'has an output for extreme values, or reports the rows without one',
      run() {
        const fitted = fit();
        for (const value of [-1.7e308, 1.7e308, 1e200, -Infinity, NaN]) {
          assertFaultsAreTold(fitted, x, value, isOutput);
        }
      },
    },
    {
      name: 'rejects a state that is not its own',
      run() {
        const foreign = new StateReader(restorable.type, { foreign: [] });
        refuses(() => restorable.restore(foreign, classes), 'model-file');
      },
    },
    {
      name: 'looks columns up by name, whatever their order and other columns',
      run() {
        const fitted = fit();
        const shuffled = x
          .select([...x.names].reverse())
          .with({ 'another column': new Float64Array(x.nRows) });
        same(outputs(fitted, shuffled), outputs(fitted, x), 'the output');
      },
    },
    {
      name: 'has its features in its schema, if it has one',
      run() {
        const { features, schema } = fit();
        if (schema)
          same(JSON.stringify(schema.map(({ name }) => name)), JSON.stringify(features), 'the names');
      },
    },
    {
      name: 'predicts for no rows and for one row',
      run() {
        const fitted = fit();
        same(fitted.predict(x.take([])).length, 0, 'the number of predictions');
        same(String(fitted.predict(x.take([0]))[0]), String(fitted.predict(x)[0]), 'the prediction');
      },
    },
    {
      name: 'names the column that is missing',
      run() {
        const fitted = fit();
        refuses(() => outputColumns(fitted, x.drop([needs])), 'column-name', needs);
      },
    },
    {
      name: 'names the column that holds categories instead of numbers',
      run() {
        const wrong = x.with({ [needs]: Array.from({ length: x.nRows }, () => 'text') });
        if (!takesCategories) refuses(() => fit(wrong), 'column-kind', needs);
        const fitted = fit();
        refuses(() => outputColumns(fitted, wrong), 'column-kind', needs);
      },
    },
    {
      name: 'rejects a table without rows, and a target of another length',
      run() {
        refuses(() => fit(x.take([])));
        refuses(() => fit(x.take([0, 1])), 'invalid-data');
      },
    },
    {
      name: 'has attributions, if any, whose baseline and contributions add up to the output',
      run() {
        const fitted = fit();
        if (!fitted.attributions) return;
        const { outputs: attributed } = fitted.attributions(x);
        for (const { baseline, contributions } of attributed) {
          same(contributions.length, fitted.features.length, 'the number of contributions');
          const isWhole = [baseline, ...contributions.flatMap((each) => [...each])].every(Number.isFinite);
          if (!isWhole) throw new Error('a contribution is not a number');
        }
      },
    },
    {
      name: 'has feature importances, if any, that add up to 1',
      run() {
        const fitted = fit();
        const importances = fitted.importances?.();
        if (!importances) return;
        same(importances.length, fitted.features.length, 'the number of importances');
        const sum = importances.reduce((total, each) => total + each, 0);
        if (!(importances.every((each) => each >= 0) && (sum === 0 || Math.abs(sum - 1) < 1e-9)))
          throw new Error(`expected non-negative importances that add up to 1, got ${importances.join()}`);
      },
    },
  ];
  if (refusesWeights) {
    checks.push({
      name: 'rejects sample weights',
      run() {
        refuses(() => fit(x, new Float64Array(x.nRows).fill(1)), 'invalid-parameter', 'sampleWeight');
      },
    });
  } else {
    checks.push({
      name: 'treats weights of 1 like no weights, and uses others',
      run() {
        const plain = outputs(fit(), x);
        same(outputs(fit(x, new Float64Array(x.nRows).fill(1)), x), plain, 'the output');
        if (outputs(fit(x, unequalWeights), x) === plain)
          throw new Error('rows of more weight made no difference');
      },
    });
    checks.push({
      name: 'rejects weights that are negative, not numbers or of another length',
      run() {
        const weights = (weight: number) =>
          Float64Array.from({ length: x.nRows }, (_, row) => (row ? 1 : weight));
        for (const weight of [-1, NaN, Infinity]) {
          refuses(() => fit(x, weights(weight)), 'invalid-data', 'sampleWeight');
        }
        refuses(() => fit(x, [1]), 'invalid-data', 'sampleWeight');
      },
    });
  }
  if (model.fitMany) {
    checks.push({
      name: 'fits many specifications at once, each as if fitted alone',
      run() {
        const all = [model, ...others, model];
        const together = model.fitMany?.(x, target, all) ?? [];
        same(together.length, all.length, 'the number of models');
        all.forEach((specification, i) => {
          const alone = outputColumns(specification.fit(x, target), x);
          const received = outputColumns(together[i], x);
          const apart = Math.max(
            ...alone.flatMap((column, k) =>
              Array.from(column, (value, row) => Math.abs(value - received[k][row])),
            ),
          );
          if (!(apart < 1e-5)) throw new Error(`model ${i} is ${apart} away from a separate fit`);
        });
      },
    });
  }
  return checks;
}

/**
 * Puts `value` into all numbers of every other row: these rows get an output or are reported one by one, and the others do not change.
 */
function assertFaultsAreTold(
  fitted: FittedModel,
  x: Table,
  value: number,
  isOutput: (value: number) => boolean,
): void {
  const extreme = x.with(
    x.namesOf('numeric').map((name) => [name, x.numeric(name).map((old, row) => (row % 2 ? value : old))]),
  );
  const before = outputColumns(fitted, x);
  const { rows, result, faults } = isolateFaults(extreme, (part) => outputColumns(fitted, part));
  rows.forEach((row, i) => {
    const amiss = result.find((column) => !isOutput(column[i]));
    if (amiss) throw new Error(`values of ${value}: row ${row} has the output ${amiss[i]}`);
    if (row % 2 === 0)
      same(result[0][i], before[0][row], `values of ${value}: the output of the other row ${row}`);
  });
  same(rows.length + faults.length, x.nRows, 'the number of rows scored and reported');
  if (faults.length > 0) {
    refuses(() => outputColumns(fitted, extreme), 'invalid-data', `row ${faults[0].row}`);
    refuses(() => fitted.predict(extreme), 'invalid-data', `row ${faults[0].row}`);
    const unnamed = faults.find(({ row, column }) => row % 2 === 0 || !x.has(column ?? ''));
    if (unnamed)
      throw new Error(`expected the faults of odd rows with a column, got ${JSON.stringify(unnamed)}`);
  }
}
