/**
 * The cost of monitoring for `churn serve`: single-row requests per second with all monitoring on and off, alternately; then the memory of
 * both over many requests. `/metrics` is requested each second, more often than by Prometheus. After the build: `node
 * bench/dist/serve-monitored.js [rounds] [requests of the soak]`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFile } from './data.js';
import {
  CONNECTIONS,
  connection,
  customers,
  load,
  portOf,
  processorSeconds,
  residentMegabytes,
} from './http-load.js';
import { median } from './measure.js';
import { CHURN, trainedForest } from './trained-forest.js';

const SECONDS = 4;
const [rounds = 9, requests = 200_000] = process.argv.slice(2).map(Number);

type Figures = Awaited<ReturnType<typeof load>> & { readonly processor: number };

interface Service {
  readonly name: string;
  readonly child: ChildProcess;
  readonly port: number;
}

const folder = mkdtempSync(join(tmpdir(), 'churn-bench-'));
const model = trainedForest(folder, dataFile);
const log = join(folder, 'log');
const services = [
  await start('without', 'live: false'),
  await start(
    'with all of it',
    `log: { folder: ${JSON.stringify(log)}, hashed: [Gender], saltEnv: SALT, rotate: { rows: 20000 } }`,
  ),
];
const scraping = setInterval(() => {
  for (const { port } of services) fetch(`http://127.0.0.1:${port}/metrics`).catch(() => undefined);
}, 1000);
try {
  const bodies = customers();
  for (const { port } of services) await load(port, bodies, { seconds: 3 });
  const figures = services.map(() => [] as Figures[]);
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? [0, 1] : [1, 0];
    for (const i of order) {
      const { child, port } = services[i];
      const before = processorSeconds(child);
      const measured = await load(port, bodies, { seconds: SECONDS });
      const processor = (1e6 * (processorSeconds(child) - before)) / measured.requests;
      figures[i].push({ ...measured, processor });
    }
  }
  services.forEach(({ name }, i) => {
    const of = (figure: 'perSecond' | 'p50' | 'p99' | 'processor') =>
      median(figures[i].map((each) => each[figure]));
    const times = `p50 ${of('p50').toFixed(2)} ms, p99 ${of('p99').toFixed(2)} ms`;
    const processor = `${of('processor').toFixed(0)} microseconds of the processor a request`;
    print(`${name}: ${Math.round(of('perSecond'))} requests/s, ${times}, ${processor}`);
  });
  for (const figure of ['perSecond', 'processor'] as const) {
    const ratios = figures[0].map((each, round) => figures[1][round][figure] / each[figure]);
    print(
      `ratio of ${figure}: ${median(ratios).toFixed(3)} (${ratios.map((each) => each.toFixed(2)).join(' ')})`,
    );
  }
  for (const service of services) await soak(service, bodies);
  print(`files of the log: ${readdirSync(log).length}`);
} finally {
  clearInterval(scraping);
  for (const { child } of services) child.kill('SIGTERM');
  rmSync(folder, { recursive: true });
}

async function start(name: string, monitoring: string): Promise<Service> {
  const config = join(folder, `${name.replaceAll(' ', '-')}.yaml`);
  writeFileSync(config, `data: { file: x.csv, target: y }\nmonitoring:\n  ${monitoring}\n`);
  const args = [CHURN, 'serve', '--model', model, '--config', config, '--port', '0'];
  const child = spawn(process.execPath, args, { env: { ...process.env, SALT: 'salt' } });
  return { name, child, port: await portOf(child) };
}

async function soak({ name, child, port }: Service, bodies: readonly string[]): Promise<void> {
  const memory: number[] = [];
  let sent = 0;
  const client = async () => {
    const ask = connection(port);
    while (sent < requests) {
      const index = sent++;
      if (index % Math.ceil(requests / 20) === 0) memory.push(residentMegabytes(child));
      const { status } = await ask(bodies[index % bodies.length]);
      if (status !== 200) throw new Error(`expected 200, got ${status}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  memory.push(residentMegabytes(child));
  print(`${name}, ${requests} requests: resident MB ${memory.join(' ')}`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
