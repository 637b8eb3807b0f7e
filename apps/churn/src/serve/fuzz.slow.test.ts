import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  type Classifier,
  type FittedClassifier,
  type FittedPipeline,
  Pipeline,
  Random,
  Table,
} from '@churn/core';
import { saveModel } from '@churn/io';
import { GradientBoostingClassifier, LogisticRegression, SVC } from '@churn/models';
import {
  CategoryEncoder,
  MeanImputer,
  ModeImputer,
  PolynomialFeatures,
  StandardScaler,
} from '@churn/transforms';
import { createLogger } from '../terminal/logger.js';
import { extremeRows, hostileBody, hostileInference, hostileMessage } from './hostile-requests.js';
import { loadServedModel } from './served-model.js';
import { createServer, type ScoringServer } from './server.js';

/** How many hostile requests each model gets; more where the environment says so. */
const REQUESTS = Number(process.env.FUZZ ?? 700);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const CONNECTIONS = 16;
/** How long an answer may take, on a machine that does other work as well. */
const HANG_MS = 20_000;
const REFUSED = [400, 404, 408, 413, 414, 415, 422, 431];
const GOOD = '{"a":1,"b":2,"plan":"A"}';

const a = Float64Array.from({ length: 120 }, (_, i) => ((i * 37) % 23) - 11);
const b = Float64Array.from({ length: 120 }, (_, i) => ((i * 17) % 19) - 9);
const x = Table.fromColumns({ a, b, plan: Array.from(a, (_, i) => 'ABC'[i % 3]) });
const y = Array.from(a, (value, i) => (value * b[i] > 10 ? 1 : 0));
const steps = [new MeanImputer(), new ModeImputer(), new CategoryEncoder({ folds: 2 })];
const squares = [...steps, new PolynomialFeatures({ degree: 2 }), new StandardScaler()];

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function heapMegabytes(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** The first answer in what a socket has brought, once it is whole; interim ones are ignored. */
function firstAnswer(text: string, hasBody: boolean): Answer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const status = Number(text.slice(9, 12));
  if (status < 200) return firstAnswer(text.slice(end + 4), hasBody);
  const length = hasBody ? Number(/^content-length: (\d+)/im.exec(text.slice(0, end))?.[1] ?? 0) : 0;
  const body = text.slice(end + 4);
  return body.length < length ? undefined : { status, body: body.slice(0, length) };
}

/** Waits for an answer; `undefined` if the socket is closed before it. */
function answered(socket: Socket, sent: Buffer, hasBody: boolean): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    let text = '';
    const hang = setTimeout(() => reject(new Error(`no answer to ${sent.toString('latin1')}`)), HANG_MS);
    const settle = (answer: Answer | undefined) => {
      clearTimeout(hang);
      socket.removeAllListeners();
      socket.on('error', () => {});
      resolve(answer);
    };
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const answer = firstAnswer(text, hasBody);
      if (answer) settle(answer);
    });
    socket.on('error', () => settle(undefined));
    socket.on('close', () => settle(undefined));
    socket.write(sent);
  });
}

/** A client of one connection that is kept for well-formed requests. */
class Client {
  #socket: Socket;
  constructor(readonly port: number) {
    this.#socket = connect(port, '127.0.0.1');
  }

  async post(path: string, type: string, body: string | Buffer, more = ''): Promise<Answer> {
    const head = `POST ${path} HTTP/1.1\r\nhost: x\r\n${more}content-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
    const answer = await answered(this.#socket, Buffer.concat([Buffer.from(head), Buffer.from(body)]), true);
    if (!answer) throw new Error(`the connection was closed without an answer to ${body}`);
    return answer;
  }

  /** Over a connection of its own, which may be left half-way. */
  async message(bytes: Buffer): Promise<Answer | undefined> {
    const socket = connect(this.port, '127.0.0.1');
    // Whoever announced more than they sent waits for nothing.
    const impatient = setTimeout(() => socket.end(), 100);
    const answer = await answered(socket, bytes, !bytes.toString('latin1').startsWith('HEAD'));
    clearTimeout(impatient);
    socket.destroy();
    return answer;
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** Refuses what is no answer of this service, or holds a number that is none. */
function check({ status, body }: Answer, sent: string | Buffer): void {
  const told = `${status} ${body.slice(0, 500)} to ${String(sent).slice(0, 500)}`;
  if (status !== 200 && !REFUSED.includes(status)) throw new Error(`expected 200 or 4xx, got ${told}`);
  if (/\n\s+at |node_modules/.test(body)) throw new Error(`a stack trace: ${told}`);
  if (status === 200 && body.startsWith('{"model_name"')) checkOutputs(body, told);
  if (status !== 200 || !body.startsWith('{"model"')) return;
  const { predictions = [], explanations = [] } = JSON.parse(body);
  for (const { probability, prediction, baseline = 0, reasons = [] } of [...predictions, ...explanations]) {
    const isRight =
      typeof probability === 'number' &&
      probability >= 0 &&
      probability <= 1 &&
      ['0', '1'].includes(prediction) &&
      [baseline, ...reasons.map(({ contribution }: { contribution: unknown }) => contribution)].every(
        Number.isFinite,
      );
    if (!isRight) throw new Error(`a number that is none: ${told}`);
  }
}

function checkOutputs(body: string, told: string): void {
  const { outputs } = JSON.parse(body) as { outputs: { name: string; data: unknown[] }[] };
  const probabilities = outputs.find(({ name }) => name === 'probability')?.data ?? [];
  const areRight = probabilities.every((p) => typeof p === 'number' && p >= 0 && p <= 1);
  if (!areRight) throw new Error(`a number that is none: ${told}`);
}

describe.each<[string, Classifier<FittedPipeline<FittedClassifier>>]>([
  ['a logistic regression of degree 2', new Pipeline(squares, new LogisticRegression())],
  ['a support vector machine', new Pipeline([...steps, new StandardScaler()], new SVC() as Classifier)],
  [
    'boosted trees',
    new Pipeline(steps, new GradientBoostingClassifier({ nEstimators: 10, minSamplesLeaf: 5 })),
  ],
])('hostile requests to %s', (name, pipeline) => {
  let folder: string;
  let app: ScoringServer;
  const clients: Client[] = [];
  const good = Array.from(
    { length: 30 },
    (_, i) => `{"a":${(i % 9) - 4},"b":${(i % 7) - 3},"plan":"${'ABD'[i % 3]}"}`,
  );

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'churn-fuzz-'));
    await saveModel(join(folder, 'm.json'), pipeline.fit(x, y), {});
    const served = await loadServedModel(join(folder, 'm.json'));
    const logger = createLogger();
    logger.silent = true;
    app = createServer({ model: () => served, logger, maxRows: 50, bodyLimit: 20_000 });
    const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    for (let i = 0; i < CONNECTIONS; i++) clients.push(new Client(Number(port)));
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await app.close();
    rmSync(folder, { recursive: true });
  });

  it('are rejected or answered correctly, like each valid one between them', async () => {
    const json = 'application/json';
    const expected: string[] = [];
    for (const row of good) expected.push((await clients[0].post('/v1/predict', json, row)).body);
    const seen = new Map<number | string, number>();
    const count = (outcome: number | string) => seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    let sent = 0;
    let inferred = 0;
    let goodSent = 0;

    const hostile = async (client: Client, random: Random): Promise<void> => {
      const path = random.uniform() < 0.2 ? '/v1/explain' : '/v1/predict';
      const kind = random.uniform();
      if (kind < 0.15) {
        const message = hostileMessage(random, GOOD);
        const answer = await client.message(message);
        if (answer) check(answer, message);
        count(answer?.status ?? 'closed');
        return;
      }
      if (kind < 0.3) {
        const { json: text, bytes } = hostileInference(random);
        const length = Buffer.byteLength(text) + (random.uniform() < 0.05 ? random.int(99) - 49 : 0);
        const sent = Buffer.concat([
          random.uniform() < 0.9 ? Buffer.from(text) : hostileBody(random, text),
          bytes,
        ]);
        const type = bytes.length > 0 ? 'application/octet-stream' : json;
        const more = bytes.length > 0 ? `inference-header-content-length: ${length}\r\n` : '';
        const answer = await client.post('/v2/models/churn/infer', type, sent, more);
        check(answer, sent);
        count(answer.status);
        if (answer.status === 200) inferred++;
        return;
      }
      const { type, body } =
        kind < 0.55
          ? extremeRows(random)
          : kind < 0.75
            ? { type: json, body: hostileBody(random, GOOD) }
            : { type: 'text/csv', body: hostileBody(random, 'a,b,plan\n1,2,A\n1,3,B\n') };
      const answer = await client.post(path, type, body);
      check(answer, body);
      count(answer.status);
    };
    const work = async (client: Client, random: Random, until: number): Promise<void> => {
      while (sent < until) {
        sent++;
        await hostile(client, random);
        if (sent % 3 > 0) continue;
        const i = goodSent++ % good.length;
        const { body } = await client.post('/v1/predict', json, good[i]);
        if (body !== expected[i]) throw new Error(`expected ${expected[i]}, got ${body}`);
      }
    };
    const streams = clients.map((_, i) => new Random(SEED).stream(`${name} ${i}`));
    const until = (count: number) => Promise.all(clients.map((client, i) => work(client, streams[i], count)));

    await until(Math.ceil(REQUESTS / 5));
    const before = heapMegabytes();
    await until(REQUESTS);
    const grown = heapMegabytes() - before;
    const outcomes = JSON.stringify(Object.fromEntries(seen));
    process.stderr.write(
      `${name}: ${REQUESTS} hostile requests ${outcomes}, ${goodSent} good ones, heap +${grown.toFixed(1)} MB\n`,
    );
    expect([...seen.values()].reduce((sum, each) => sum + each, 0)).toBe(REQUESTS);
    for (const status of [200, 400, 404, 422]) expect(seen.get(status)).toBeGreaterThan(0);
    expect(goodSent).toBeGreaterThan(REQUESTS / 4);
    expect(inferred).toBeGreaterThan(0);
    expect(grown).toBeLessThan(16);
  }, 3_600_000);
});
