import { spawnSync } from 'node:child_process';
import { Pipeline } from '@churn/core';
import { GradientBoostingClassifier, LogisticRegression } from '@churn/models';
import {
  DateParts,
  MedianImputer,
  ModeImputer,
  OneHotEncoder,
  PowerTransformer,
  StandardScaler,
} from '@churn/transforms';
import { lower } from '../program/lowering/lower.js';
import type { Program } from '../program/program.js';
import { sampleLabels, sampleTable } from '../testing/sample-tables.js';
import { dialectOf, SQL_DIALECTS } from './sql-dialects.js';
import { PEERS_PYTHON } from './testing/spark.js';
import { toSql } from './to-sql.js';

const train = sampleTable({ nRows: 200, seed: 1 });
const labels = (nClasses: number) => sampleLabels(train, nClasses, 3);
const linear = new Pipeline(
  [
    new DateParts({ columns: ['on'] }),
    new MedianImputer(),
    new ModeImputer(),
    new PowerTransformer({ columns: ['a', 'b'] }),
    new OneHotEncoder(),
    new StandardScaler(),
  ],
  new LogisticRegression(),
);
const programs: Readonly<Record<string, Program>> = {
  linear: lower(linear.fit(train, labels(2))),
  multinomial: lower(linear.fit(train, labels(3))),
  boosting: lower(
    new Pipeline([], new GradientBoostingClassifier({ nEstimators: 10 })).fit(train, labels(2)),
  ),
};

const PARSER = `
import json, sys, sqlglot
for dialect, statement in json.load(sys.stdin):
  trees = sqlglot.parse(statement, read=dialect)
  assert len([tree for tree in trees if tree is not None]) == 1, dialect
  assert isinstance(trees[0], sqlglot.exp.Create), (dialect, type(trees[0]))
`;

(PEERS_PYTHON ? test : test.skip)(
  'sqlglot reads each statement in its dialect (skipped where PEERS_PYTHON names no Python that has it)',
  () => {
    const statements = SQL_DIALECTS.flatMap((dialect) =>
      Object.values(programs).map((program) => [dialect, toSql(program, { dialect, view: 'scored' })]),
    );
    const { status, stderr } = spawnSync(PEERS_PYTHON!, ['-c', PARSER], {
      input: JSON.stringify(statements),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  },
  120_000,
);

test.each([
  ['duckdb', `'it''s \\ a'`, '"a""b"'],
  ['postgres', `E'it''s \\\\ a'`, '"a""b"'],
  ['spark', `'it\\'s \\\\ a'`, '`a"b`'],
  ['bigquery', `'it\\'s \\\\ a'`, '`a\\"b`'],
  ['snowflake', `'it\\'s \\\\ a'`, '"a""b"'],
  ['clickhouse', `'it\\'s \\\\ a'`, '`a\\"b`'],
] as const)('texts and names of %s', (name, text, identifier) => {
  expect(dialectOf(name).text("it's \\ a")).toBe(text);
  expect(dialectOf(name).identifier('a"b')).toBe(identifier);
});

const tiny: Program = {
  columns: [
    { name: 'Age', kind: 'number' },
    { name: 'age', kind: 'number' },
  ],
  inputs: [0, 1],
  steps: [],
  checks: [],
  output: { kind: 'columns', columns: [0, 1] },
};

test('rejects names that differ only in case for case-insensitive databases', () => {
  expect(() => toSql(tiny, { dialect: 'spark' })).toThrow(
    'columns "Age" and "age": names of Spark are case-insensitive; expected a model fitted with other names',
  );
  expect(toSql(tiny, { dialect: 'postgres' })).toContain('"Age"');
});

test('rejects statements that are too large and suggests alternatives', () => {
  const boosting = new GradientBoostingClassifier({ nEstimators: 1500, growth: 'leaf' });
  const program = lower(new Pipeline([], boosting).fit(train, labels(2)));
  expect(() => toSql(program, { dialect: 'clickhouse', view: 'scored' })).toThrow(
    /^a model of 1500 trees results in a statement of \d+ bytes; expected at most 262144 bytes for ClickHouse \(.*\): use fewer or smaller trees, .*--distil.*, another dialect, or an export to js or onnx$/,
  );
  expect(() => toSql(tiny, { dialect: 'mysql' as 'duckdb' })).toThrow(
    'dialect: expected duckdb, postgres, spark, bigquery, snowflake, clickhouse, got "mysql"',
  );
});
