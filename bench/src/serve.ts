/**
 * How many single-row requests a second `churn serve` answers with a forest of 500 trees, and how long they take at
 * half that load; then a soak of mixed good and bad requests, in which every answer is checked and memory is watched.
 * After the build: `node bench/dist/serve.js [requests of the soak] [runs of each load]`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { dataFile } from './data.js';
import { median } from './measure.js';
import { CHURN, trainedForest } from './trained-forest.js';

const CONNECTIONS = 16;
const SECONDS = 8;
const [soakRequests = 20_000, runs = 1] = process.argv.slice(2).map(Number);

interface Answer {
  readonly status: number;
  readonly body: string;
}

const folder = mkdtempSync(join(tmpdir(), 'churn-bench-'));
const server = spawn('node', [CHURN, 'serve', '--model', trainedForest(folder, dataFile), '--port', '0']);
try {
  const port = await portOf(server);
  const bodies = customers();
  await load(port, bodies, { seconds: 2 });
  const full = await loads('full load', port, bodies);
  await loads('half load', port, bodies, full / 2);
  await soak(port, bodies, soakRequests);
} finally {
  server.kill('SIGTERM');
  rmSync(folder, { recursive: true });
}

/** Prints the medians of several loads. @returns the requests a second that were answered. */
async function loads(
  name: string,
  port: number,
  bodies: readonly string[],
  perSecond?: number,
): Promise<number> {
  const figures: Awaited<ReturnType<typeof load>>[] = [];
  for (let run = 0; run < runs; run++)
    figures.push(await load(port, bodies, { seconds: SECONDS, perSecond }));
  const of = (figure: 'perSecond' | 'p50' | 'p99') => median(figures.map((each) => each[figure]));
  print(`${name}: ${Math.round(of('perSecond'))} requests/s, p50 ${ms(of('p50'))}, p99 ${ms(of('p99'))}`);
  return of('perSecond');
}

/** Keeps all connections busy, or sends at a steady pace, and times each answer from when its request was due. */
async function load(
  port: number,
  bodies: readonly string[],
  { seconds, perSecond }: { seconds: number; perSecond?: number },
) {
  const times: number[] = [];
  const start = performance.now();
  let sent = 0;
  const client = async () => {
    const ask = connection(port);
    while (performance.now() - start < 1000 * seconds) {
      const index = sent++;
      const due = perSecond ? start + (1000 * index) / perSecond : performance.now();
      const wait = due - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const { status } = await ask(bodies[index % bodies.length]);
      if (status !== 200) throw new Error(`expected 200, got ${status}`);
      times.push(performance.now() - due);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  const elapsed = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  const quantile = (q: number) => times[Math.floor(q * (times.length - 1))];
  return { perSecond: times.length / elapsed, p50: quantile(0.5), p99: quantile(0.99) };
}

async function soak(port: number, bodies: readonly string[], n: number): Promise<void> {
  const first = connection(port);
  const expected: string[] = [];
  for (const body of bodies) expected.push((await first(body)).body);
  const bad = [
    '{"usage":',
    '{"no_such_column":1}',
    '{"Customer_Age":"old"}',
    '[]',
    '{"Customer_Age":1e999}',
    '7',
  ];
  const memory: number[] = [];
  let sent = 0;
  let wrong = 0;
  const client = async () => {
    const ask = connection(port);
    while (sent < n) {
      const index = sent++;
      if (index % Math.ceil(n / 10) === 0) memory.push(residentMegabytes(server));
      const isBad = index % 3 === 2;
      const { status, body } = await ask(isBad ? bad[index % bad.length] : bodies[index % bodies.length]);
      const isRight = isBad
        ? status >= 400 && status < 500
        : status === 200 && body === expected[index % bodies.length];
      if (!isRight) wrong++;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  print(
    `soak: ${n} requests, a third of them bad; ${wrong} answered wrongly; resident MB: ${memory.join(' ')}`,
  );
}

/** A keep-alive connection for one request at a time, with little work of its own: it shares the cores with the server. */
function connection(port: number): (body: string) => Promise<Answer> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay();
  let text = '';
  let settle: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;
  socket.setEncoding('utf8');
  socket.unref();
  socket.on('error', (error) => settle?.reject(error));
  socket.on('close', () => settle?.reject(new Error('the connection was closed')));
  socket.on('data', (chunk) => {
    text += chunk;
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
    if (Buffer.byteLength(text) < end + 4 + length) return;
    const answer = { status: Number(text.slice(9, 12)), body: text.slice(end + 4) };
    text = '';
    const { resolve } = settle ?? {};
    settle = undefined;
    resolve?.(answer);
  });
  return (body) =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject };
      const length = Buffer.byteLength(body);
      socket.write(
        `POST /v1/predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`,
      );
    });
}

/** Customers of the data file as JSON bodies. */
function customers(): string[] {
  const [header, ...lines] = readFileSync(dataFile, 'utf8').trim().split('\n');
  const names = header.split(',');
  const left = new Set(['', 'CLIENTNUM', 'Attrition_Flag']);
  return lines.slice(0, 500).map((line) => {
    const pairs = line.split(',').map((text, j): [string, string | number] => {
      const value = Number(text);
      return [names[j], Number.isNaN(value) ? text : value];
    });
    return JSON.stringify(Object.fromEntries(pairs.filter(([name]) => !left.has(name))));
  });
}

async function portOf(child: ChildProcess): Promise<number> {
  for await (const line of createInterface({ input: child.stderr as NodeJS.ReadableStream })) {
    const port = /:(\d+)$/.exec(line)?.[1];
    if (port) return Number(port);
  }
  throw new Error('the server did not start');
}

/** The memory of a process, where the system tells it. */
function residentMegabytes({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
