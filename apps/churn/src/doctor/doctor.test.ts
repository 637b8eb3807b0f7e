import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../testing/free-port.js';
import { worstOf } from './check.js';
import { diskCheck, memoryCheck, nodeCheck, optionalChecks } from './machine.js';
import { projectChecks } from './project.js';
import { serviceChecks } from './services.js';

let folder: string;
const at = (name: string) => join(folder, name);
const write = (name: string, text: string) => writeFileSync(at(name), text);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('checks the machine', async () => {
  expect(nodeCheck('v24.1.0')).toMatchObject({ state: 'ok' });
  expect(nodeCheck('v18.20.0')).toMatchObject({ state: 'error', advice: 'install Node 20 or newer' });
  expect(memoryCheck(0.5 * 2 ** 30, 8 * 2 ** 30)).toMatchObject({
    state: 'warning',
    found: '0.5 GiB free of 8.0 GiB',
  });
  expect(memoryCheck(4 * 2 ** 30, 8 * 2 ** 30)).toMatchObject({ state: 'ok' });
  expect((await diskCheck(at('not/there'))).found).toMatch(/^[\d.]+ GiB free for /);
  const hasArrow = (name: string) => {
    if (name !== 'apache-arrow') throw new Error('not found');
  };
  expect(optionalChecks(hasArrow).map(({ state }) => state)).toEqual(['warning', 'ok', 'warning']);
  const states = (['ok', 'warning', 'error'] as const).map((state) => ({ name: '', state, found: '' }));
  expect([states.slice(0, 1), states.slice(0, 2), states].map(worstOf)).toEqual(['ok', 'warning', 'error']);
});

const CONFIG = (data: string) =>
  `data: { file: ${at('d.csv')}, target: left, positive: "yes", ${data} }\noutput: { folder: ${at('outputs')} }\n`;
const found = async () =>
  (await projectChecks(at('c.yaml'))).checks.map(({ name, state, found }) => `${state} ${name}: ${found}`);

it('reports which parts of a project exist', async () => {
  expect((await found()).join('\n')).toMatch(/^error configuration: .*c\.yaml: .*create one by churn init/);
  write('c.yaml', 'data: { file: d.csv }\nmodles: auto\n');
  expect((await found()).join('\n')).toMatch(/did you mean "models"\?$/);
  write('c.yaml', CONFIG('columns: { age: { kind: numeric } }'));
  expect((await found())[1]).toMatch(/^error data: .*d\.csv/);
  write('d.csv', 'age,left\n1,yes\n2,no\n');
  expect((await found()).slice(1)).toEqual([
    `ok data: ${at('d.csv')} can be read and has the declared columns`,
    `warning model: none yet in ${at('outputs')}`,
  ]);
  write('d.csv', 'old,left\n1,yes\n2,no\n');
  expect((await found())[1]).toMatch(/^error data: .*"age" is missing/);
});

it('connects to the configured services', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as { port: number };
  const checks = await serviceChecks({
    workers: { redis: `redis://:secret@127.0.0.1:${port}` },
    tracking: { mlflow: `http://127.0.0.1:${await freePort()}` },
  });
  server.close();
  expect(checks).toMatchObject([
    { name: 'Redis', state: 'ok', found: `127.0.0.1:${port} accepts connections` },
    { name: 'MLflow', state: 'error', found: expect.stringContaining('ECONNREFUSED') },
  ]);
  expect(JSON.stringify(checks)).not.toContain('secret');
});
