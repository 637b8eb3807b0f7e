import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { version } from '../../../package.json';
import { shown } from '../../config/issue-text.js';
import type { Prediction } from '../prediction.js';
import { Problem } from '../problem.js';
import type { RequestBody, RequestRows } from '../read-rows.js';
import type { RequestWarnings } from '../row-answers.js';
import type { ServedModel } from '../served-model.js';
import { JSON_LENGTH_HEADER } from './binary-tensors.js';
import { outputsOf, refuseUnknownOutputs, writeOutputs } from './outputs.js';
import { type InferenceBody, readInferenceRequest } from './read-request.js';

/** The prefix of the protocol's routes, whose errors have a different format. */
const PREFIX = /^\/v2(?![^/?])/;

const EXPECTED_TYPE = 'expected application/json or application/octet-stream';

/** Whether a request uses the Open Inference Protocol. */
export function isInference({ url = '' }: { readonly url?: string }): boolean {
  return PREFIX.test(url);
}

interface InferenceRoutes {
  /** The current model. */
  readonly model: () => ServedModel;
  /** The name of the model for clients; by default what it predicts. */
  readonly name?: string | undefined;
  readonly maxRows: number;
  /** Scores rows like every other request for predictions. */
  readonly predict: (
    id: string,
    rows: RequestRows,
    served: ServedModel,
  ) => Promise<{ readonly predictions: readonly Prediction[]; readonly warnings: RequestWarnings }>;
}

/** Adds the model routes of the Open Inference Protocol, version 2 of KServe's protocol. */
export function addInferenceRoutes(
  app: FastifyInstance,
  { model, name, maxRows, predict }: InferenceRoutes,
): void {
  // Clients send binary tensors with this type, or without one.
  app.addContentTypeParser<Buffer>('application/octet-stream', { parseAs: 'buffer' }, asJson);
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, ({ headers }, bytes, done) => {
    if (headers['content-type'] === undefined) asJson(undefined, bytes, done);
    else done(new Problem(415, 'Unsupported content type', EXPECTED_TYPE));
  });
  const modelOf = ({ params }: FastifyRequest): { readonly called: string; readonly served: ServedModel } => {
    const served = model();
    const called = name ?? served.predicts;
    const requested = params as { readonly name: string; readonly version?: string };
    if (requested.name !== called)
      throw new Problem(404, 'Not found', `expected the model "${called}", got ${shown(requested.name)}`);
    if (requested.version !== undefined && requested.version !== served.hash) {
      throw new Problem(
        404,
        'Not found',
        `expected version "${served.hash}" of the model "${called}", got ${shown(requested.version)}`,
      );
    }
    return { called, served };
  };
  for (const path of ['/v2/models/:name', '/v2/models/:name/versions/:version']) {
    app.get(path, async (request) => {
      const { called, served } = modelOf(request);
      return metadata(called, served);
    });
    app.get(`${path}/ready`, async (request) => ({ name: modelOf(request).called, ready: true }));
    app.post(`${path}/infer`, async (request, reply) => {
      const { called, served } = modelOf(request);
      const inference = readInferenceRequest(bodyOf(request), served, maxRows);
      refuseUnknownOutputs(inference, served);
      const { predictions, warnings } = await predict(request.id, inference.rows, served);
      const { outputs, binary } = writeOutputs(inference, served, predictions, warnings);
      const answer = {
        model_name: called,
        model_version: served.hash,
        ...(inference.id !== undefined && { id: inference.id }),
        outputs,
      };
      return binary.length > 0 ? withBytes(reply, answer, binary) : answer;
    });
  }
}

function asJson(_: unknown, bytes: Buffer, done: (error: null, body: RequestBody) => void): void {
  done(null, { isCsv: false, bytes });
}

/** Adds the public routes of the protocol. */
export function addInferenceHealthRoutes(app: FastifyInstance, isDraining: () => boolean): void {
  for (const path of ['/v2', '/v2/']) {
    app.get(path, async () => ({ name: 'churn', version, extensions: ['binary_tensor_data'] }));
  }
  app.get('/v2/health/live', async () => ({ live: true }));
  app.get('/v2/health/ready', async (_, reply) => {
    if (isDraining()) reply.code(503);
    return { ready: !isDraining() };
  });
}

function metadata(name: string, served: ServedModel): object {
  const outputs = Array.from(outputsOf(served), ([output, { datatype, shape }]) => ({
    name: output,
    datatype,
    shape,
  }));
  return {
    name,
    versions: [served.hash],
    platform: 'churn',
    inputs: served.fields.map((field) => ({
      name: field.name,
      datatype: field.kind === 'numeric' ? 'FP64' : 'BYTES',
      shape: [-1],
    })),
    outputs,
  };
}

/** @throws `Problem` if there is no body, or its header is invalid. */
function bodyOf({ body, headers }: FastifyRequest): InferenceBody {
  const { isCsv, bytes } = (body ?? {}) as Partial<RequestBody>;
  if (bytes === undefined) throw new Problem(400, 'Bad request', 'expected a body of JSON, got none');
  if (isCsv) throw new Problem(415, 'Unsupported content type', EXPECTED_TYPE);
  const length = headers[JSON_LENGTH_HEADER];
  if (length === undefined) return { bytes };
  const jsonLength = Number(length);
  if (!/^\d{1,15}$/.test(String(length)) || jsonLength > bytes.length) {
    throw new Problem(
      400,
      'Bad request',
      `${JSON_LENGTH_HEADER}: expected an integer up to ${bytes.length}, the length of the body, got ${shown(length)}`,
    );
  }
  return { bytes, jsonLength };
}

/** A response of JSON followed by the bytes of tensors. */
function withBytes(reply: FastifyReply, answer: object, binary: readonly Uint8Array[]): Buffer {
  const json = Buffer.from(JSON.stringify(answer));
  reply.header(JSON_LENGTH_HEADER, json.length).type('application/octet-stream');
  return Buffer.concat([json, ...binary]);
}
