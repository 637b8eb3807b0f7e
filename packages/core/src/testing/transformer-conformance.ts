import { ChurnError } from '../error.js';
import { Labels, type LabelsLike } from '../labels.js';
import type { Restorable } from '../restore.js';
import { rowValues } from '../row.js';
import { schemaOf } from '../schema.js';
import { StateReader } from '../state-reader.js';
import type { Table } from '../table.js';
import type { FittedTransformer, Transformer } from '../transformer.js';
import { withHostileNames, withoutValues, withUnseenLevels } from './altered-tables.js';
import { type ConformanceCheck, refuses, same, throughJson, worksOrRefuses } from './check.js';
import { columnsOf, snapshot } from './snapshot.js';

/** The subject of the conformance checks of a transformer. */
export interface TransformerSubject {
  readonly transformer: Transformer;
  /** The class that restores what the transformer has learned. */
  readonly restorable: Restorable<FittedTransformer>;
  /** The classes allowed for nested parts. */
  readonly classes?: readonly Restorable[];
  /** A table of at least three rows that the transformer can be fitted on. */
  readonly x: Table;
  readonly y?: LabelsLike;
  /** A column of `x` that the fitted transformer requires. */
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
      name: 'fits the same from the same rows',
      run() {
        const [first, second] = [transformer.fitTransform(x, y), transformer.fitTransform(x, y)];
        same(JSON.stringify(first.fitted.state), JSON.stringify(second.fitted.state), 'the state');
        same(snapshot(first.output), snapshot(second.output), 'the output');
      },
    },
    {
      name: 'fits the same in fitTransform as in fit',
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
        same(JSON.stringify(restored.state), JSON.stringify(fitted.state), 'the text of the state');
        same(snapshot(restored.transform(x)), snapshot(fitted.transform(x)), 'the output');
      },
    },
    {
      name: 'rejects a state that is not its own',
      run() {
        refuses(
          () => restorable.restore(new StateReader(restorable.type, { foreign: [] }), classes),
          'model-file',
        );
      },
    },
    {
      name: 'transforms a row like the table',
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
      name: 'fits and transforms a table of one row, or reports why not',
      run() {
        worksOrRefuses(() => {
          const one = x.take([0]);
          const labels = y && Labels.from(y).take([0]);
          same(transformer.fitTransform(one, labels).output.nRows, 1, 'the number of rows');
        });
      },
    },
    {
      name: 'fits and transforms columns without any value, or reports why not',
      run() {
        worksOrRefuses(() => {
          const empty = withoutValues(x);
          const fitted = transformer.fit(empty, y);
          same(snapshot(restore(fitted).transform(empty)), snapshot(fitted.transform(empty)), 'the output');
        });
      },
    },
    {
      name: 'handles columns and levels named like inherited object properties',
      run() {
        const hostile = withHostileNames(x);
        const fitted = transformer.fit(hostile, y);
        same(snapshot(restore(fitted).transform(hostile)), snapshot(fitted.transform(hostile)), 'the output');
      },
    },
  ];
  checks.push({
    name: 'transforms single rows like the table',
    run() {
      const table = withUnseenLevels(x);
      const fitted = transformer.fit(x, y);
      const output = fitted.transform(table);
      if (!fitted.compileRow) throw new Error('expected a compileRow: without it, a row is slow to score');
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
    name: 'describes what it learned in one line, if it does',
    run() {
      const line = transformer.fit(x, y).describe?.();
      if (line !== undefined && !/^[^\n]+$/.test(line))
        throw new Error(`expected one line, got ${JSON.stringify(line)}`);
    },
  });
  checks.push({
    name: 'names existing columns as origins of the columns that it creates',
    run() {
      const fitted = transformer.fit(x, y);
      const made = new Set(fitted.transform(x).names);
      for (const [name, sources] of fitted.origins ?? []) {
        if (!made.has(name)) throw new Error(`origins: "${name}" is no column of the output`);
        const unknown = sources.find((source) => !x.has(source));
        if (unknown !== undefined) throw new Error(`origins: "${unknown}" is no column of the input`);
      }
      const untraced = [...made].find((name) => !x.has(name) && !fitted.origins?.has(name));
      if (untraced !== undefined) throw new Error(`origins: expected those of the new column "${untraced}"`);
    },
  });
  checks.push({
    name: 'does not need the columns that it calls unread',
    run() {
      const fitted = transformer.fit(x, y);
      const { unread = [] } = fitted;
      const without = x.drop(unread.filter((name) => x.has(name)));
      same(snapshot(fitted.transform(without)), snapshot(fitted.transform(x)), 'the output');
    },
  });
  checks.push({
    name: 'restores with its inverse, if it has one, values that transform to the same again',
    run() {
      const fitted = transformer.fit(x, y);
      if (!fitted.inverseTransform) return;
      const output = fitted.transform(x);
      // What cannot be undone, such as levels that became missing, may be rejected.
      if (isRefused(() => fitted.inverseTransform?.(output))) return;
      const back = fitted.inverseTransform(output);
      same([...back.names].sort().join(), [...x.names].sort().join(), 'the names of the columns');
      same(columnsOf(back.select(x.names)), columnsOf(x), 'the columns');
      const again = fitted.transform(back);
      for (const name of output.namesOf('numeric')) {
        const [received, expected] = [again.numeric(name), output.numeric(name)];
        const row = expected.findIndex((value, i) => !isNear(received[i], value));
        if (row >= 0)
          throw new Error(`column "${name}", row ${row}: expected ${expected[row]}, got ${received[row]}`);
      }
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

function isNear(received: number, expected: number): boolean {
  return (
    Object.is(received, expected) || Math.abs(received - expected) <= 1e-6 * Math.max(1, Math.abs(expected))
  );
}

function isRefused(action: () => unknown): boolean {
  try {
    action();
    return false;
  } catch (error) {
    if (ChurnError.is(error) && error.code === 'invalid-data') return true;
    throw error;
  }
}
