import { Table } from '@churn/core';
import { GradientBoostingClassifier } from './boosting/gradient-boosting.js';
import { LogisticRegression } from './linear/logistic-regression.js';
import { TreeGrower } from './trees/tree-grower.js';
import { instantiate, requireMemory } from './wasm-module.js';

/** `(func (export "next") (result i32))`, which counts from 1, and a memory. */
const COUNTER = 'AGFzbQEAAAABBQFgAAF/AwIBAAUDAQABBgYBfwFBAAsHEQIEbmV4dAAABm1lbW9yeQIACg0BCwAjAEEBaiQAIwAL';

interface Counter {
  readonly memory: { readonly buffer: ArrayBuffer };
  next(): number;
}

describe('instantiate', () => {
  it('creates independent instances', () => {
    const [a, b] = [instantiate<Counter>(COUNTER), instantiate<Counter>(COUNTER)];
    expect([a.next(), a.next(), b.next()]).toEqual([1, 2, 1]);
    new Uint8Array(a.memory.buffer)[0] = 7;
    expect(new Uint8Array(b.memory.buffer)[0]).toBe(0);
    expect(a.memory.buffer.byteLength).toBe(65_536);
  });
});

describe('requireMemory', () => {
  it('rejects sizes beyond the largest memory', () => {
    expect(() => requireMemory(2 ** 32 - 2 ** 20)).not.toThrow();
    expect(() => requireMemory(6 * 2 ** 30)).toThrow(
      expect.objectContaining({
        code: 'invalid-data',
        message: 'these rows, columns and parameters take 6.0 GiB to learn from; expected less than 4',
      }),
    );
  });

  it('is checked before trees are grown and boosted', () => {
    // 2,750 columns with 255 bins and one for missing values, times 400 leaves, at 16 bytes each: 4.2 GiB of histograms.
    const column = Float64Array.from({ length: 400 }, (_, row) => row);
    const x = Table.fromColumns(
      Array.from({ length: 2750 }, (_, j): [string, Float64Array] => [`x${j}`, column]),
    );
    const boosting = new GradientBoostingClassifier({ growth: 'leaf', maxLeafNodes: 400, nEstimators: 1 });
    expect(() =>
      boosting.fit(
        x,
        Array.from(column, (row) => row % 2),
      ),
    ).toThrow('take 4.2 GiB to learn from');
    const codes = Array.from({ length: 44_000 }, () => new Uint8Array(0));
    const rows = { nRows: 100_000, target: { nClasses: 2, classes: new Int32Array(0) }, codes, edges: [] };
    const options = {
      criterion: 'gini',
      splitter: 'best',
      maxFeatures: 1,
      minSamplesSplit: 2,
      minSamplesLeaf: 1,
    } as const;
    expect(() => new TreeGrower(rows, options)).toThrow('take 4.1 GiB to learn from');
  });
});

describe('memory', () => {
  const whole = globalThis as unknown as { WebAssembly: { Memory: new (limits: object) => object } };
  const { Memory } = whole.WebAssembly;

  afterEach(() => {
    whole.WebAssembly.Memory = Memory;
  });

  it('that exceeds the machine is reported', () => {
    // A MiB has 16 pages.
    whole.WebAssembly.Memory = class extends Memory {
      constructor(limits: object) {
        super({ ...limits, maximum: 16 });
      }
    };
    const x = Table.fromColumns([['x', Float64Array.from({ length: 100_000 }, (_, row) => row)]]);
    const y = Array.from({ length: 100_000 }, (_, row) => row % 2);
    for (const model of [new GradientBoostingClassifier({ nEstimators: 1 }), new LogisticRegression()]) {
      expect(() => model.fit(x, y)).toThrow(
        expect.objectContaining({
          code: 'invalid-data',
          message: expect.stringMatching(
            /^these rows, columns and parameters take 0.0 GiB to learn from, more than the memory that is left$/,
          ),
        }),
      );
    }
  });
});
