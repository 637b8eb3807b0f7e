import { ChurnError, didYouMean } from '@churn/core';
import { configurable, models } from '../model/models.js';
import { parameterTable } from '../terminal/result-table.js';

/**
 * What a configuration can say of models, to show a user: their types or, of one of them, its parameters.
 * @throws `invalid-parameter` where there is no model of that type.
 */
export function listModels(type?: string): string {
  const types = models.map((each) => each.type);
  if (type === undefined) {
    return `${types.join('\n')}\n\nchurn models ${types[0]} tells the parameters of a model`;
  }
  const definition = models.find((each) => each.type === type);
  if (!definition) {
    throw new ChurnError(
      'invalid-parameter',
      `models: expected one of ${types.join(', ')}, got ${type}${didYouMean(type, types)}`,
    );
  }
  return parameterTable(
    type,
    Array.from(configurable(definition), ([name, { expected, default: value, grid }]) => ({
      name,
      expected,
      default: JSON.stringify(value) ?? '',
      tried: grid?.map((each) => JSON.stringify(each)).join(', ') ?? '',
    })),
  );
}
