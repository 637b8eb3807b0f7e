import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChurnError,
  type Classifier,
  type FittedClassifier,
  type FittedPipeline,
  Pipeline,
  Random,
  Table,
} from '@churn/core';
import { lower, toOnnx } from '@churn/exchange';
import { classifiers, GradientBoostingClassifier, VotingClassifier } from '@churn/models';
import {
  CategoryEncoder,
  MeanImputer,
  ModeImputer,
  OneHotEncoder,
  PowerTransformer,
  QuantileTransformer,
  SplineTransformer,
  StandardScaler,
} from '@churn/transforms';
import { chromium, hasBrowser, root, run } from './process';

const folder = mkdtempSync(join(tmpdir(), 'churn-onnx-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Rows with gaps; wild ones have extremes, and levels that the others do not have. */
function tableOf(nRows: number, seed: number, isWild: boolean): Table {
  const random = new Random(seed);
  const isOdd = () => isWild && random.uniform() < 0.05;
  const numbers = (draw: () => number) =>
    Float64Array.from({ length: nRows }, () =>
      random.uniform() < 0.1 ? NaN : isOdd() ? 1e6 * random.normal() : draw(),
    );
  return Table.fromColumns({
    age: numbers(() => 20 + random.int(60)),
    balance: numbers(() => 1000 * random.normal()),
    plan: Array.from({ length: nRows }, () =>
      random.uniform() < 0.1 ? null : isOdd() ? 'unseen' : ['basic', 'plus', 'family'][random.int(3)],
    ),
  });
}

const train = tableOf(400, 1, false);
const asked = tableOf(2000, 2, true);
const left = train.toRows().map(({ age, plan }, i) => {
  const score = (Number(age) - 50) / 20 + (plan === 'plus' ? 1 : 0) + Math.sin(i);
  return score > 0 ? 'leaves' : 'stays';
});
const steps = () => [new MeanImputer(), new ModeImputer(), new CategoryEncoder(), new StandardScaler()];

/** Pipelines that ONNX carries, by what is in them. */
function pipelines(): [string, FittedPipeline<FittedClassifier>][] {
  const others = {
    'gaps and categories': new Pipeline([], new GradientBoostingClassifier({ nEstimators: 20 })),
    'powers, quantiles and splines': new Pipeline(
      [
        new MeanImputer(),
        new ModeImputer(),
        new OneHotEncoder(),
        new PowerTransformer({ columns: ['balance'] }),
        new QuantileTransformer({ columns: ['age'], outputDistribution: 'normal' }),
        new SplineTransformer({ columns: ['age'] }),
      ],
      new GradientBoostingClassifier({ nEstimators: 5 }),
    ),
    'a vote': new Pipeline(
      steps(),
      new VotingClassifier({ classifiers: [new GradientBoostingClassifier(), new classifiers[0]()] }),
    ),
  };
  const plain = classifiers.map(
    (Class) => [Class.type, new Pipeline(steps(), new Class() as Classifier<FittedClassifier>)] as const,
  );
  return [...plain, ...Object.entries(others)].map(([name, pipeline]) => [
    name,
    pipeline.fit(train, left) as FittedPipeline<FittedClassifier>,
  ]);
}

interface Scored {
  readonly probabilities: readonly (number | null)[];
  readonly labels: readonly string[];
}

const inBrowser = hasBrowser ? describe : describe.skip;
const why = hasBrowser ? '' : ' (skipped: there is no Chromium here, and CHROMIUM names none)';
inBrowser(`onnxruntime-web in Chromium${why}`, () => {
  it('scores like the pipelines', () => {
    const fitted = pipelines();
    const refused: string[] = [];
    const written: typeof fitted = [];
    const cases = fitted.flatMap(([name, pipeline]) => {
      try {
        const program = lower(pipeline);
        writeFileSync(join(folder, `${written.length}.onnx`), toOnnx(program));
        const inputs = program.inputs.map((id) => {
          const { name, kind } = program.columns[id];
          if (kind === 'number') return { name, numbers: Array.from(asked.numeric(name)) };
          const { codes, levels } = asked.category(name);
          return { name, texts: Array.from(codes, (code) => (code < 0 ? '' : levels[code])) };
        });
        return [{ model: `/${written.push([name, pipeline]) - 1}.onnx`, inputs }];
      } catch (error) {
        if (!ChurnError.is(error) || error.code !== 'unsupported') throw error;
        refused.push(name);
        return [];
      }
    });
    expect(refused).toEqual(['DummyClassifier']);
    writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases));
    writeFileSync(
      join(folder, 'index.html'),
      '<!doctype html><title>ONNX</title><script type="module" src="/page.mjs"></script>',
    );
    cpSync(join(root, 'checks/test/onnx/page.mjs'), join(folder, 'page.mjs'));
    const runtime = join(root, 'checks/node_modules/onnxruntime-web/dist');
    for (const file of ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm']) {
      cpSync(join(runtime, file), join(folder, file));
    }
    const script = join(root, 'checks/test/strict-policy/open-page.mjs');
    const policy = "default-src 'self' 'wasm-unsafe-eval'";
    const printed = run(process.execPath, [script, folder, chromium ?? 'chromium', policy], folder);
    const scored: Scored[] | string = JSON.parse(printed);
    if (typeof scored === 'string') throw new Error(scored);
    written.forEach(([name, pipeline], i) => {
      const [first, second] = pipeline.predictProba(asked);
      const { probabilities, labels } = scored[i];
      const worst = Array.from(first, (share, row) =>
        Math.max(
          Math.abs(share - (probabilities[2 * row] ?? NaN)),
          Math.abs(second[row] - (probabilities[2 * row + 1] ?? NaN)),
        ),
      ).reduce((most, value) => Math.max(most, value), 0);
      expect([name, worst < 1e-9]).toEqual([name, true]);
      // What is even may be called either way.
      const isEven = (row: number) => Math.abs(first[row] - (pipeline.threshold ?? 0.5)) < 1e-9;
      const called = pipeline.predict(asked);
      expect(labels.filter((_, row) => !isEven(row))).toEqual(called.filter((_, row) => !isEven(row)));
    });
  });
});
