import { WARNING_KINDS } from '../scoring/row-warnings.js';
import { INFERENCE_SCHEMAS, inferencePaths } from './inference/open-api.js';
import { predictionSchema } from './prediction-schema.js';
import type { ServedModel } from './served-model.js';

interface ServiceTraits {
  readonly hasKey: boolean;
  /** Whether there is a challenger in shadow mode. */
  readonly hasShadow?: boolean;
  readonly takesOutcomes?: boolean;
  readonly hasCounterfactuals?: boolean;
  /** The name of the model in the Open Inference Protocol. */
  readonly modelName?: string | undefined;
}

const COUNTERFACTUALS = {
  type: 'object',
  properties: {
    model: { type: 'string' },
    counterfactuals: {
      type: 'array',
      items: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            text: { type: 'string', description: 'The whole counterfactual as text.' },
            label: { type: 'string', description: 'The predicted class.' },
            prediction: {
              type: 'number',
              description:
                'The value; for two classes, the probability of the second; for more, that of `label`.',
            },
            changes: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  column: { type: 'string' },
                  from: { type: ['string', 'number', 'null'] },
                  to: { type: ['string', 'number', 'null'] },
                },
              },
            },
          },
        },
      },
    },
  },
};

/** The OpenAPI document of the service, with the columns of the served model; if there is a key, it is required. */
export function openApi(
  model: ServedModel,
  version: string,
  {
    hasKey,
    hasShadow = false,
    takesOutcomes = false,
    hasCounterfactuals = false,
    modelName = model.predicts,
  }: ServiceTraits,
): object {
  const properties = Object.fromEntries(
    model.fields.map(({ name, kind, levels }) => [
      name,
      {
        // Parsed as in a file: "12.5" is a number, and true and 1 can be categories.
        type: kind === 'numeric' ? ['number', 'string', 'null'] : ['string', 'number', 'boolean', 'null'],
        ...(levels && { examples: levels.slice(0, 5) }),
      },
    ]),
  );
  const rows = {
    required: true,
    content: {
      'application/json': {
        schema: {
          oneOf: [
            { $ref: '#/components/schemas/Row' },
            { type: 'array', items: { $ref: '#/components/schemas/Row' } },
          ],
        },
      },
      'text/csv': { schema: { type: 'string', description: 'A header line, and one line per row.' } },
    },
  };
  const problem = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  const refused = hasKey && { 401: problem('The API key is missing or wrong.') };
  const guarded = hasKey && { security: [{ key: [] }] };
  const problems = {
    400: problem('The body cannot be read.'),
    ...refused,
    413: problem('The body is too large, or has too many rows.'),
    415: problem('The body is neither JSON nor CSV, or is compressed.'),
    422: problem('Rows do not fit the model, or cannot be scored; `errors` lists all.'),
  };
  const answer = (description: string, schema: object) => ({
    description,
    content: { 'application/json': { schema } },
  });
  const list = (name: string, items: object) => ({
    type: 'object',
    properties: {
      model: { type: 'string' },
      [name]: { type: 'array', items },
      warnings: {
        type: 'array',
        items: { $ref: '#/components/schemas/WarningTotal' },
        description: 'The number of rows per warning; absent without warnings.',
      },
    },
  });
  const warned = {
    kind: { enum: [...WARNING_KINDS] },
    column: { type: 'string', description: 'Absent if the warning concerns the row as a whole.' },
  };
  const { what, outcome, explained, ...predicted } = predictionSchema(model);
  const prediction = {
    type: 'object',
    properties: {
      ...predicted.properties,
      warnings: {
        type: 'array',
        items: { $ref: '#/components/schemas/Warning' },
        description: 'Warnings about the row; absent if there are none.',
      },
    },
  };
  const predictions = {
    description: 'Predictions',
    content: {
      'application/json': { schema: list('predictions', prediction) },
      'text/csv': {
        schema: {
          type: 'string',
          description:
            'The input rows with the columns that `churn predict` adds, if the input is CSV and `accept` requests it.',
        },
      },
    },
  };
  return {
    openapi: '3.1.0',
    info: { title: `Scoring: ${model.predicts}`, version },
    paths: {
      '/v1/predict': {
        post: {
          summary: `The ${what} of each row, in their order`,
          ...guarded,
          requestBody: rows,
          responses: { 200: predictions, ...problems },
        },
      },
      '/v1/explain': {
        post: {
          summary: `Why each row has its ${what}`,
          ...guarded,
          parameters: [
            {
              name: 'top',
              in: 'query',
              schema: { type: 'integer', minimum: 1, default: 5 },
              description: 'The number of reasons.',
            },
          ],
          requestBody: rows,
          responses: {
            200: answer('Explanations', list('explanations', { $ref: '#/components/schemas/Explanation' })),
            ...problems,
          },
        },
      },
      ...(hasCounterfactuals && {
        '/v1/counterfactuals': {
          post: {
            summary: 'Counterfactuals: the changes to each row that would alter the decision',
            ...guarded,
            ...(model.task === 'value' && {
              parameters: [
                {
                  ...{ name: 'target', in: 'query', required: true, schema: { type: 'number' } },
                  description: 'The target value to reach.',
                },
              ],
            }),
            requestBody: rows,
            responses: {
              200: answer(
                'Counterfactuals of each row, closest first; empty if no plausible change was found',
                COUNTERFACTUALS,
              ),
              ...problems,
            },
          },
        },
      }),
      ...(takesOutcomes && {
        '/v1/outcomes': {
          post: {
            summary: 'Outcomes of scored rows',
            ...guarded,
            requestBody: {
              required: true,
              content: {
                'application/json': {
                  schema: {
                    oneOf: [
                      { $ref: '#/components/schemas/Outcome' },
                      { type: 'array', items: { $ref: '#/components/schemas/Outcome' } },
                    ],
                  },
                },
              },
            },
            responses: {
              202: answer('They are stored', {
                type: 'object',
                properties: { accepted: { type: 'integer', description: 'The number of outcomes.' } },
              }),
              ...problems,
              422: problem('Outcomes are invalid; `errors` lists all invalid values.'),
              503: problem('They could not be written; send them again.'),
            },
          },
        },
      }),
      '/v1/model': {
        get: {
          summary: 'The model that is served',
          ...guarded,
          responses: { 200: answer('Model', { type: 'object' }), ...refused },
        },
      },
      ...(hasShadow && {
        '/v1/shadow': {
          get: {
            summary: 'The predictions of the challenger, compared with those served',
            ...guarded,
            responses: { 200: answer('Differences', { type: 'object' }), ...refused },
          },
        },
      }),
      ...inferencePaths(modelName, hasKey),
      '/healthz': {
        get: {
          summary: 'Whether the service is running',
          responses: { 200: answer('It does', { type: 'object' }) },
        },
      },
      '/readyz': {
        get: {
          summary: 'Whether it accepts requests',
          responses: {
            200: answer('It does', { type: 'object' }),
            503: answer('It is about to close', { type: 'object' }),
          },
        },
      },
      '/metrics': { get: { summary: 'Metrics for Prometheus', responses: { 200: { description: 'Text' } } } },
    },
    components: {
      ...(hasKey && { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } } }),
      schemas: {
        Row: {
          type: 'object',
          description: 'Every column of the model; null if a value is unknown.',
          properties,
          required: model.schema.map(({ name }) => name),
          additionalProperties: false,
        },
        ...(takesOutcomes && {
          Outcome: {
            type: 'object',
            properties: {
              requestId: {
                type: 'string',
                format: 'uuid',
                description: 'The header `x-request-id` of the response.',
              },
              row: {
                type: 'integer',
                minimum: 0,
                description: 'The index of the row in its request; optional if the request had one row.',
              },
              ...outcome,
            },
            required: ['requestId', ...Object.keys(outcome)],
            additionalProperties: false,
          },
        }),
        ...INFERENCE_SCHEMAS,
        Explanation: {
          type: 'object',
          properties: {
            ...prediction.properties,
            ...explained,
            baseline: { type: 'number' },
            reasons: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  column: { type: 'string' },
                  value: { type: ['string', 'number', 'null'] },
                  contribution: { type: 'number' },
                  text: { type: 'string' },
                },
              },
            },
          },
        },
        Warning: {
          type: 'object',
          properties: { ...warned, text: { type: 'string' } },
          required: ['kind', 'text'],
        },
        WarningTotal: {
          type: 'object',
          properties: {
            ...warned,
            detail: { type: 'string' },
            rows: { type: 'integer', minimum: 1 },
            values: {
              type: 'array',
              items: { type: ['string', 'number', 'null'] },
              description: 'The first distinct values, shortened if long; null for a missing one.',
            },
            hasMoreValues: { type: 'boolean', description: 'Whether there are further values.' },
          },
          required: ['kind', 'detail', 'rows', 'values'],
        },
        Problem: {
          type: 'object',
          properties: {
            status: { type: 'integer' },
            title: { type: 'string' },
            detail: { type: 'string' },
            errors: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  row: { type: 'integer', minimum: 0 },
                  column: { type: 'string' },
                  detail: { type: 'string' },
                },
                required: ['row', 'detail'],
              },
            },
            omittedErrors: { type: 'integer', description: 'The number of further errors.' },
          },
        },
      },
    },
  };
}
