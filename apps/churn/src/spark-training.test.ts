import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIN } from './testing/bin';

/** A Python that has pyspark and xgboost. */
const python = process.env.PEERS_PYTHON;

const ROOT = join(__dirname, '../../..');
const EXAMPLE = join(ROOT, 'examples/spark-training');

const folder = mkdtempSync(join(tmpdir(), 'churn-spark-training-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The commands of the README, but for the service, which does not end. */
function commands(): string {
  const readme = readFileSync(join(EXAMPLE, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block);
  const [scored] = blocks.slice(-1);
  return scored.replace(/^churn serve .*\n/m, '').replaceAll('../../', `${ROOT}/`);
}

(python ? it : it.skip)(
  `a model trained by XGBoost on Spark is imported, and scores alike${python ? '' : ' (skipped: no PEERS_PYTHON)'}`,
  () => {
    cpSync(join(EXAMPLE, 'train.py'), join(folder, 'train.py'));
    const env = { ...process.env, PYSPARK_PYTHON: python, PYSPARK_DRIVER_PYTHON: python };
    const trained = spawnSync(python as string, ['train.py', join(ROOT, 'data/bank_data.csv'), 'model'], {
      cwd: folder,
      encoding: 'utf8',
      env,
    });
    expect(`${trained.status} ${trained.stderr.slice(-2000)}`).toMatch(/^0 /);
    const churn = `churn() { "${process.execPath}" "${BIN}" "$@"; }\nset -e\n`;
    const done = spawnSync('sh', ['-c', churn + commands()], { cwd: folder, encoding: 'utf8' });
    // Monitoring may end in an alert.
    expect(`${done.status} ${done.stderr}`).toMatch(/^[02] /);
    expect(done.stdout).toContain(
      'xgboost: 60 trees of 8 columns, classes Existing Customer, Attrited Customer',
    );
    const [header, ...rows] = readFileSync(join(folder, 'model/scored.csv'), 'utf8').trim().split('\n');
    const names = header.split(',');
    const known = JSON.parse(readFileSync(join(folder, 'model/spark_scores.json'), 'utf8'));
    expect(rows).toHaveLength(Object.keys(known).length);
    for (const row of rows) {
      const cells = row.split(',');
      const customer = cells[names.indexOf('CLIENTNUM')];
      const probability = Number(cells[names.indexOf('churn_probability')]);
      expect(Math.abs(probability - known[customer])).toBeLessThan(1e-6);
    }
  },
);
