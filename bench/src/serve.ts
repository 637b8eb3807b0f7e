/**
 * The single-row requests per second that `churn serve` answers with a forest of 500 trees, and their latency at half that load; then a
 * soak test of valid and invalid requests, in which every response is checked and memory is monitored. After the build: `node
 * bench/dist/serve.js [requests of the soak] [runs of each load]`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFile } from './data.js';
import { CONNECTIONS, connection, customers, load, portOf, residentMegabytes } from './http-load.js';
import { median } from './measure.js';
import { CHURN, trainedForest } from './trained-forest.js';

const SECONDS = 8;
const [soakRequests = 20_000, runs = 1] = process.argv.slice(2).map(Number);

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

/** Prints the medians of several loads. @returns the answered requests per second. */
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
    `soak: ${n} requests, a third of them invalid; ${wrong} answered wrongly; resident MB: ${memory.join(' ')}`,
  );
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
