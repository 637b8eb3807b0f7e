import { ChurnError, didYouMean } from '@churn/core';
import { configurable, models } from '../model/models.js';
import type { Outcome } from '../terminal/outcome.js';
import { parameterTable } from '../terminal/result-table.js';

/**
 * The model types of a configuration, or the parameters of one.
 * @throws `invalid-parameter` if there is no model of that type.
 */
export function listModels(type?: string): Outcome {
  const types = models.map((each) => each.type);
  if (type === undefined) {
    return { text: types.join('\n'), figures: { models: types }, next: [`churn models ${types[0]}`] };
  }
  const definition = models.find((each) => each.type === type);
  if (!definition) {
    throw new ChurnError(
      'invalid-parameter',
      `models: expected one of ${types.join(', ')}, got ${type}${didYouMean(type, types)}`,
    );
  }
  const parameters = Array.from(configurable(definition), ([name, { expected, default: value, grid }]) => ({
    ...{ name, expected, default: value ?? null, grid: grid ?? [] },
  }));
  const text = parameterTable(
    type,
    parameters.map(({ name, expected, default: value, grid }) => ({
      name,
      expected,
      default: value === null ? '' : JSON.stringify(value),
      tried: grid.map((each) => JSON.stringify(each)).join(', '),
    })),
  );
  return { text, figures: { type, parameters } };
}
