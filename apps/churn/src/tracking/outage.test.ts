import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createLogger, type Logger } from '../terminal/logger';
import { writeSmallRun } from '../testing/run-record';
import { mlflowClient } from './mlflow-client';
import { syncRuns, trackRun } from './track-runs';

/** What becomes of a run when MLflow does not answer as it should. */
const ID = '2026-11-27T15-56-05Z';

let folder: string;
let server: Server | undefined;
let logger: Logger;
const warnings: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-outage-'));
  writeSmallRun(folder, ID);
  warnings.length = 0;
  logger = createLogger();
  for (const transport of logger.transports) transport.silent = true;
  logger.on('data', ({ level, message }) => {
    if (level === 'warn') warnings.push(message);
  });
});

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((closed) => (server ? server.close(closed) : closed(undefined)));
  server = undefined;
  rmSync(folder, { recursive: true });
});

async function listen(answer: RequestListener): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An address that nobody listens on. */
async function nowhere(): Promise<string> {
  const address = await listen(() => undefined);
  await new Promise((closed) => server?.close(closed));
  server = undefined;
  return address;
}

const config = (mlflow?: string) =>
  ({
    tracking: mlflow === undefined ? undefined : { mlflow },
    output: { folder },
    registry: {},
    predicts: 'churn',
  }) as never;

const answering = (status: number, body: string, headers = {}) =>
  listen((_, response) => response.writeHead(status, headers).end(body));

it.each([
  ['cannot be reached', nowhere, /MLflow cannot be reached \(ECONNREFUSED\)$/],
  ['fails', () => answering(500, 'Internal\n error'), /MLflow rejects the request \(500\): Internal error$/],
  [
    'is not running',
    () => answering(200, '<!doctype html>'),
    /expected MLflow's response to .*, got "<!doctype html>"$/,
  ],
  ['is not MLflow', () => answering(200, '{}'), /expected MLflow's response to .*, got "\{\}"$/],
  [
    'requires authentication',
    () => answering(401, ''),
    /MLflow rejects the login \(401\); set MLFLOW_TRACKING_TOKEN, or/,
  ],
  [
    'has moved',
    () => answering(308, '', { location: 'https://a.b/' }),
    /redirects to https:\/\/a\.b\/; set tracking\.mlflow/,
  ],
  [
    'refuses',
    () => answering(400, '{"error_code": "INVALID_PARAMETER_VALUE", "message": "no such"}'),
    /MLflow rejects the request \(400\): no such$/,
  ],
])('keeps a run, with one warning, if the server %s', async (_, start, message) => {
  const address = await start();
  await trackRun(config(address), ID, logger);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(
    /^run 2026-11-27T15-56-05Z is complete here, but not in MLflow; send it by churn runs sync/,
  );
  expect(warnings[0]).toContain(address);
  expect(warnings[0]).toMatch(message);
  expect(readdirSync(join(folder, 'runs', ID))).toEqual(['run.json']);
  await expect(syncRuns(config(address))).rejects.toThrow(message);
});

it('does not wait forever for a server that does not answer, or not completely', async () => {
  const silent = await listen((_, response) => {
    response.write('{');
  });
  const client = mlflowClient(silent, { timeoutMs: 50 });
  await expect(client.post('runs/create', {})).rejects.toThrow(/MLflow did not answer within 0\.05 s$/);
  await expect(client.upload('a', new Uint8Array())).rejects.toThrow(/MLflow did not answer within 0\.6 s$/);
});

it('retries after a broken connection, and changes nothing twice', async () => {
  const methods: string[] = [];
  const address = await listen((request, response) => {
    methods.push(request.method as string);
    if (methods.filter((method) => method === request.method).length === 1) request.socket.destroy();
    else response.end('{}');
  });
  const client = mlflowClient(address);
  await expect(client.get('runs/get', {}, z.object({}))).resolves.toEqual({});
  await expect(client.post('runs/create', {})).rejects.toThrow('MLflow cannot be reached (UND_ERR_SOCKET)');
  expect(methods).toEqual(['GET', 'GET', 'POST']);
});

it('waits MLFLOW_HTTP_REQUEST_TIMEOUT seconds, and rejects other text', async () => {
  const silent = await listen(() => undefined);
  const client = (seconds: string) => mlflowClient(silent, { env: { MLFLOW_HTTP_REQUEST_TIMEOUT: seconds } });
  await expect(client('1').post('runs/create', {})).rejects.toThrow(/MLflow did not answer within 1 s$/);
  for (const wrong of ['0', '-1', '1.5', 'long', '100000']) {
    expect(() => client(wrong)).toThrow(
      `MLFLOW_HTTP_REQUEST_TIMEOUT: expected an integer of seconds from 1 to 99999, got "${wrong}"`,
    );
  }
});

it('reports and requests nothing without a server', async () => {
  await trackRun(config(), ID, logger);
  expect(warnings).toEqual([]);
  expect(existsSync(join(folder, 'runs', ID, 'mlflow.json'))).toBe(false);
  await expect(syncRuns(config())).rejects.toThrow(/^tracking\.mlflow: expected the address of a server/);
});

it.each([
  [{ MLFLOW_TRACKING_TOKEN: 't' }, 'Bearer t'],
  [
    { MLFLOW_TRACKING_USERNAME: 'me', MLFLOW_TRACKING_PASSWORD: 'p', MLFLOW_TRACKING_TOKEN: 't' },
    'Basic bWU6cA==',
  ],
  [{ MLFLOW_TRACKING_USERNAME: 'me' }, undefined],
])('authenticates with %j like MLflow', async (env, expected) => {
  const received: unknown[] = [];
  const address = await listen((request, response) => {
    received.push(request.headers.authorization);
    response.end('{}');
  });
  await mlflowClient(address, { env }).post('runs/create', {});
  expect(received).toEqual([expected]);
});

it('opens a connection for each request, since servers close idle ones', async () => {
  const sockets = new Set<unknown>();
  const address = await listen((request, response) => {
    sockets.add(request.socket);
    response.end('{}');
  });
  const client = mlflowClient(address);
  for (let i = 0; i < 3; i++) await client.post('runs/create', {});
  expect(sockets.size).toBe(3);
});
