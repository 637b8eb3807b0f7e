import type { JsonSchema } from './written-as.js';

/** The schema of a declared column, as checked by `parseDatasetColumn` of `@churn/io`. */
export function columnRulesSchema(): JsonSchema {
  const texts: JsonSchema = { type: 'array', items: { type: 'string' }, minItems: 1 };
  const ofKind = (kind: string, ...names: string[]): JsonSchema => ({
    if: { properties: { kind: { not: { const: kind } } } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema.
    then: { properties: Object.fromEntries(names.map((name) => [name, { not: {} }])) },
  });
  return {
    type: 'object',
    required: ['kind'],
    additionalProperties: false,
    properties: {
      kind: { enum: ['numeric', 'category', 'boolean', 'date'], description: 'How its values are read.' },
      decimal: { enum: ['.', ','], description: 'The decimal mark of its numbers.' },
      dateOrder: {
        enum: ['dayFirst', 'monthFirst'],
        description: 'How dates such as 03/04/2026 are read.',
      },
      missing: {
        ...texts,
        description: 'Texts that mean a missing value, besides those of data.missingValues.',
      },
      required: { type: 'boolean', description: 'Whether each file must have the column.' },
      nullable: { type: 'boolean', description: 'Whether values may be missing.' },
      min: { type: 'number', description: 'The smallest value allowed.' },
      max: { type: 'number', description: 'The largest value allowed.' },
      integer: { type: 'boolean', description: 'Whether all values are integers.' },
      levels: { ...texts, description: 'The categories allowed.' },
    },
    allOf: [
      ofKind('numeric', 'decimal', 'min', 'max', 'integer'),
      ofKind('category', 'levels'),
      ofKind('date', 'dateOrder'),
    ],
  };
}
