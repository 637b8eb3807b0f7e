import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { modelFile } from '../runs/output-files';
import { runPath } from '../runs/run-folder';
import { BIN } from '../testing/bin';
import { type ServiceProcess, startService } from '../testing/service-process';
import { writeTestRun } from '../testing/written-run';

/** A service that follows an alias, with a challenger in shadow mode: processes of their own. */
const RUNS = ['2026-11-28T10-00-00Z', '2026-11-28T11-00-00Z', '2026-11-28T12-00-00Z'];
const CONFIG = 'data: { file: data.csv, target: left, positive: yes }\noutput: { folder: . }\n';

let folder: string;
let service: ServiceProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-alias-'));
  writeFileSync(join(folder, 'churn.yaml'), CONFIG);
  for (const [i, id] of RUNS.entries()) {
    await writeTestRun(folder, id, {
      models: { ridge: [0.2, 0.8] },
      labels: ['no', 'yes'],
      seed: i,
      C: 10 ** -i,
    });
  }
  for (const alias of ['champion', 'challenger']) churn('promote', RUNS[0], '--as', alias);
  service = await startService(['--model', 'champion', '--shadow', 'challenger', '--config', 'churn.yaml'], {
    cwd: folder,
  });
});

afterAll(async () => {
  await service.end('SIGKILL');
  rmSync(folder, { recursive: true });
});

function churn(...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [BIN, ...args, '--config', 'churn.yaml'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let i = 0; i < 4000; i++) {
    const found = await look();
    if (found !== undefined) return found;
    await setTimeout(25);
  }
  throw new Error(`${what} never came, but: ${service.log}`);
}

const hashOf = (run: number): string =>
  JSON.parse(readFileSync(modelFile(runPath(folder, RUNS[run]), 'ridge'), 'utf8')).hash;

/** @returns the model that answered. */
async function predict(): Promise<string> {
  const response = await fetch(`${service.address}/v1/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"plan":"A","usage":50,"age":40}',
  });
  if (response.status !== 200) throw new Error(`status ${response.status}`);
  return ((await response.json()) as { model: string }).model;
}

/** Sends rows over four connections until it is stopped. @returns the models that answered; an answer that does not come is an error. */
function load(): () => Promise<string[]> {
  const models: string[] = [];
  let isOn = true;
  const client = async () => {
    while (isOn) models.push(await predict());
  };
  const clients = Promise.all(Array.from({ length: 4 }, client));
  return async () => {
    isOn = false;
    await clients;
    return models;
  };
}

const shadow = async () =>
  (await (await fetch(`${service.address}/v1/shadow`)).json()) as Record<string, unknown>;

it('serves the new target of the alias without losing a request, and likewise its challenger', async () => {
  const stop = load();
  expect(await predict()).toBe(hashOf(0));
  expect(
    await until('rows in shadow mode', async () => ((await shadow()).rows ? shadow() : undefined)),
  ).toMatchObject({
    model: hashOf(0),
    challenger: hashOf(0),
    meanDifference: 0,
    otherDecisions: 0,
    failed: 0,
  });
  churn('promote', RUNS[1], '--as', 'champion');
  await until('the new model', async () => ((await predict()) === hashOf(1) ? true : undefined));
  churn('promote', RUNS[2], '--as', 'challenger');
  const told = await until('the new challenger', async () => {
    const summary = await shadow();
    return summary.challenger === hashOf(2) && summary.rows ? summary : undefined;
  });
  expect(told).toMatchObject({ model: hashOf(1), failed: 0 });
  expect(told.meanDifference).toBeGreaterThan(0.001);
  churn('rollback', 'champion');
  await until('the model before', async () => ((await predict()) === hashOf(0) ? true : undefined));
  const models = await stop();
  expect([...new Set(models)]).toEqual([hashOf(0), hashOf(1)]);
  expect(models.at(-1)).toBe(hashOf(0));
  expect(service.log).toMatch(/serving a new model as champion: /);
  expect(service.log).toMatch(/a new model in shadow mode as challenger: /);
});

it('keeps its model if the next cannot be loaded, and reports it once', async () => {
  const served = await predict();
  const aliasFolder = join(folder, 'registry/aliases/champion');
  const last = readdirSync(aliasFolder).sort().at(-1) as string;
  const entry = JSON.parse(readFileSync(join(aliasFolder, last), 'utf8'));
  const sha256 = '0'.repeat(64);
  mkdirSync(join(folder, 'registry/models'), { recursive: true });
  writeFileSync(join(folder, `registry/models/${sha256}.model.json`), '{"half');
  writeFileSync(join(aliasFolder, '000009.json'), JSON.stringify({ ...entry, sha256 }));
  await service.logged(/error: champion: .*the previous model stays/);
  service.signal('SIGHUP');
  await setTimeout(1500);
  expect(await predict()).toBe(served);
  expect(service.log.match(/the previous model stays/g)).toHaveLength(1);
  writeFileSync(join(aliasFolder, '000010.json'), JSON.stringify({ ...entry, sha256: shaOf(2) }));
  writeFileSync(
    join(folder, `registry/models/${shaOf(2)}.model.json`),
    readFileSync(modelFile(runPath(folder, RUNS[2]), 'ridge')),
  );
  service.signal('SIGHUP');
  await until('the next model', async () => ((await predict()) === hashOf(2) ? true : undefined));
});

const shaOf = (run: number): string =>
  JSON.parse(readFileSync(join(runPath(folder, RUNS[run]), 'run.json'), 'utf8')).models.ridge.sha256;

it('rejects a missing challenger, and exits with 0 when terminated', async () => {
  const args = [
    'serve',
    '--model',
    'champion',
    '--shadow',
    'nobody',
    '--port',
    '0',
    '--config',
    'churn.yaml',
  ];
  const { status, stderr } = spawnSync(process.execPath, [BIN, ...args], { cwd: folder, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^error: nobody: expected a model file or an alias, got neither; .* challenger, champion\n$/,
  );
  expect(await service.end()).toBe(0);
});
