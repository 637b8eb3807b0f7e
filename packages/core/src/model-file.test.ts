import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Centre, Drop, NearestMean } from '../test/parts.js';
import { isPipeline } from './fitted-pipeline.js';
import { MODEL_FORMAT_VERSION, parseModel, serializeModel } from './model-file.js';
import { Pipeline } from './pipeline.js';
import { Table } from './table.js';

const classes = [Centre, Drop, NearestMean];
const x = Table.fromRows(
  JSON.parse(`[
    { "id": "a", "__proto__": 1.1, "größe": "M" }, { "id": "b", "__proto__": 2.2, "größe": "L" },
    { "id": "c", "__proto__": 7.7, "größe": null }, { "id": "d", "__proto__": 9.9, "größe": "M" }
  ]`),
);
const model = () =>
  new Pipeline([new Drop(['id', 'größe']), new Centre('__proto__')], new NearestMean()).fit(x, [0, 0, 1, 1]);
const training = { seed: 42, figures: { auc: 0.1 + 0.2, tiny: 5e-324 }, note: 'made in the test' };

/** A file with some of its content changed, and with a hash to match, as a forger would write it. */
async function forged(change: Record<string, unknown>): Promise<string> {
  const { hash, ...content } = { ...JSON.parse(await serializeModel(model(), training)), ...change };
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  expect(digest).not.toBe(hash);
  return JSON.stringify({ ...content, hash: digest });
}

describe('a model file', () => {
  it('returns the model, its training metadata, and its hash', async () => {
    const text = await serializeModel(model(), training);
    const loaded = await parseModel(text, classes);
    expect(loaded.model.predictProba(x)).toEqual(model().predictProba(x));
    expect(loaded.model.schema).toEqual([{ name: '__proto__', kind: 'numeric' }]);
    expect(loaded.training).toEqual(training);
    expect(loaded.hash).toBe(JSON.parse(text).hash);
    expect(loaded.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is not written if JSON cannot represent a number of it', async () => {
    await expect(serializeModel(model(), { seed: 1, test: { auc: [0.5, NaN] } })).rejects.toMatchObject({
      code: 'model-file',
      message: 'cannot save the model: training.test.auc.1 is NaN, expected a finite number',
    });
  });

  it('is the same text for the same model, also after loading', async () => {
    const text = await serializeModel(model(), training);
    expect(await serializeModel(model(), training)).toBe(text);
    const loaded = await parseModel(text, classes);
    expect(await serializeModel(loaded.model, loaded.training)).toBe(text);
  });

  it('has a hash that is the SHA-256 of everything else', async () => {
    const { hash, ...content } = JSON.parse(await serializeModel(model(), training));
    expect(hash).toBe(createHash('sha256').update(JSON.stringify(content)).digest('hex'));
    expect(Object.keys(content)).toEqual(['format', 'version', 'package', 'training', 'model']);
    expect(content).toMatchObject({ format: '@churn/model', version: MODEL_FORMAT_VERSION });
  });

  it('has a different hash for another model or another record', async () => {
    const hashes = await Promise.all(
      [serializeModel(model()), serializeModel(model(), training), serializeModel(model(), { seed: 1 })].map(
        async (text) => JSON.parse(await text).hash,
      ),
    );
    expect(new Set(hashes).size).toBe(3);
  });

  it('may be reformatted: the hash depends only on its content', async () => {
    const text = await serializeModel(model(), training);
    const { hash } = await parseModel(JSON.stringify(JSON.parse(text), null, 2), classes);
    expect(hash).toBe(JSON.parse(text).hash);
  });

  it('of version 1 loads forever', async () => {
    const text = readFileSync(join(__dirname, '../test/fixtures/model-v1.json'), 'utf8');
    const { model, training, hash } = await parseModel(text, classes);
    expect(hash).toBe('7a3d88739dc21098e278fe946626875f390ddccca870f22df0d1eca1bafe5daf');
    expect(training).toEqual({
      seed: 42,
      figures: { auc: 0.1 + 0.2, tiny: 5e-324 },
      note: 'made in the test',
    });
    if (!isPipeline(model)) throw new Error('expected a pipeline');
    expect(model.steps.map(({ type }) => type)).toEqual(['Drop', 'Centre']);
    expect(model.predict(x)).toEqual([0, 0, 1, 1]);
    expect(model.predictProba(x)[1][1]).toBeCloseTo(1 / (1 + Math.exp(6.05)), 15);
  });
});

describe('parseModel rejects', () => {
  const refusal = async (text: string, allowed = classes) =>
    parseModel(text, allowed).then(
      () => 'no error',
      (error) => `${error.code}: ${error.message}`,
    );

  it('a text truncated anywhere', async () => {
    const text = await serializeModel(model());
    for (const length of [0, 1, 100, text.length - 2]) {
      expect(await refusal(text.slice(0, length))).toBe(
        'model-file: not a model file, or a truncated one: it is not valid JSON',
      );
    }
  });

  it.each(['[]', 'null', '"text"', '7'])('the JSON %s, which is not an object', async (text) => {
    expect(await refusal(text)).toBe('model-file: not a model file: it is not a JSON object');
  });

  it.each(['{}', '{"format":"pickle"}'])('%s of other origin', async (text) => {
    expect(await refusal(text)).toBe(
      'model-file: this is JSON, but not a model file: its "format" is not "@churn/model"',
    );
  });

  it('a file of a newer version, before reading anything else', async () => {
    expect(await refusal('{"format":"@churn/model","version":3}')).toBe(
      'model-file: format version 3 is newer than this package reads (up to 2); update @churn/core',
    );
  });

  it.each(['0', '1.5', '"1"', 'null'])('the version %s', async (version) => {
    expect(await refusal(`{"format":"@churn/model","version":${version}}`)).toBe(
      `model-file: expected a format version of at least 1, got ${version}`,
    );
  });

  it('a file after any edit', async () => {
    const text = await serializeModel(model(), training);
    const edits: [string, string][] = [
      ['"seed":42', '"seed":43'],
      ['"__proto__"', '"proto"'],
      ['"classes":[0,1]', '"classes":[1,0]'],
      ['@churn/core ', '@churn/core 9'],
      ['"hash":"', '"hash":"0'],
    ];
    for (const [before, after] of edits) {
      expect(text).toContain(before);
      expect(await refusal(text.replace(before, after))).toBe(
        'model-file: the hash does not match the content: the file is damaged or was edited',
      );
    }
  });

  it('a file without a hash', async () => {
    const { hash, ...rest } = JSON.parse(await serializeModel(model()));
    expect(hash).toBeDefined();
    expect(await refusal(JSON.stringify(rest))).toMatch(/^model-file: the hash does not match/);
  });

  it('a class that was not given', async () => {
    expect(await refusal(await serializeModel(model()), [Drop, NearestMean] as never)).toBe(
      'model-file: the model needs the class Centre, which is not allowed; allowed are Drop, NearestMean, Pipeline',
    );
  });

  it('forged content with a matching hash, if it is not a valid model', async () => {
    expect(await refusal(await forged({ model: [] }))).toBe(
      'model-file: model file.model: expected its state to be an object, got []',
    );
    expect(await refusal(await forged({ model: { type: 'Pipeline', state: { schema: [] } } }))).toBe(
      'model-file: Pipeline: expected "steps" to be a value, got nothing',
    );
    expect(await refusal(await forged({ training: 'none' }))).toBe(
      'model-file: expected "training" to be an object',
    );
    expect(await refusal(await forged({ training: undefined }))).toBe(
      'model-file: model file: expected "training" to be a value, got nothing',
    );
  });

  it('deep nesting, also when writing', async () => {
    const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
    const atMost = { note: nested(97) };
    expect((await parseModel(await serializeModel(model(), atMost), classes)).training).toEqual(atMost);
    expect(await refusal(await forged({ training: { note: nested(99) } }))).toBe(
      'model-file: not a model file: it is nested more than 100 levels deep',
    );
    const text = await serializeModel(model());
    const deep = text.replace(
      '"training":{}',
      `"training":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
    );
    expect(await refusal(deep)).toBe('model-file: not a model file: it is nested more than 100 levels deep');
    await expect(serializeModel(model(), { note: nested(99) })).rejects.toMatchObject({
      code: 'model-file',
      message: 'cannot save the model: it is nested more than 100 levels deep',
    });
  });

  it('inconsistent parts', async () => {
    const { state } = JSON.parse(await serializeModel(model())).model;
    const { schema, steps, model: last } = state;
    const [column] = schema;
    for (const [change, reason] of [
      [{ schema: [] }, 'the parts do not fit together: column "__proto__" is missing'],
      [
        { schema: [{ ...column, kind: 'category' }], steps: [] },
        'the parts do not fit together: column "__proto__": expected numbers',
      ],
      [{ schema: [column, column] }, 'expected "schema" to be columns with unique names'],
      [
        { steps: [{ type: 'Drop', state: { columns: ['__proto__'] } }] },
        'the parts do not fit together: column "__proto__" is missing',
      ],
      [
        { model: steps[0] },
        'Pipeline.model: expected a classifier or a regressor or a survival model, got the transformer Drop',
      ],
      [{ steps: [last] }, 'Pipeline.steps[0]: expected a transformer, got the classifier NearestMean'],
    ] as const) {
      expect(
        await refusal(await forged({ model: { type: 'Pipeline', state: { ...state, ...change } } })),
      ).toContain(reason);
    }
  });

  it('in one short line, whatever the file contains', async () => {
    const { state } = JSON.parse(await serializeModel(model())).model;
    const long = `a\n${'b'.repeat(10_000)}`;
    for (const change of [
      { steps: [{ type: long, state: {} }] },
      { steps: [{ type: 'Centre', state: { column: long, mean: 1 } }] },
      { schema: [{ name: 'a', kind: long }] },
      { schema: { [long]: 1 } },
    ]) {
      const message = await refusal(
        await forged({ model: { type: 'Pipeline', state: { ...state, ...change } } }),
      );
      expect(message).toMatch(/^model-file: [^\n]{1,400}$/);
    }
    expect(await refusal(await forged({ version: long }))).toMatch(/^model-file: [^\n]{1,200}$/);
  });
});
