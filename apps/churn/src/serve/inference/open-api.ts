import { DATATYPES } from './datatypes.js';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (description: string, schema: object) => ({
  description,
  content: { 'application/json': { schema } },
});

const NAME = { type: 'string' };
const SHAPE = { type: 'array', items: { type: 'integer' } };
const DATATYPE = { enum: [...DATATYPES.keys()] };
const PARAMETERS = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } };
const TENSOR = { name: NAME, datatype: DATATYPE, shape: SHAPE };

/** A tensor with its elements. */
const filled = (data: string) => ({
  type: 'object',
  properties: {
    ...TENSOR,
    data: { type: 'array', description: data },
    parameters: {
      ...PARAMETERS,
      description:
        '`binary_data_size`: the number of bytes of the data after the JSON; `data` is then absent.',
    },
  },
  required: ['name', 'shape', 'datatype'],
});

/** The schemas of the Open Inference Protocol. */
export const INFERENCE_SCHEMAS = {
  InferenceRequest: {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'Is sent back.' },
      inputs: {
        type: 'array',
        items: filled('One value per row; null if unknown.'),
        description: 'One for each column of the model, of shape [rows] or [rows, 1].',
      },
      outputs: {
        type: 'array',
        items: {
          type: 'object',
          properties: { name: NAME, parameters: { ...PARAMETERS, description: '`binary_data`: as bytes.' } },
          required: ['name'],
        },
        description: 'Without it, all.',
      },
      parameters: { ...PARAMETERS, description: '`binary_data_output`: all outputs as bytes.' },
    },
    required: ['inputs'],
  },
  InferenceResponse: {
    type: 'object',
    properties: {
      model_name: NAME,
      model_version: { type: 'string', description: 'The hash of the model file.' },
      id: { type: 'string' },
      outputs: { type: 'array', items: filled('Row by row.') },
    },
    required: ['model_name', 'outputs'],
  },
  InferenceModel: {
    type: 'object',
    properties: {
      name: NAME,
      versions: { type: 'array', items: { type: 'string' } },
      platform: { type: 'string' },
      inputs: { type: 'array', items: { type: 'object', properties: TENSOR } },
      outputs: { type: 'array', items: { type: 'object', properties: TENSOR } },
    },
    required: ['name', 'platform'],
  },
  InferenceError: { type: 'object', properties: { error: { type: 'string' } }, required: ['error'] },
};

/** The paths of the Open Inference Protocol; those of the model with and without its version. */
export function inferencePaths(name: string, hasKey: boolean): object {
  const guarded = hasKey && { security: [{ key: [] }] };
  const error = (description: string) => json(description, ref('InferenceError'));
  const refused = hasKey && { 401: error('The API key is missing or wrong.') };
  const missing = { 404: error('There is no such model or version.') };
  const health = (summary: string, ...others: object[]) => ({
    get: {
      summary,
      responses: Object.assign({ 200: json('It does', { type: 'object' }) }, ...others),
    },
  });
  const ofModel = (path: string, parameters: object) => ({
    [path]: {
      get: {
        ...{ summary: 'The tensors of the model', ...guarded, ...parameters },
        responses: { 200: json('Model', ref('InferenceModel')), ...refused, ...missing },
      },
    },
    [`${path}/ready`]: {
      get: {
        ...{ summary: 'Whether the model accepts requests', ...guarded, ...parameters },
        responses: { 200: json('It does', { type: 'object' }), ...refused, ...missing },
      },
    },
    [`${path}/infer`]: {
      post: {
        ...{ summary: 'Predictions by tensors', ...guarded, ...parameters },
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: ref('InferenceRequest') },
            'application/octet-stream': {
              schema: {
                type: 'string',
                format: 'binary',
                description:
                  'JSON and the bytes of tensors; the header `inference-header-content-length` has the length of the JSON.',
              },
            },
          },
        },
        responses: {
          200: json('Tensors', ref('InferenceResponse')),
          400: error('The request cannot be read.'),
          ...refused,
          ...missing,
          413: error('The body is too large, or has too many rows.'),
          415: error('The body is of another type, or is compressed.'),
          422: error('Rows do not fit the model, or cannot be scored.'),
        },
      },
    },
  });
  const version = { name: 'version', in: 'path', required: true, schema: { type: 'string' } };
  return {
    '/v2': health('The service, in the Open Inference Protocol'),
    '/v2/health/live': health('Whether the service runs'),
    '/v2/health/ready': health('Whether it accepts requests', {
      503: json('It is about to close', { type: 'object' }),
    }),
    ...ofModel(`/v2/models/${name}`, {}),
    ...ofModel(`/v2/models/${name}/versions/{version}`, { parameters: [version] }),
  };
}
