import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { version } from '../../package.json';
import type { Logger } from '../logger.js';
import { objectTable } from '../scoring/object-table.js';
import { openApi } from './open-api.js';
import { page } from './page.js';
import { PROBLEM_TYPE, Problem, problemBody } from './problem.js';
import { type RequestRows, readCsvRows, readJsonRows } from './read-rows.js';
import type { ServedModel } from './served-model.js';

export interface ServerOptions {
  /** The model to use for a request that comes in now. */
  readonly model: () => ServedModel;
  readonly logger: Logger;
  /** Where given, `/v1` wants it in the header `x-api-key` or as a bearer token. */
  readonly apiKey?: string;
  /** The most rows of a request. Default 10,000. */
  readonly maxRows?: number;
  /** The most bytes of a body. Default 10 MiB. */
  readonly bodyLimit?: number;
}

/** How long a request that has begun may still take when the service ends. */
const ABANDON_MS = 5000;
/** Explaining takes much longer than scoring. */
const MAX_EXPLAINED = 100;

/** A service that knows when it is about to close. */
export type ScoringServer = FastifyInstance & {
  /**
   * Stops without losing a request: for `ms` milliseconds everything is answered still, with word that the connection ends then and
   * that the service is not ready for more; then it closes.
   */
  drain(ms: number): Promise<void>;
};

/** The scoring service, not yet listening. */
export function createServer({
  model,
  logger,
  apiKey,
  maxRows = 10_000,
  bodyLimit = 10 * 2 ** 20,
}: ServerOptions): ScoringServer {
  const app = Fastify({
    bodyLimit,
    // A client that sends slowly does not hold a connection for ever.
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    forceCloseConnections: 'idle',
    // What was accepted while the service closes is answered like any other.
    return503OnClosing: false,
  });
  const metrics = createMetrics();
  let isDraining = false;

  app.addContentTypeParser('text/csv', { parseAs: 'string' }, (_, body, done) => done(null, body));
  app.removeContentTypeParser('text/plain');
  // With callbacks: a promise a hook and request would be felt.
  app.addHook('onRequest', (request, _, done) => {
    done(refusal(request, apiKey));
  });
  app.addHook('onSend', (_, reply, _payload, done) => {
    // A client that goes on using a connection would send into one that closes.
    if (isDraining) reply.header('connection', 'close');
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.requests.inc({ route, method: request.method, status: reply.statusCode });
    metrics.seconds.observe({ route }, reply.elapsedTime / 1000);
    if (logger.isDebugEnabled()) {
      logger.debug(`${request.method} ${route} ${reply.statusCode} ${reply.elapsedTime.toFixed(1)} ms`);
    }
    done();
  });
  app.setErrorHandler((error, _, reply) => sendProblem(reply, problemOf(error, logger)));
  app.setNotFoundHandler((request, reply) => {
    sendProblem(
      reply,
      new Problem(404, 'Not found', `there is no ${request.method} ${request.url.split('?')[0]}`),
    );
  });

  const rowsOf = ({ headers, body }: FastifyRequest, served: ServedModel, limit: number): RequestRows => {
    const isCsv = headers['content-type']?.startsWith('text/csv') ?? false;
    if (body === undefined) throw new Problem(400, 'Bad request', 'expected a body of JSON or CSV, got none');
    const rows = isCsv ? readCsvRows(body as string, served, limit) : readJsonRows(body, served, limit);
    metrics.rows.inc('single' in rows ? 1 : rows.table.nRows);
    return rows;
  };

  app.post('/v1/predict', async (request) => {
    const served = model();
    const rows = rowsOf(request, served, maxRows);
    const predictions = 'single' in rows ? [await served.scoreOne(rows.single)] : served.score(rows.table);
    return { model: served.hash, predictions };
  });
  app.post('/v1/explain', async (request) => {
    const served = model();
    const top = topOf(request.query);
    const rows = rowsOf(request, served, Math.min(maxRows, MAX_EXPLAINED));
    const table = 'single' in rows ? objectTable(served.columns, [rows.single]).table : rows.table;
    const explanations = served.explain(table).map(({ reasons, ...explanation }) => ({
      ...explanation,
      reasons: reasons.slice(0, top),
    }));
    return { model: served.hash, explanations };
  });
  app.get('/v1/model', async () => {
    const { hash, fields, classes, threshold = null, training } = model();
    return { hash, version, columns: fields, classes, threshold, training };
  });
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_, reply) => {
    if (isDraining) reply.code(503);
    return { status: isDraining ? 'closing' : 'ok', model: model().hash };
  });
  app.get('/metrics', async (_, reply) => {
    reply.type(metrics.registry.contentType);
    return metrics.registry.metrics();
  });
  app.get('/openapi.json', async () => openApi(model(), version, apiKey !== undefined));
  app.get('/', async (_, reply) => {
    reply.type('text/html; charset=utf-8');
    reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'",
    );
    return page(model());
  });
  return Object.assign(app, {
    async drain(ms: number) {
      isDraining = true;
      await setTimeout(ms);
      // A body that never comes to its end is not waited for.
      const abandon = globalThis.setTimeout(() => app.server.closeAllConnections(), ABANDON_MS);
      await app.close();
      clearTimeout(abandon);
    },
  });
}

/** Why a request is not even read, if it is not. */
function refusal(request: FastifyRequest, apiKey: string | undefined): Problem | undefined {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    const detail = `expected a body that is not compressed, got ${encoding}`;
    return new Problem(415, 'Unsupported content encoding', detail);
  }
  if (apiKey !== undefined && request.url.startsWith('/v1') && !isKey(request, apiKey)) {
    return new Problem(401, 'Not authorised', 'expected the API key in the header x-api-key');
  }
  return undefined;
}

function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Counter({
      name: 'churn_requests_total',
      help: 'Requests answered',
      labelNames: ['route', 'method', 'status'],
      registers,
    }),
    rows: new Counter({ name: 'churn_rows_total', help: 'Rows scored or explained', registers }),
    seconds: new Histogram({
      name: 'churn_request_seconds',
      help: 'Time to answer',
      labelNames: ['route'],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
  };
}

/** Compares in a time that tells nothing of the key: digests are equally long, whatever came. */
function isKey({ headers }: FastifyRequest, apiKey: string): boolean {
  const bearer = /^Bearer (.*)$/.exec(headers.authorization ?? '')?.[1];
  const given = headers['x-api-key'] ?? bearer ?? '';
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(String(given)), digest(apiKey));
}

function topOf(query: unknown): number {
  const { top = '5' } = query as Readonly<Record<string, unknown>>;
  if (typeof top === 'string' && /^[1-9]\d{0,3}$/.test(top)) return Number(top);
  throw new Problem(400, 'Bad request', 'top: expected a whole number from 1');
}

function sendProblem(reply: FastifyReply, problem: Problem): void {
  reply.code(problem.status).type(PROBLEM_TYPE).send(problemBody(problem));
}

function problemOf(error: unknown, logger: Logger): Problem {
  if (error instanceof Problem) return error;
  const { statusCode, message, code } = error as { statusCode?: number; message: string; code?: string };
  if (statusCode === 413) return new Problem(413, 'Too large', 'the body is larger than the service takes');
  if (statusCode === 415) {
    return new Problem(415, 'Unsupported content type', 'expected application/json or text/csv');
  }
  // What Fastify and the JSON parser refuse.
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Problem(statusCode, 'Bad request', message);
  }
  logger.error(
    `unexpected${code ? ` ${code}` : ''}: ${error instanceof Error ? error.stack : String(error)}`,
  );
  return new Problem(500, 'Internal error', 'something went wrong in the service; its log tells more');
}
