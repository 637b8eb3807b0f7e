import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pipeline, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { GradientBoostingClassifier } from '@churn/models';
import { CategoryEncoder, MeanImputer, ModeImputer } from '@churn/transforms';
import { parse } from 'yaml';
import { root, run } from './process';

/** The example is built as its README says, and invoked in a process with nothing but Node, as Lambda does. */
const EXAMPLE = join(root, 'examples/aws-lambda');
const EVENT = JSON.parse(readFileSync(join(EXAMPLE, 'event.json'), 'utf8'));

/** Loads the function and sends it events, one after another; tells its answers and how long the first took. */
const INVOKE = `
const begun = performance.now();
const { handler } = await import('./handler.mjs');
const answers = [];
let first;
for (const event of JSON.parse(process.env.EVENTS)) {
  answers.push(await handler(event));
  first ??= performance.now() - begun;
}
console.log(JSON.stringify({ answers, first }));
`;

interface Invoked {
  readonly answers: {
    readonly statusCode: number;
    readonly headers: Record<string, string>;
    readonly body: string;
  }[];
  readonly first: number;
}

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-lambda-'));
  run('npm', ['run', 'build', '--silent'], EXAMPLE);
  cpSync(join(EXAMPLE, 'dist/handler.mjs'), join(folder, 'handler.mjs'));
  const usage = Float64Array.from({ length: 400 }, (_, i) => (i * 37) % 100);
  const x = Table.fromColumns({
    plan: Array.from(usage, (_, i) => 'ABC'[i % 3]),
    usage,
    age: usage.map((_, i) => 20 + (i % 50)),
  });
  const y = Array.from(usage, (value, i) => (value + (i % 3) * 15 + ((i * 13) % 40) > 85 ? 'yes' : 'no'));
  const boosting = new Pipeline(
    [new MeanImputer(), new ModeImputer(), new CategoryEncoder({ folds: 2 })],
    new GradientBoostingClassifier({ nEstimators: 200 }),
  );
  await saveModel(join(folder, 'model.json'), boosting.fit(x, y), {});
});
afterAll(() => rmSync(folder, { recursive: true }));

function invoke(...events: readonly object[]): Invoked {
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', INVOKE], {
    cwd: folder,
    encoding: 'utf8',
    env: { EVENTS: JSON.stringify(events) },
  });
  return JSON.parse(printed);
}

const withBody = (body: unknown) => ({ ...EVENT, body: JSON.stringify(body) });
const row = { plan: 'A', usage: 90, age: null };

it('answers an API Gateway event like the packages', () => {
  const { answers, first } = invoke(
    EVENT,
    { ...EVENT, body: Buffer.from(EVENT.body).toString('base64'), isBase64Encoded: true },
    withBody([row, { plan: 'C', usage: '12.5', age: 61, other: 1 }]),
  );
  process.stderr.write(
    `cold start: ${first.toFixed(0)} ms, bundle of ${statSync(join(folder, 'handler.mjs')).size} bytes\n`,
  );
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
  expect(answers[1]).toEqual(answers[0]);
  const [one, , two] = answers.map(({ body }) => JSON.parse(body));
  expect(answers[0].headers['content-type']).toBe('application/json');
  expect(one.predictions).toEqual([two.predictions[0]]);
  writeFileSync(join(folder, 'rows.jsonl'), `${JSON.stringify(row)}\n`);
  const churn = join(root, 'apps/churn/bin/churn.js');
  const args = ['predict', '--model', 'model.json', '--input', 'rows.jsonl'];
  const expected = JSON.parse(run(process.execPath, [churn, ...args], folder).split('\n')[0]);
  expect(one.predictions[0].probabilities.yes).toBe(expected.churn_probability);
  expect(one.predictions[0].prediction === 'yes').toBe(expected.churn_prediction === 1);
});

it('answers rows that cannot be scored with 400 and the reason', () => {
  const refused: [string, RegExp][] = [
    ['{', /JSON/],
    ['', /JSON/],
    ['null', /^row 0: expected an object/],
    ['[]', /^expected 1 to 1000 rows, got 0$/],
    ['[{"plan":"A","usage":1}]', /^row 0: column "age" is missing; pass null if the value is unknown/],
    ['{"plan":"A","usage":"lots","age":1}', /column "usage": expected a number, got "lots"/],
    ['{"plan":"A","usage":1e999,"age":1}', /column "usage"/],
    [`[${Array(1001).fill('1')}]`, /got 1001$/],
  ];
  const { answers } = invoke(...refused.map(([body]) => ({ ...EVENT, body })));
  for (const [i, [, message]] of refused.entries()) {
    expect(JSON.parse(answers[i].body).error).toMatch(message);
    expect(answers[i].statusCode).toBe(400);
  }
});

it('has a SAM template that names the built file', () => {
  const template = parse(readFileSync(join(EXAMPLE, 'template.yaml'), 'utf8'));
  expect(template).toMatchObject({
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      Score: {
        Type: 'AWS::Serverless::Function',
        Properties: { CodeUri: 'dist/', Handler: 'handler.handler', Runtime: 'nodejs22.x' },
      },
    },
  });
  const { Events } = template.Resources.Score.Properties;
  const { Method, Path } = Events.Predict.Properties;
  expect(`${Method} ${Path}`).toBe(EVENT.routeKey);
});
