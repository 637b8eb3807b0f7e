import { ChurnError, type FittedClassifier, type FittedPipeline } from '@churn/core';
import { objectRecords, toTable } from '@churn/io';

/** A thousand rows of twenty columns are a quarter of the megabytes that Lambda takes. */
const MAX_ROWS = 1000;

interface Prediction {
  readonly prediction: string;
  readonly probabilities: Readonly<Record<string, number>>;
}

/**
 * What a model says of rows of JSON, each with a value for every column of the model; `null` is one that is not known.
 * @throws `invalid-data` if rows do not fit the model, or cannot be scored.
 */
export function score(model: FittedPipeline<FittedClassifier>, body: unknown): Prediction[] {
  const rows: unknown[] = Array.isArray(body) ? body : [body];
  if (rows.length === 0 || rows.length > MAX_ROWS) {
    throw new ChurnError('invalid-data', `expected 1 to ${MAX_ROWS} rows, got ${rows.length}`);
  }
  const names = model.schema.map(({ name }) => name);
  const objects = rows.map((row, i) => objectOf(row, i, names));
  const table = toTable(objectRecords(objects, names), { schema: model.schema, columns: names });
  const probabilities = model.predictProba(table);
  return Array.from(model.predict(table), (label, row) => ({
    prediction: String(label),
    probabilities: Object.fromEntries(
      model.classes.map((name, k) => [String(name), probabilities[k]![row]!]),
    ),
  }));
}

/** So that a misspelt name is told, and not taken for a value that is not known. */
function objectOf(row: unknown, place: number, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    throw new ChurnError('invalid-data', `row ${place}: expected an object with a value for each column`);
  }
  const lacking = names.find((name) => !Object.hasOwn(row, name));
  if (lacking !== undefined) {
    throw new ChurnError(
      'invalid-data',
      `row ${place}: column "${lacking}" is missing; pass null if the value is unknown`,
    );
  }
  return row as Readonly<Record<string, unknown>>;
}
