import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pipeline, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { GradientBoostingClassifier } from '@churn/models';
import { CategoryEncoder, MeanImputer, ModeImputer } from '@churn/transforms';
import { root, run } from './process';
import { workerd } from './workerd';

/** The example runs in the runtime of Cloudflare, as its README says. */
const EXAMPLE = join(root, 'examples/cloudflare-worker');
const BIN = join(root, 'apps/churn/bin/churn.js');
const rows = [
  { plan: 'A', usage: 90, age: null },
  { plan: null, usage: 12.5, age: 61 },
  { plan: 'never seen', usage: -3, age: 20 },
];

const withWorkerd = workerd ? describe : describe.skip;
withWorkerd(`the worker${workerd ? '' : ' (skipped: workerd has no binary that runs here)'}`, () => {
  let folder: string;
  let server: ChildProcess;
  let address: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'churn-worker-'));
    const usage = Float64Array.from({ length: 300 }, (_, i) => (i * 37) % 100);
    const x = Table.fromColumns({
      plan: Array.from(usage, (_, i) => 'ABC'[i % 3]),
      usage,
      age: usage.map((_, i) => 20 + (i % 50)),
    });
    const y = Array.from(usage, (value, i) => (value + (i % 3) * 15 > 70 ? 'yes' : 'no'));
    const steps = [new MeanImputer(), new ModeImputer(), new CategoryEncoder({ folds: 2 })];
    const model = new Pipeline(steps, new GradientBoostingClassifier({ nEstimators: 20 })).fit(x, y);
    await saveModel(join(folder, 'm.json'), model, {});
    const to = ['--to', 'js', '--model', 'm.json', '--output', 'model.js'];
    run(process.execPath, [BIN, 'export', ...to], folder);
    cpSync(join(EXAMPLE, 'worker.js'), join(folder, 'worker.js'));
    const wrangler = readFileSync(join(EXAMPLE, 'wrangler.jsonc'), 'utf8');
    const { main, compatibility_date } = JSON.parse(wrangler.replaceAll(/,(?=\s*[}\]])/g, ''));
    writeFileSync(
      join(folder, 'config.capnp'),
      `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [
      (name = "${main}", esModule = embed "${main}"),
      (name = "model.js", esModule = embed "model.js"),
    ],
    compatibilityDate = "${compatibility_date}",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);`,
    );
    server = spawn(workerd as string, ['serve', 'config.capnp', '--control-fd=3'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    address = await new Promise((resolve, reject) => {
      let told = '';
      server.stderr?.on('data', (text) => {
        told += text;
      });
      server.stdio[3]?.on('data', (line) => {
        const { event, port } = JSON.parse(String(line).split('\n')[0]);
        if (event === 'listen') resolve(`http://127.0.0.1:${port}`);
      });
      server.on('exit', () => reject(new Error(`ended: ${told}`)));
    });
  });

  afterAll(() => {
    server?.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const post = async (body: string) => {
    const answer = await fetch(address, { method: 'POST', body });
    return { status: answer.status, body: (await answer.json()) as { error: string; predictions: Scored[] } };
  };
  interface Scored {
    readonly probability: number;
    readonly prediction: string;
  }

  it('answers like churn predict', async () => {
    writeFileSync(join(folder, 'rows.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const args = ['predict', '--model', 'm.json', '--input', 'rows.jsonl'];
    const scored = run(process.execPath, [BIN, ...args], folder)
      .trim()
      .split('\n');
    const expected = scored.map((line) => {
      const { churn_probability: probability, churn_prediction } = JSON.parse(line);
      return { probability, prediction: churn_prediction === 1 ? 'yes' : 'no' };
    });
    const { status, body } = await post(JSON.stringify(rows));
    expect(status).toBe(200);
    expect(body.predictions.map(({ prediction }) => prediction)).toEqual(
      expected.map(({ prediction }) => prediction),
    );
    for (const [i, { probability }] of body.predictions.entries()) {
      expect(Math.abs(probability - expected[i].probability)).toBeLessThan(1e-12);
    }
    expect((await post(JSON.stringify(rows[0]))).body.predictions).toEqual([body.predictions[0]]);
    const { expects } = (await (await fetch(address)).json()) as { expects: { name: string }[] };
    expect(expects.map(({ name }) => name)).toEqual(['plan', 'usage', 'age']);
  });

  it.each([
    ['invalid JSON', '{', /JSON/],
    ['anything but an object', 'null', /^row 0: expected an object$/],
    [
      'a missing column',
      '{"plan":"A","usage":1}',
      /^row 0: column "age" is missing; pass null if the value is unknown/,
    ],
    [
      'a text among numbers',
      '{"plan":"A","usage":"lots","age":1}',
      /column "usage": expected a number, got "lots"/,
    ],
    ['an infinite number', '{"plan":"A","usage":1e999,"age":1}', /column "usage"/],
    ['too many rows', `[${Array(1001).fill('1')}]`, /got 1001$/],
  ])('answers %s with 400 and the reason', async (_, body, message) => {
    const { status, body: answer } = await post(body);
    expect(answer.error).toMatch(message);
    expect(status).toBe(400);
  });
});
