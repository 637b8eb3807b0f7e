import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pipeline, Random, Table } from '@churn/core';
import { lower, toSql } from '@churn/exchange';
import { saveModel } from '@churn/io';
import { GradientBoostingClassifier, SVC } from '@churn/models';
import { CategoryEncoder, MeanImputer, ModeImputer, StandardScaler } from '@churn/transforms';
import { root, run } from './process';

/** The example scores on a real Spark what SQL cannot, a support vector machine; a view scores boosting there. */
const { PEERS_PYTHON } = process.env;
const BIN = join(root, 'apps/churn/bin/churn.js');
const N = 5000;

interface Comparison {
  readonly found: number;
  readonly scored: number;
  /** The rows that Spark and `churn predict` score otherwise. */
  readonly differ: readonly string[];
  readonly rejected: readonly unknown[];
  /** What a job says whose rows lack a column of the model. */
  readonly failure: string | null;
  /** The partitions that SQL scores, the rows that come out, and by how much a probability differs at most. */
  readonly partitions: number;
  readonly boosted: number;
  readonly apart: number;
  readonly columns: readonly string[];
  readonly rows: number;
}

(PEERS_PYTHON ? it : it.skip)(
  'Spark predicts like churn predict, row by row (skipped where PEERS_PYTHON names no Python that has it)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'churn-spark-'));
    const random = new Random(1);
    const rows = Array.from({ length: N }, (_, i) => ({
      id: `c${i}`,
      usage: i % 50 === 7 ? null : random.normal() * 10,
      // One cannot be scored.
      age: i === 2500 ? 'inf' : 20 + random.int(60) + random.uniform(),
      // Texts that CSV has to quote.
      plan: i % 31 === 0 ? null : ['a', 'b, "new"', 'c\nd', 'é'][i % 4],
    }));
    const trained = rows.slice(0, 300).map(({ id, ...row }) => ({ ...row, age: Number(row.age) }));
    const y = trained.map(({ usage, age }) => ((usage ?? 0) + age > 50 ? 'yes' : 'no'));
    const steps = [
      new MeanImputer(),
      new ModeImputer(),
      new CategoryEncoder({ folds: 2 }),
      new StandardScaler(),
    ];
    const quoted = (value: string | number | null) =>
      typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : String(value ?? '');
    const lines = rows.map(({ id, usage, age, plan }) => [id, usage ?? '', age, quoted(plan)].join());
    try {
      const model = new Pipeline(steps, new SVC()).fit(Table.fromRows(trained), y);
      await saveModel(join(folder, 'm.json'), model, {});
      const boosting = new GradientBoostingClassifier({ nEstimators: 10 });
      const boosted = new Pipeline(steps, boosting).fit(Table.fromRows(trained), y);
      const query = toSql(lower(boosted), { dialect: 'spark', predicts: 'churn' });
      writeFileSync(join(folder, 'boosting.sql'), query.replace(/;\s*$/, ''));
      const scorable = rows.flatMap(({ age, ...row }) =>
        age === 'inf' ? [] : [{ ...row, age: Number(age) }],
      );
      const shares = boosted.predictProba(Table.fromRows(scorable.map(({ id, ...row }) => row)))[1];
      const byId = Object.fromEntries(scorable.map(({ id }, i) => [id, shares[i]]));
      writeFileSync(join(folder, 'boosting.json'), JSON.stringify(byId));
      writeFileSync(join(folder, 'rows.csv'), `id,usage,age,plan\n${lines.join('\n')}\n`);
      const args = ['predict', '--model', 'm.json', '--input', 'rows.csv', '--output', 'scored.csv'];
      run(process.execPath, [BIN, ...args], folder);
      const python = PEERS_PYTHON as string;
      const env = {
        ...process.env,
        ...{ PYSPARK_PYTHON: python, PYTHONDONTWRITEBYTECODE: '1', SPARK_LOCAL_IP: '127.0.0.1' },
      };
      const program = join(root, 'checks/test/spark-scoring/compare.py');
      const example = join(root, 'examples/spark-scoring');
      const printed = run(python, [program, example, process.execPath, BIN], folder, env);
      const { failure, columns, apart, ...found }: Comparison = JSON.parse(
        printed.trim().split('\n').at(-1)!,
      );
      expect(found).toEqual({
        ...{ found: N, scored: N - 1, differ: [] },
        rejected: [['c2500', null, null, ['c2500']]],
        rows: 100,
        ...{ partitions: 100, boosted: N },
      });
      expect(apart).toBeLessThan(1e-12);
      expect(failure).toContain('error: standard input: column "age" is missing');
      expect(columns.slice(-3)).toEqual(['churn_probability', 'churn_prediction', 'churn_warnings']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  600_000,
);
