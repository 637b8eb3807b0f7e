import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { addEntry } from '../registry/alias-history';
import { readRun } from '../runs/read-run';
import { BIN } from '../testing/bin';
import { MLFLOW_PYTHON, type RunningServer, startMlflow } from '../testing/mlflow-server';
import { smallRecord, writeSmallRun, writeToRun } from '../testing/run-record';
import { type MlflowClient, mlflowClient } from './mlflow-client';
import { sendRun } from './send-run';

/** Runs in a real server of MLflow. */
const NAMES = { experiment: 'small', model: 'small' };

interface RemoteRun {
  readonly info: { readonly run_id: string; readonly run_name: string; readonly status: string };
  readonly data: Record<'metrics' | 'params' | 'tags', { readonly key: string; readonly value: unknown }[]>;
}

(MLFLOW_PYTHON ? describe : describe.skip)(
  'MLflow (skipped where MLFLOW_PYTHON names no Python that has it)',
  () => {
    let folder: string;
    let server: RunningServer;
    let client: MlflowClient;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'churn-mlflow-'));
      server = await startMlflow(folder);
      client = mlflowClient(server.address, { timeoutMs: 300_000 });
      const rows = Array.from({ length: 200 }, (_, i) => {
        const usage = (i * 37) % 100;
        return `${'ABC'[i % 3]},${usage},${usage + ((i * 13) % 40) > 70 ? 'Yes' : 'No'}`;
      });
      writeFileSync(join(folder, 'data.csv'), `plan,usage,left\n${rows.join('\n')}\n`);
      writeFileSync(
        join(folder, 'churn.yaml'),
        `data: { file: data.csv, target: left, positive: Yes }
models: { ridge: { type: LogisticRegression }, tree: { type: DecisionTreeClassifier, maxDepth: 3 } }
crossValidation: { folds: 2 }
workers: 1
output: { folder: out, images: false, report: false }
tracking: { mlflow: '${server.address}/', experiment: cli }
`,
      );
    });

    afterAll(async () => {
      await server?.stop();
      rmSync(folder, { recursive: true });
    });

    function churn(...args: string[]): string {
      // A busy machine may take long to answer.
      const env = { ...process.env, MLFLOW_HTTP_REQUEST_TIMEOUT: '300' };
      const options = { cwd: folder, encoding: 'utf8', env } as const;
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [BIN, ...args, '--config', 'churn.yaml'],
        options,
      );
      expect(stderr).not.toMatch(/^(error|warn)/m);
      expect(status).toBe(0);
      return stdout;
    }

    async function runsOf(experiment: string): Promise<RemoteRun[]> {
      type Found = { experiment: { experiment_id: string } };
      const found = await client.get(
        'experiments/get-by-name',
        { experiment_name: experiment },
        z.custom<Found>(),
      );
      const ids = found ? [found.experiment.experiment_id] : [];
      if (ids.length === 0) return [];
      return (
        (await client.post<{ runs?: RemoteRun[] }>('runs/search', { experiment_ids: ids, max_results: 100 }))
          .runs ?? []
      );
    }

    const entryOf = (entries: RemoteRun['data']['tags'], name: string) =>
      entries.find(({ key }) => key === name)?.value;

    async function filesOf({ info }: RemoteRun, path = ''): Promise<string[]> {
      type Listed = { files?: { path: string; is_dir: boolean }[] };
      const { files = [] } =
        (await client.get('artifacts/list', { run_id: info.run_id, path }, z.custom<Listed>())) ?? {};
      const all = await Promise.all(
        files.map((file) => (file.is_dir ? filesOf({ info } as RemoteRun, file.path) : [file.path])),
      );
      return all.flat().sort();
    }

    async function contentOf({ info }: RemoteRun, file: string): Promise<string> {
      const query = new URLSearchParams({ run_id: info.run_id, path: file });
      return (await fetch(`${server.address}/get-artifact?${query}`)).text();
    }

    interface Version {
      readonly version: string;
      readonly run_id: string;
      readonly source: string;
      readonly tags?: readonly { readonly key: string; readonly value: string }[];
    }

    async function versionsOf(name: string): Promise<Version[]> {
      type Found = { model_versions?: Version[] };
      const query = { filter: `name='${name}'` };
      return (await client.get('model-versions/search', query, z.custom<Found>()))?.model_versions ?? [];
    }

    async function aliased(name: string, alias: string): Promise<Version | undefined> {
      type Found = { model_version: Version };
      return (await client.get('registered-models/alias', { name, alias }, z.custom<Found>()))?.model_version;
    }

    it('has a training with its metrics, parameters, tags and files, and its best model as a version', async () => {
      churn('train');
      const [run, ...others] = await runsOf('cli');
      expect(others).toEqual([]);
      const { info, data } = run;
      const [id] = readdirSync(join(folder, 'out/runs'));
      const record = await readRun(join(folder, 'out'), id);
      expect(info).toMatchObject({
        run_name: id,
        status: 'FINISHED',
        start_time: Date.parse(record.started),
      });
      for (const [name, { metrics }] of Object.entries(record.models)) {
        for (const [metric, value] of Object.entries(metrics)) {
          expect(entryOf(data.metrics, `${name}/${metric}`)).toBe(value);
        }
      }
      expect(entryOf(data.metrics, 'rocAuc')).toBe(record.models[record.best].metrics.rocAuc);
      expect(entryOf(data.params, 'data.positive')).toBe('Yes');
      expect(entryOf(data.tags, 'churn.run')).toBe(id);
      const models = ['ridge', 'tree'].map((name) => `models/${name}.model.json`);
      const reports = ['models/training_report.json', 'models/training_report.md'];
      expect(await filesOf(run)).toEqual([...models, ...reports, 'run.json'].sort());
      for (const file of [models[0], 'run.json']) {
        expect(await contentOf(run, file)).toBe(readFileSync(join(folder, 'out/runs', id, file), 'utf8'));
      }
      const [version] = await versionsOf('cli');
      expect(version).toMatchObject({ version: '1', run_id: info.run_id });
      expect(version.source).toMatch(new RegExp(`/models/${record.best}\\.model\\.json$`));
    });

    it('has an alias that follows promotions and a rollback', async () => {
      const promoted = async (...args: string[]) => {
        churn(...args);
        return (await aliased('cli', 'current'))?.source.replace(/.*\//, '');
      };
      const promote = (model: string) => promoted('promote', 'latest', '--as', 'current', '--model', model);
      expect(await promote('ridge')).toBe('ridge.model.json');
      expect(await promote('tree')).toBe('tree.model.json');
      expect(await promoted('rollback', 'current')).toBe('ridge.model.json');
    });

    it('sends what is missing after a kill at any moment, and nothing twice', async () => {
      const known = (await runsOf('cli')).length;
      for (let i = 1; i <= 3; i++) smallRun(join(folder, 'out'), `2026-01-0${i}T00-00-00Z`);
      const started = performance.now();
      expect(churn('runs', 'sync')).toMatch(/: 3 runs sent, 1 already there\n/);
      const took = performance.now() - started;
      expect(churn('runs', 'sync')).toMatch(/: 0 runs sent, 4 already there\n/);
      for (const [i, share] of [0.5, 0.65, 0.8, 0.9].entries()) {
        smallRun(join(folder, 'out'), `2026-01-1${i}T00-00-00Z`);
        const child = spawn(process.execPath, [BIN, 'runs', 'sync', '--config', 'churn.yaml'], {
          cwd: folder,
        });
        const ended = new Promise((resolve) => child.once('exit', resolve));
        await setTimeout(share * took);
        child.kill('SIGKILL');
        await ended;
      }
      churn('runs', 'sync');
      const names = (await runsOf('cli')).map(({ info }) => info.run_name);
      expect(names).toHaveLength(known + 7);
      expect(new Set(names).size).toBe(names.length);
    });

    it('has a run once, and complete, if an outage follows any of its requests', async () => {
      const id = '2026-02-01T00-00-00Z';
      const small = join(folder, 'small');
      const whole = await send(smallRun(small, id), client);
      expect(whole).toBe('sent');
      const [expected] = await runsOf('small');
      const files = await filesOf(expected);
      let cuts = 0;
      for (let last = 0; ; last++) {
        const run = smallRun(small, `2026-02-02T00-00-${String(last).padStart(2, '0')}Z`);
        if ((await send(run, endingAfter(last)).catch(() => 'cut')) === 'sent') break;
        cuts++;
        expect(await send(run, client)).toBe('sent');
        expect(await send(run, client)).toBe('there');
      }
      // Experiment, search, run, metrics, parameters, data, three files, model and its versions, and the end of it.
      expect(cuts).toBeGreaterThan(10);
      const runs = await runsOf('small');
      expect(runs).toHaveLength(1 + cuts + 1);
      for (const run of runs) {
        expect(run.info.status).toBe('FINISHED');
        expect(run.data.metrics).toHaveLength(expected.data.metrics.length);
        expect(run.data.params).toEqual(expected.data.params);
      }
      for (const run of [runs[0], runs[cuts - 1]]) expect(await filesOf(run)).toEqual(files);
      expect(await versionsOf('small')).toHaveLength(runs.length);
    });

    it('has aliases of the same models, also of one that is not the best of its run', async () => {
      const id = '2026-03-01T00-00-00Z';
      smallRun(join(folder, 'out'), id);
      const entry = {
        ...{ action: 'promote' as const, run: id, metrics: {}, who: 'me', when: '', why: null, gate: null },
        ...{ replaces: null, restores: null },
      };
      const registry = join(folder, 'out/registry');
      const best = sha('b', id);
      await addEntry(registry, 'champion', { ...entry, number: 1, model: 'tree', sha256: best });
      await addEntry(registry, 'challenger', { ...entry, number: 1, model: 'other', sha256: sha('c', id) });
      await addEntry(registry, 'lost', {
        ...entry,
        number: 1,
        run: 'gone',
        model: 'tree',
        sha256: 'f'.repeat(64),
      });
      expect(churn('runs', 'sync')).toMatch(
        /\naliases: challenger, champion, current\naliases whose runs no longer exist: lost\n$/,
      );
      expect((await aliased('cli', 'champion'))?.source).toMatch(/\/models\/tree\.model\.json$/);
      expect((await aliased('cli', 'challenger'))?.source).toMatch(/\/models\/other\.model\.json$/);
      // Its run is removed, and yet the model is there.
      rmSync(join(folder, 'out/runs', id), { recursive: true });
      await addEntry(registry, 'challenger', { ...entry, number: 2, model: 'tree', sha256: best });
      churn('runs', 'sync');
      expect((await aliased('cli', 'challenger'))?.source).toMatch(/\/models\/tree\.model\.json$/);
    });

    /** A hash that is that of no other run. */
    function sha(letter: string, id: string): string {
      return `${letter}${id.replace(/\D/g, '')}`.padEnd(64, '0');
    }

    function modelsOf(id: string) {
      const { tree } = smallRecord(id).models;
      const other = { ...tree, file: 'models/other.model.json', sha256: sha('c', id) };
      return { tree: { ...tree, sha256: sha('b', id) }, other };
    }

    function smallRun(out: string, id: string) {
      const record = writeSmallRun(out, id, { models: modelsOf(id) });
      writeToRun(out, id, 'models/tree.model.json', '{}');
      writeToRun(out, id, 'images/roc curve é.svg', '<svg></svg>');
      writeToRun(out, id, 'sample.csv', 'rows that stay here');
      return { record, folder: join(out, 'runs', id) };
    }

    function send(run: ReturnType<typeof smallRun>, by: MlflowClient) {
      return sendRun(by, NAMES, run);
    }

    /** A client whose network breaks after so many requests: the last one arrives, and its answer does not. */
    function endingAfter(last: number): MlflowClient {
      let count = 0;
      const cut = async <T>(request: () => Promise<T>): Promise<T> => {
        if (count > last) throw new Error('no network');
        const answer = await request();
        if (count++ === last) throw new Error('the network broke');
        return answer;
      };
      return {
        server: client.server,
        get: (...args) => cut(() => client.get(...args)),
        post: (...args) => cut(() => client.post(...args)),
        upload: (...args) => cut(() => client.upload(...args)),
      };
    }
  },
);
