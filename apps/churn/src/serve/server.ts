import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { ChurnError } from '@churn/core';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { RulesMode } from '../scoring/rules-mode.js';
import type { Logger } from '../terminal/logger.js';
import type { Observer } from './answered.js';
import { keyCheck, requireKey } from './api-key.js';
import type { ServedCounterfactuals } from './counterfactuals.js';
import { isInference } from './inference/routes.js';
import type { RotatedLog } from './log/rotated-log.js';
import { createMetrics } from './metrics.js';
import { inferenceError, invalidRows, PROBLEM_TYPE, Problem, problemBody } from './problem.js';
import type { RequestBody } from './read-rows.js';
import { addModelRoutes, addOpenRoutes } from './routes.js';
import { SECURITY_HEADERS } from './security-headers.js';
import type { ServedModel } from './served-model.js';
import type { Shadow } from './shadow.js';
import { stopAccepting } from './stop-accepting.js';

export interface ServerOptions {
  /** The current model. */
  readonly model: () => ServedModel;
  readonly logger: Logger;
  /** The name of the model in the Open Inference Protocol; by default what it predicts. */
  readonly modelName?: string | undefined;
  /** The API key that model routes require in the header `x-api-key` or as a bearer token, if any. */
  readonly apiKey?: string;
  /** Whether rows that violate declared rules are scored with a warning, or rejected. Default `warn`. */
  readonly rules?: RulesMode;
  /** The maximum number of rows of a request. Default 10,000. */
  readonly maxRows?: number;
  /** The maximum number of bytes of a body. Default 10 MiB. */
  readonly bodyLimit?: number;
  /** The observers of answered requests for predictions. Default none. */
  readonly observers?: readonly Observer[];
  /** The challenger in shadow mode; by default none, and no route for it. */
  readonly shadow?: Pick<Shadow, 'summary' | 'registry'>;
  /** The log of outcomes; without it, outcomes are not accepted. */
  readonly outcomes?: RotatedLog;
  /** Finds counterfactuals; by default none, and no route for them. */
  readonly counterfactuals?: ServedCounterfactuals;
  /** Further metrics for requests that may see the model. */
  readonly figures?: Registry;
}

/** The time limit of requests in progress when the service closes. */
const ABANDON_MS = 5000;

/** A service that can close gracefully. */
export type ScoringServer = FastifyInstance & {
  /**
   * Stops without losing a request: for `ms` milliseconds it still answers, closing each connection and reporting that it is not ready;
   * then it closes.
   */
  drain(ms: number): Promise<void>;
};

/** The scoring service, not yet listening. */
export function createServer({
  model,
  logger,
  modelName,
  apiKey,
  rules = 'warn',
  maxRows = 10_000,
  bodyLimit = 10 * 2 ** 20,
  observers = [],
  shadow,
  outcomes,
  counterfactuals,
  figures,
}: ServerOptions): ScoringServer {
  const app = Fastify({
    bodyLimit,
    genReqId: () => randomUUID(),
    // Slow clients cannot hold a connection for ever.
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    http: { connectionsCheckingInterval: 5000 },
    forceCloseConnections: 'idle',
    // Requests accepted while closing are answered normally.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      reply.headers(SECURITY_HEADERS);
      sendProblem(request, reply, problemOf(error, logger));
    },
    clientErrorHandler: refuseConnection,
  });
  const metrics = createMetrics();
  let isDraining = false;
  let held: (() => void)[] | undefined;

  app.removeAllContentTypeParsers();
  // Parsed by the routes, since Fastify closes the connection after a parser error.
  for (const [type, isCsv] of [
    ['application/json', false],
    ['text/csv', true],
  ] as const) {
    app.addContentTypeParser<Buffer>(type, { parseAs: 'buffer' }, (_, bytes, done) => {
      done(null, { isCsv, bytes } satisfies RequestBody);
    });
  }

  // With callbacks, since a promise per hook and request would be noticeable.
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    const refused = refusal(request);
    if (held && !refused) held.push(done);
    else done(refused);
  });
  app.addHook('onSend', (_, reply, _payload, done) => {
    // Otherwise clients would reuse a connection that is about to close.
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
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, problemOf(error, logger)));
  app.setNotFoundHandler((request, reply) => {
    sendProblem(
      request,
      reply,
      new Problem(404, 'Not found', `there is no ${request.method} ${request.url.split('?')[0]}`),
    );
  });
  // Unknown expectations may be ignored (RFC 9110).
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));

  // The key is checked by the scope of the routes, independent of the spelling of paths.
  const hasKey = apiKey === undefined ? undefined : keyCheck(apiKey);
  app.register((scope, _, done) => {
    if (hasKey) scope.addHook('onRequest', requireKey(hasKey));
    addModelRoutes(scope, {
      model,
      modelName,
      metrics,
      rules,
      maxRows,
      hasKey: apiKey !== undefined,
      observers,
      shadow,
      outcomes,
      counterfactuals,
    });
    done();
  });
  app.register((scope, _, done) => {
    const mayKnowModel = ({ raw }: FastifyRequest) => hasKey === undefined || hasKey(raw);
    const ofModel = [metrics.ofModel, ...(shadow ? [shadow.registry] : []), ...(figures ? [figures] : [])];
    addOpenRoutes(scope, { metrics, ofModel, mayKnowModel, isDraining: () => isDraining });
    done();
  });

  return Object.assign(app, {
    async drain(ms: number) {
      isDraining = true;
      await setTimeout(ms);
      // Clients that wait for an answer send nothing else, so there is a moment without new connections in which the socket can be closed.
      held = [];
      await stopAccepting(app.server);
      for (const answer of held) answer();
      held = undefined;
      // Does not wait for a body that never ends.
      const abandon = globalThis.setTimeout(() => app.server.closeAllConnections(), ABANDON_MS);
      await app.close();
      clearTimeout(abandon);
    },
  });
}

/** The reason for refusing a request without reading it, if any. */
function refusal({ headers }: FastifyRequest): Problem | undefined {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    const detail = `expected an uncompressed body, got ${encoding}`;
    return new Problem(415, 'Unsupported content encoding', detail);
  }
  const charset = /charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset)) {
    return new Problem(415, 'Unsupported charset', `expected a body in UTF-8, got ${charset}`);
  }
  return undefined;
}

function sendProblem({ raw }: FastifyRequest, reply: FastifyReply, problem: Problem): void {
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  if (isInference(raw)) {
    reply.code(problem.status).type('application/json; charset=utf-8').send(inferenceError(problem));
    return;
  }
  reply.code(problem.status).type(PROBLEM_TYPE).send(problemBody(problem));
}

function problemOf(error: unknown, logger: Logger): Problem {
  if (error instanceof Problem) return error;
  if (ChurnError.is(error) && error.faults?.length) return invalidRows(error.faults);
  const { statusCode, message, code } = error as { statusCode?: number; message: string; code?: string };
  if (statusCode === 413) return new Problem(413, 'Too large', 'the body is larger than the service accepts');
  if (statusCode === 415) {
    return new Problem(415, 'Unsupported content type', 'expected application/json or text/csv');
  }
  // Errors of Fastify.
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Problem(statusCode, 'Bad request', message);
  }
  logger.error(
    `unexpected${code ? ` ${code}` : ''}: ${error instanceof Error ? error.stack : String(error)}`,
  );
  return new Problem(500, 'Internal error', 'an internal error occurred; see the log of the service');
}

/** Answers invalid or incomplete HTTP, and closes the connection. */
function refuseConnection({ code }: Error & { readonly code: string }, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }[code] ?? 400;
  const title = STATUS_CODES[status] as string;
  const body = problemBody(new Problem(status, title, 'expected a complete HTTP request'));
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': PROBLEM_TYPE,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${lines.join('')}\r\n${body}`);
}
