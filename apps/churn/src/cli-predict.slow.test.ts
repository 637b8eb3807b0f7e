import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HEADER, PLAIN, ROWS, smallCase } from './testing/small-case';

const { at, churn, expectMistake, read, spawnChurn, write } = smallCase();

describe('churn predict', () => {
  /** What one training has written; each test begins with a copy. */
  let trained: string | undefined;
  beforeEach(() => {
    if (trained === undefined) {
      expect(churn('train', '--config', 'churn.yaml', '--out', 'outputs', ...PLAIN).status).toBe(0);
      trained = mkdtempSync(join(tmpdir(), 'churn-cli-trained-'));
      cpSync(at('outputs'), trained, { recursive: true, verbatimSymlinks: true });
    } else {
      cpSync(trained, at('outputs'), { recursive: true, verbatimSymlinks: true });
    }
  });
  afterAll(() => rmSync(trained ?? '', { recursive: true, force: true }));

  it('reports its results in one JSON shape, errors included', () => {
    const told = (...args: string[]) => {
      const { status, stdout, stderr } = churn(...args, '--config', 'churn.yaml', '--json');
      const errors = stderr.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
      return { status, stdout, errors };
    };
    const scored = told('predict', '--input', 'data.csv', '--output', 'scored.csv');
    const { figures, ...outcome } = JSON.parse(scored.stdout);
    expect(outcome).toEqual({
      command: 'predict',
      files: [{ what: 'scored rows', path: 'scored.csv' }],
      next: ['explain', 'monitor'].map((each) => `churn ${each} --input data.csv --config churn.yaml`),
    });
    expect(figures).toMatchObject({
      scored: 200,
      rejected: 0,
      rejectionReasons: [],
      predicted: [{ label: 'No' }, { label: 'Yes' }],
    });
    expect(scored.errors.map(({ level }) => level)).toEqual(expect.arrayContaining(['info']));
    const run = JSON.parse(told('runs', 'show', 'latest').stdout);
    expect(run).toMatchObject({ command: 'runs show', files: [], figures: { best: expect.any(String) } });
    for (const [args, code, message] of [
      [['predict', '--input', 'none.csv', '--output', 'x.csv'], 'invalid-file', 'none.csv'],
      [['predict', '--input', 'data.csv'], 'invalid-parameter', '--json: expected --output FILE'],
      [['train', '--preset', 'fats'], 'invalid-parameter', "'fats' is invalid: expected one of fast"],
      [['train', '--sed', '1'], 'invalid-parameter', "unknown option '--sed' (Did you mean --seed?)"],
      [['runs', 'shwo'], 'invalid-parameter', "unknown command 'shwo' (Did you mean show?)"],
      [['search', '--folder', 'f'], 'invalid-parameter', 'expected one of --shard and --join, got neither'],
    ] as const) {
      const { status, stdout, errors } = told(...args);
      expect([status, stdout]).toEqual([1, '']);
      expect(errors).toEqual([{ level: 'error', code, message: expect.stringContaining(message) }]);
    }
  });

  it('reads standard input, accepts columns in any order, and scores a row as in the whole file', () => {
    const model = 'outputs/latest/models/ridge.model.json';
    const whole = churn('predict', '--model', model, '--input', 'data.csv').stdout.trimEnd().split('\n');
    const reordered = [
      'left,age,usage,plan',
      ...ROWS.map((row) => row.split(',').slice(1).reverse().join(',')),
    ];
    const one = spawnChurn(['predict', '--model', model, '--input', '-'], reordered.slice(0, 2).join('\r\n'));
    expect(one.status).toBe(0);
    expect(one.stdout.trimEnd().split('\n')[1].split(',').at(-3)).toBe(whole[1].split(',').at(-3));
  });

  it('scores unseen categories and missing values, and leaves quoted and unnamed columns unchanged', () => {
    write('new.csv', ',plan,usage,age\n0,Z,,\n1,,1e3,NaN\n"a ""b"", c",A,5,30\n');
    const { status, stdout } = churn('predict', '--config', 'churn.yaml', '--input', 'new.csv');
    expect(status).toBe(0);
    const [header, ...rows] = stdout.trimEnd().split('\n');
    expect(header).toBe(',plan,usage,age,churn_probability,churn_prediction,churn_warnings');
    expect(rows[0]).toMatch(/^0,Z,,,0\.\d+,[01],"plan is ""Z"", not seen in training"$/);
    expect(rows[1]).toMatch(/^1,,1e3,NaN,[\d.e-]+,[01],/);
    expect(rows[2]).toMatch(/^"a ""b"", c",A,5,30,/);
  });

  it('names a model as the user did', () => {
    write('new.csv', 'plan,usage,age\nA,5,30\n');
    expect(churn('promote', 'latest', '--as', 'champion', '--config', 'churn.yaml').status).toBe(0);
    const args = ['--config', 'churn.yaml', '--input', 'new.csv', '--model', 'champion'];
    const { stderr } = churn('predict', ...args, '--output', 'scored.csv');
    expect(stderr).toContain('scored 1 row of new.csv with champion: ');
    expect(churn('explain', ...args)).toMatchObject({
      status: 0,
      stdout: expect.not.stringMatching(/[0-9a-f]{64}/),
    });
  });

  it('rejects rows that cannot be scored, with line and reason, and scores the others', () => {
    write('new.csv', 'plan,usage,age\nA,5,30\nB,lots,31\nC,7\n"C, D",7,many\nC,99,40\n');
    const args = ['predict', '--config', 'churn.yaml', '--input', 'new.csv'];
    const { status, stdout, stderr } = churn(...args, '--output', 'scored.csv');
    expect(status).toBe(0);
    expect(stderr).toContain('scored 2 rows of new.csv');
    expect(stderr).toContain('3 rejected');
    expect(stdout).toContain(
      '3 of 5 rows rejected:\n  column "usage": expected a number (1 row)\n  expected 3 fields; no value for column "age" (1 row)\n  column "age": expected a number (1 row)\n',
    );
    expect(stdout).toContain('rejected rows: scored.csv.rejected.csv');
    const scored = read('scored.csv').trimEnd().split('\n');
    expect(scored.map((row) => row.split(',')[1])).toEqual(['usage', '5', '99']);
    expect(read('scored.csv.rejected.csv').trimEnd().split('\n')).toEqual([
      'line,reason,row',
      '3,"column ""usage"": expected a number, got ""lots""","B,lots,31"',
      '4,"expected 3 fields, got 2; no value for column ""age""","C,7"',
      '5,"column ""age"": expected a number, got ""many""","""C, D"",7,many"',
    ]);
    const piped = churn(...args);
    expect(piped.stdout.trimEnd().split('\n')).toEqual(scored);
    expect(piped.stderr).toContain('new.csv, line 3: column "usage"');
  });

  it('scores JSON lines like CSV, and keeps their other fields', () => {
    const rows = ROWS.slice(0, 20).map((row) => row.split(','));
    const numberOf = (text: string) => (text === 'NA' ? null : Number(text));
    const objects = rows.map(([id, plan, usage, age]) => ({
      note: { id, 'a.b': [1] },
      usage: numberOf(usage),
      plan: plan || null,
      age: Number(age),
    }));
    const lines = [
      ...objects.map((object) => JSON.stringify(object)),
      '{"usage": "lots"}',
      'no json',
      '',
      '[1]',
    ];
    write('new.jsonl', `\uFEFF${lines.join('\r\n')}\n`);
    write('new.csv', [HEADER, ...ROWS.slice(0, 20)].join('\n'));
    const args = ['predict', '--config', 'churn.yaml', '--input'];
    expect(churn(...args, 'new.jsonl', '--output', 'scored.jsonl').status).toBe(0);
    const ofCsv = churn(...args, 'new.csv')
      .stdout.trimEnd()
      .split('\n')
      .slice(1);
    const scored = read('scored.jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(
      scored.map(({ churn_probability, churn_prediction, churn_warnings, ...object }) => object),
    ).toEqual(objects);
    expect(scored.map((row) => String(row.churn_probability))).toEqual(
      ofCsv.map((row) => row.split(',').at(-3)),
    );
    const reasons = read('scored.jsonl.rejected.csv');
    expect(reasons).toContain('21,"column ""usage"": expected a number, got ""lots""');
    expect(reasons).toMatch(/22,.*not JSON/);
    expect(reasons).toContain('24,expected a JSON object');
  });

  it('adds reasons in words, strongest first, and explains rows without scoring them', () => {
    const args = ['--config', 'churn.yaml', '--input', 'data.csv'];
    const { status } = churn('predict', ...args, '--output', 'scored.csv', '--explain');
    expect(status).toBe(0);
    const [header, first] = read('scored.csv').split('\n');
    expect(header).toMatch(/,churn_reason_1,churn_reason_2,churn_reason_3,churn_warnings$/);
    expect(first).toMatch(/usage is 0 \(average [\d.]+\): lowers the probability a lot/);
    const explained = churn('explain', ...args, '--row', '1', '--top', '2');
    expect(explained.status).toBe(0);
    expect(explained.stdout).toMatch(/row 1 \(line 2\): probability 0\.\d{4}/);
    expect(explained.stdout).toMatch(/usage is 0 \(average [\d.]+\): lowers the probability a lot/);
    expect(explained.stdout.match(/the probability/g)).toHaveLength(2);
    expect(churn('explain', ...args).stdout.match(/row \d+ \(line \d+\): probability/g)).toHaveLength(3);
    expectMistake(
      churn('explain', ...args, '--row', '500'),
      /--row: expected a row from 1 to 200 of data\.csv, got 500/,
    );
  });

  it('leaves the output unchanged after an error', () => {
    write('scored.csv', 'precious');
    write('new.csv', `plan,usage,age\n${'A,5,30\n'.repeat(300_000)}B,"6`);
    const { status, stderr } = churn(
      ...['predict', '--config', 'churn.yaml', '--input', 'new.csv', '--output', 'scored.csv'],
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/new\.csv, line 300002, column "usage": a quote is opened here/);
    expect(read('scored.csv')).toBe('precious');
    expect(readdirSync(at()).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('writes to a file, and reports the most frequent prediction', () => {
    const { status, stdout } = churn(
      ...['predict', '--config', 'churn.yaml', '--input', 'data.csv', '--output', 'deep/scored.csv'],
    );
    expect(status).toBe(0);
    expect(stdout).toContain('deep/scored.csv');
    expect(read('deep/scored.csv').trimEnd().split('\n')).toHaveLength(201);
  });
});
