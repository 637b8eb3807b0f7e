import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Pipeline, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { RandomForestClassifier } from '@churn/models';
import { MeanImputer } from '@churn/transforms';
import { BIN } from '../testing/bin';
import { type ServiceProcess, startService } from '../testing/service-process';

const usage = Float64Array.from({ length: 60 }, (_, i) => (i * 37) % 100);

let folder: string;
let service: ServiceProcess;

/** Two models that give different probabilities. */
async function writeModel(file: string, seed: number): Promise<string> {
  const forest = new RandomForestClassifier({ nEstimators: 7, seed, maxDepth: 2 });
  const y = Array.from(usage, (value, i) => (value + ((i * 29) % 40) > 70 ? 1 : 0));
  await saveModel(file, new Pipeline([new MeanImputer()], forest).fit(Table.fromColumns({ usage }), y), {});
  return JSON.parse(readFileSync(file, 'utf8')).hash;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-process-'));
  await writeModel(join(folder, 'm.json'), 1);
  await start();
});

async function start(): Promise<void> {
  service = await startService(['--model', join(folder, 'm.json')]);
}

afterEach(async () => {
  await service.end('SIGKILL');
  rmSync(folder, { recursive: true });
});

interface Load {
  /** The hashes of the models that answered, in order. */
  readonly models: string[];
  /** What went wrong other than that the service listens no more. */
  readonly lost: string[];
  stop(): Promise<void>;
}

/** Sends rows over eight connections until it is stopped, or the service is gone. */
function load(): Load {
  const models: string[] = [];
  const lost: string[] = [];
  let isOn = true;
  const client = async () => {
    while (isOn) {
      try {
        const response = await fetch(`${service.address}/v1/predict`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"usage":50}',
        });
        const { model } = (await response.json()) as { model: string };
        // As whoever balances loads does: a service that says it closes gets no new connections.
        if (response.headers.get('connection') === 'close') isOn = false;
        if (response.status === 200) models.push(model);
        else lost.push(String(response.status));
      } catch (error) {
        const cause = (error as { cause?: { code?: string } }).cause?.code;
        if (cause === 'ECONNREFUSED') return;
        lost.push(String(cause ?? error));
      }
    }
  };
  const clients = Array.from({ length: 8 }, client);
  return {
    models,
    lost,
    async stop() {
      isOn = false;
      await Promise.all(clients);
    },
  };
}

/** Sends a row over a connection of its own. @returns the status of the answer, or what became of the connection. */
function predictOnce(): Promise<string> {
  return new Promise((resolve) => {
    const failed = ({ code, syscall }: NodeJS.ErrnoException) => resolve(`${code} ${syscall}`);
    const headers = { 'content-type': 'application/json' };
    const sent = request(
      `${service.address}/v1/predict`,
      { method: 'POST', agent: false, headers },
      (response) => {
        response.resume().on('error', failed);
        response.on('end', () => resolve(String(response.statusCode)));
      },
    );
    sent.on('error', failed).end('{"usage":50}');
  });
}

describe('churn serve as a process', () => {
  it('loads a new model under load without losing a request, and keeps the old one if the new one is damaged', async () => {
    const first = JSON.parse(readFileSync(join(folder, 'm.json'), 'utf8')).hash;
    const running = load();
    await setTimeout(300);
    const second = await writeModel(join(folder, 'new.json'), 2);
    expect(second).not.toBe(first);
    copyFileSync(join(folder, 'new.json'), join(folder, 'kept.json'));
    renameSync(join(folder, 'new.json'), join(folder, 'm.json'));
    service.signal('SIGHUP');
    await service.logged(/serving a new model/);
    await setTimeout(300);
    writeFileSync(join(folder, 'm.json'), '{"half');
    service.signal('SIGHUP');
    await service.logged(/the previous model is still served/);
    await setTimeout(200);
    await running.stop();
    expect(running.lost).toEqual([]);
    const switched = running.models.indexOf(second);
    expect(switched).toBeGreaterThan(0);
    expect(new Set(running.models.slice(0, switched))).toEqual(new Set([first]));
    expect(running.models.at(-1)).toBe(second);
  });

  it('answers accepted requests when terminated, and exits with 0', async () => {
    const running = load();
    await setTimeout(300);
    expect(await service.end()).toBe(0);
    await running.stop();
    expect(running.lost).toEqual([]);
    expect(running.models.length).toBeGreaterThan(8);
    expect(service.log).toMatch(/SIGTERM: finishing accepted requests, then closing/);
  });

  it('resets no client that connects for each request: each is answered, or refused before acceptance', async () => {
    for (let time = 0; time < 4; time++) {
      if (time > 0) await start();
      const outcomes = new Map<string, number>();
      const client = async () => {
        for (let outcome = ''; outcome !== 'ECONNREFUSED connect'; ) {
          outcome = await predictOnce();
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        }
      };
      const clients = Array.from({ length: 16 }, client);
      await setTimeout(200);
      expect(await service.end()).toBe(0);
      await Promise.all(clients);
      const { 200: answered, ...others } = Object.fromEntries(outcomes);
      expect(others).toEqual({ 'ECONNREFUSED connect': 16 });
      expect(answered).toBeGreaterThan(16);
    }
  });

  it('does not wait for a body that never ends', async () => {
    const { hostname, port } = new URL(service.address);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write(
      'POST /v1/predict HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"us',
    );
    await setTimeout(200);
    expect(await service.end()).toBe(0);
    socket.destroy();
  });

  it('rejects a port in use with one line', async () => {
    const { port } = new URL(service.address);
    const args = ['serve', '--model', join(folder, 'm.json'), '--port', port];
    const { status, stderr } = spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: --host \S+ --port \d+: cannot listen: .*EADDRINUSE.*\n$/);
  });
});
