import { inspect } from 'node:util';
import { Centre, Drop, NearestMean } from '../test/parts.js';
import { Pipeline } from './pipeline.js';
import { pipelineText } from './pipeline-text.js';
import { Table } from './table.js';

const x = Table.fromColumns({ a: [1, 2, 3, 4], b: [1, 1, 1, 1] });
const pipeline = new Pipeline([new Drop(['b']), new Centre('a')], new NearestMean());

it('a pipeline shows its parts in order, wherever it is inspected', () => {
  const text = 'Pipeline\n├─ Drop\n├─ Centre\n└─ NearestMean';
  expect(String(pipeline)).toBe(text);
  expect(inspect(pipeline)).toBe(text);
  const display = pipeline[Symbol.for('Jupyter.display') as unknown as keyof typeof pipeline] as unknown;
  expect((display as () => Record<string, string>).call(pipeline)).toEqual({
    'text/plain': text,
    'text/html': expect.stringMatching(/<strong>Pipeline<\/strong>.*Drop.*Centre.*NearestMean/),
  });
});

it('a fitted pipeline shows that it is fitted, and one without a model only steps', () => {
  expect(inspect(pipeline.fit(x, [0, 0, 1, 1]))).toBe(
    'Pipeline, fitted: classifier of 1 columns\n├─ Drop\n├─ Centre\n└─ NearestMean',
  );
  expect(String(new Pipeline([new Centre('a')]))).toBe('Pipeline\n└─ Centre');
  expect(String(new Pipeline([]))).toBe('Pipeline');
});

it('non-default options follow a name, and descriptions replace it, each in one short line', () => {
  class Model {
    static readonly type = 'Model';
    static readonly parameters = { C: { default: 1 }, penalty: { default: 'l2' }, seed: {} };
    readonly options = { C: 0.5, penalty: 'l2', seed: undefined };
  }
  const described = { describe: () => `means\n${'a'.repeat(200)}` };
  const [, first, second] = pipelineText('Pipeline', [described, new Model()]).split('\n');
  expect(first).toMatch(/^├─ means a{90,}…$/);
  expect(second).toBe('└─ Model { C: 0.5 }');
});
