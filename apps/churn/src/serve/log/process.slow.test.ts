import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { useLogFolder } from '../../testing/log-folder';
import { type ServiceProcess, startService } from '../../testing/service-process';
import { saveSmallModel } from '../../testing/small-model';

const folder = useLogFolder();
const models = useLogFolder();
const row = { plan: 'A', usage: 12.5, age: 30 };

let service: ServiceProcess;

beforeEach(() => saveSmallModel(models.path('m.json')));
afterEach(() => service.end('SIGKILL'));

/** @param limit of the size of a file, in blocks of 512 bytes: a disk that is full for this process. */
async function start(options: readonly string[] = [], limit = 'unlimited'): Promise<void> {
  const args = ['--model', models.path('m.json'), '--log-predictions', folder.path()];
  service = await startService([...args, ...options], {
    shell: `ulimit -f ${limit}`,
    env: { ...process.env, CHURN_TEST_SALT: 'salty' },
  });
}

/** @returns the ID of the request, if it was answered. */
async function predict(body: unknown = row): Promise<string> {
  const answer = await fetch(`${service.address}/v1/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 200) throw new Error(await answer.text());
  await answer.arrayBuffer();
  return String(answer.headers.get('x-request-id'));
}

describe('churn serve --log-predictions', () => {
  const bytesLogged = () =>
    readdirSync(folder.path()).reduce(
      (bytes, name) => bytes + (statSync(folder.path(name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );

  it('leaves a readable log if killed at any moment, which the next service continues', async () => {
    const answered: string[] = [];
    for (let time = 0; time < 2; time++) {
      await start();
      let isOn = true;
      const client = async () => {
        while (isOn)
          await predict(Array(50).fill(row))
            .then((id) => answered.push(id))
            .catch(() => {});
      };
      const clients = Array.from({ length: 4 }, client);
      const before = bytesLogged();
      while (bytesLogged() === before) await setTimeout(20);
      await setTimeout(377 * time);
      await service.end('SIGKILL');
      isOn = false;
      await Promise.all(clients);
      const ids = (await folder.rows('predictions')).map(({ churn_request }) => churn_request);
      // What a second brought may be lost.
      expect(ids.length).toBeGreaterThan(0);
      expect(ids.every((id) => typeof id === 'string')).toBe(true);
    }
    await start();
    await service.logged(/finished 1 of predictions left by a killed process/);
    await service.end();
    expect(await folder.endings()).toEqual(Array(2).fill('predictions.jsonl'));
    for (const name of readdirSync(folder.path())) {
      const lines = readFileSync(folder.path(name), 'utf8').split('\n');
      expect(lines.pop()).toBe('');
      for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
    }
    const known = new Set(answered);
    const logged = (await folder.rows('predictions')).map(({ churn_request }) => String(churn_request));
    // All but those whose answers were under way.
    expect(logged.filter((id) => !known.has(id)).length).toBeLessThanOrEqual(2 * 4 * 50);
    expect(new Set(logged.map((id) => id)).size).toBe(logged.length / 50);
  });

  it('keeps answering on a full disk, drops rows, counts them and reports it once', async () => {
    await start([], '64');
    for (let i = 0; i < 12; i++) {
      await predict(Array(50).fill(row));
      if (i % 4 === 3) await setTimeout(1100);
    }
    await service.logged(/warning: .*: predictions are dropped from the log/);
    expect(service.log.match(/warn/g)).toHaveLength(1);
    const metrics = await (await fetch(`${service.address}/metrics`)).text();
    const dropped = Number(/^churn_log_dropped_rows_total\{log="predictions"\} (\d+)$/m.exec(metrics)?.[1]);
    const logged = await folder.rows('predictions');
    expect(dropped).toBeGreaterThan(0);
    expect(logged.length + dropped).toBe(600);
    expect(await service.end()).toBe(0);
  });

  it('writes Parquet, with columns chosen and hashed as configured', async () => {
    mkdirSync(models.path('config'));
    writeFileSync(
      models.path('config/c.yaml'),
      `
data: { file: x.csv, target: y }
monitoring:
  log: { folder: ${JSON.stringify(folder.path())}, format: parquet, columns: [age], hashed: [plan], saltEnv: CHURN_TEST_SALT, rotate: { rows: 3 } }
`,
    );
    await start(['--config', models.path('config/c.yaml')]);
    const id = await predict([row, { ...row, age: null }, row, row]);
    expect(await service.end()).toBe(0);
    expect(await folder.endings()).toEqual(['predictions.parquet']);
    const [name] = readdirSync(folder.path());
    expect(readFileSync(folder.path(name)).toString('latin1', 0, 4)).toBe('PAR1');
    const rows = await folder.rows('predictions');
    expect(rows.map(({ churn_row, age, churn_request }) => [churn_row, age, churn_request])).toEqual(
      [30, null, 30, 30].map((age, i) => [i, age, id]),
    );
    expect(Object.keys(rows[0])).toEqual(
      expect.arrayContaining([
        'churn_time',
        'churn_model',
        'plan_hash',
        'churn_probability',
        'churn_prediction',
      ]),
    );
    expect(Object.keys(rows[0])).not.toContain('usage');
  });
});
