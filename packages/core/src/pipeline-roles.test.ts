import { Centre, Drop, MeanRegressor, NearestMean, Products } from '../test/parts.js';
import { isPipeline } from './fitted-pipeline.js';
import type { FittedPart } from './model.js';
import { parseModel, serializeModel } from './model-file.js';
import { outputColumns } from './output-columns.js';
import { Pipeline } from './pipeline.js';
import { schemaOf } from './schema.js';
import { Table } from './table.js';
import { TargetValues } from './target-values.js';
import type { FittedTransformer, Transformer } from './transformer.js';

const x = Table.fromColumns({ a: [1, 2, 3, 6], b: [5, 6, 7, 8] });
const amounts = TargetValues.from([10, 20, 30, 40]);
const classes = [Centre, Drop, MeanRegressor, NearestMean];

describe('a pipeline that ends in a regressor', () => {
  const model = new Pipeline([new Centre('a')], new MeanRegressor()).fit(x, amounts);

  it('is a regressor, and accepts a plain list as target values', () => {
    expect(model.role).toBe('regressor');
    expect(model.predict(x)).toEqual(new Float64Array(4).fill(25));
    expect(outputColumns(model, x)).toEqual([new Float64Array(4).fill(25)]);
    expect(new Pipeline([], new MeanRegressor()).fit(x, [1.5, 2, 2, 2.5]).predict(x)[0]).toBe(2);
  });

  it('has no probabilities, in types and at run time', () => {
    // @ts-expect-error A regressor has none.
    expect(() => model.predictProba(x)).toThrow(
      'predictProba: this pipeline ends in MeanAmount, which has no such method',
    );
    expect(model.classes).toBeUndefined();
  });

  it('rejects class labels', () => {
    // @ts-expect-error Text is no amount.
    const fit = () => new Pipeline([], new MeanRegressor()).fit(x, ['a', 'b', 'a', 'b']);
    expect(fit).toThrow('row 0: expected a finite number, got "a"');
  });

  it('is saved and loaded by its role', async () => {
    const text = await serializeModel(model);
    const loaded = await parseModel(text, classes, 'regressor');
    expect(loaded.model.predict(x)).toEqual(model.predict(x));
    await expect(parseModel(text, classes)).rejects.toMatchObject({
      code: 'model-file',
      message:
        "model file.model: expected a classifier, got the regressor Pipeline; pass 'regressor' after the classes to allow it",
    });
  });

  it('attributes predictions to raw columns', () => {
    const products = new Pipeline([new Products()], new MeanRegressor()).fit(x, amounts);
    const [{ baseline, contributions }] = products.attributions?.(x).outputs ?? [];
    expect(baseline).toBe(25);
    // The product's 3 is divided between its factors, beside the 1 and 2 of their own.
    expect(contributions.map(([first]) => first)).toEqual([2.5, 3.5]);
  });

  it('has no attributions if its model has none, or a feature has no origin', () => {
    expect(new Pipeline([], new NearestMean()).fit(x, [0, 0, 1, 1]).attributions).toBeUndefined();
    const nowhere: Transformer = {
      role: 'transformer',
      fit: (): FittedTransformer => ({
        role: 'transformer',
        type: 'Nowhere',
        state: {},
        transform: (table) => table.with({ c: table.numeric('a') }),
      }),
      fitTransform(table) {
        return { fitted: this.fit(table), output: table.with({ c: table.numeric('a') }) };
      },
    };
    expect(new Pipeline([nowhere], new MeanRegressor()).fit(x, amounts).attributions).toBeUndefined();
  });
});

describe('a pipeline without a model', () => {
  const steps = new Pipeline([new Centre('a'), new Drop(['b'])]);
  const fitted = steps.fit(x);

  it('is a transformer, and may be a step of another', () => {
    expect(fitted.role).toBe('transformer');
    expect(fitted.transform(x).toRows()).toEqual([{ a: -2 }, { a: -1 }, { a: 0 }, { a: 3 }]);
    expect(steps.fitTransform(x).output.toRows()).toEqual(fitted.transform(x).toRows());
    const model = new Pipeline([steps], new NearestMean()).fit(x, [0, 0, 1, 1]);
    const flat = new Pipeline([new Centre('a'), new Drop(['b'])], new NearestMean()).fit(x, [0, 0, 1, 1]);
    expect(model.predictProba(x)).toEqual(flat.predictProba(x));
    expect(fitted.compileRow(schemaOf(x)).apply([5, 9])).toEqual([2]);
  });

  it('has no predictions, in types and at run time', () => {
    const predict: () => never = () => fitted.predict(x);
    expect(predict).toThrow('predict: this pipeline does not end in a model');
  });

  it('is saved and loaded, like any fitted part', async () => {
    const { model } = await parseModel(await serializeModel(fitted), classes, 'transformer');
    expect(model.transform(x).toRows()).toEqual(fitted.transform(x).toRows());
    const centre = new Centre('a').fit(x);
    const alone = await parseModel(await serializeModel(centre), classes, 'transformer');
    expect(alone.model).toEqual(centre);
    const bare = new NearestMean().fit(x, [0, 0, 1, 1]);
    const loaded = await parseModel(await serializeModel(bare), classes);
    expect(loaded.model).toEqual(bare);
    expect(isPipeline(loaded.model)).toBe(false);
  });
});

describe('invalid parts are rejected', () => {
  it.each<[string, () => unknown, string]>([
    [
      'a class as a step',
      () => new Pipeline([Centre as never]),
      'steps[0]: expected an unfitted transformer, got the class Centre; create an instance with new',
    ],
    [
      'a fitted step',
      () => new Pipeline([new Centre('a').fit(x) as never]),
      'steps[0]: expected an unfitted transformer, got a fitted Centre',
    ],
    [
      'a model among the steps',
      () => new Pipeline([new NearestMean() as never]),
      'steps[0]: expected an unfitted transformer, got a classifier',
    ],
    [
      'a transformer as the model',
      () => new Pipeline([], new Centre('a') as never),
      'model: expected an unfitted model, got a transformer',
    ],
    [
      'an object',
      () => new Pipeline([], {} as never),
      'model: expected an unfitted model, got an object without a role',
    ],
    [
      'steps that are not a list',
      () => new Pipeline(new Centre('a') as never),
      'steps: expected a list of transformers',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringContaining(message) }),
    );
  });

  it.each<[string, unknown, string]>([
    ['a specification', new NearestMean(), 'got NearestMean that is not fitted; save what fit returns'],
    ['nothing', undefined, 'got undefined'],
    ['a pipeline before fit', new Pipeline([], new NearestMean()), 'got Pipeline that is not fitted'],
  ])('%s, at saving', async (_, part, message) => {
    await expect(serializeModel(part as FittedPart)).rejects.toMatchObject({
      code: 'invalid-parameter',
      message: expect.stringContaining(message),
    });
  });
});

it('a pipeline keeps a summary of its raw columns', () => {
  const { summary } = new Pipeline([new Drop(['b']), new Centre('a')], new NearestMean()).fit(
    x,
    [0, 0, 1, 1],
  );
  expect(summary).toEqual({
    rows: 4,
    columns: [{ name: 'a', kind: 'numeric', missing: 0, mean: 3, min: 1, max: 6 }],
  });
});
