import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChurnError, Labels, Table, TargetValues } from '@churn/core';
import type { SearchData } from '@churn/selection';
import { describeBuild, readBuild } from './build';
import { compressData, packData, readData } from './packed-data';
import { packValue, unpackValue } from './packed-value';
import { isPlainJson } from './plain-json';
import { addressOf } from './redis/connect';
import { errorOf, failureOf, readResult, resultText } from './result';
import { describeTask, fitTask, jobOf, pieceTask, type Task, taskKey } from './task';

const DATA: SearchData = {
  x: Table.fromColumns([
    ['age', { kind: 'numeric', values: Float64Array.of(31.5, NaN, -0) }],
    ['__proto__', { kind: 'category', codes: Int32Array.of(0, -1, 1), levels: ['a', 'ü'] }],
  ]),
  y: Labels.from(['no', 'yes', 'no'], { positive: 'yes' }),
  splits: [{ train: Int32Array.of(0, 1), test: Int32Array.of(2) }],
  sampleWeight: Float64Array.of(1, 2, 0.5),
};
const BUILD = { version: '1.2.3', hash: 'a'.repeat(64) };

describe('packData', () => {
  it('preserves rows, labels, splits and weights', async () => {
    const packed = packData(DATA);
    const read = await readData(await compressData(packed), packed.hash);
    expect(Array.from(read.x.entries())).toEqual(Array.from(DATA.x.entries()));
    expect(read.y).toEqual(DATA.y);
    expect(read.splits).toEqual(DATA.splits);
    expect(read.sampleWeight).toEqual(DATA.sampleWeight);
    expect(packData(read).hash).toBe(packed.hash);
  });

  it('preserves target values, and the lack of folds', async () => {
    const { x } = DATA;
    const packed = packData({ x, y: TargetValues.from([1.5, 0, -2]), splits: [] });
    const read = await readData(await compressData(packed), packed.hash);
    expect(read.y).toEqual(TargetValues.from([1.5, 0, -2]));
    expect(read.sampleWeight).toBeUndefined();
  });

  it('has a different hash for different data', () => {
    const { x, y, splits } = DATA;
    const all = [
      DATA,
      { x, y, splits },
      { ...DATA, y: y.take([1, 0, 2]) },
      { ...DATA, splits: [...splits, ...splits] },
      { ...DATA, x: x.take([0, 2, 1]) },
    ];
    expect(new Set(all.map((each) => packData(each as SearchData).hash)).size).toBe(all.length);
  });

  it('rejects damaged data', async () => {
    const { hash } = packData(DATA);
    await expect(readData(Uint8Array.of(1, 2, 3), hash)).rejects.toThrow(
      /^the stored rows a?[0-9a-f]+ are damaged/,
    );
    const other = await compressData(packData({ ...DATA, splits: [] }));
    await expect(readData(other, hash)).rejects.toThrow(/their hash is/);
  });
});

describe('packValue', () => {
  it('preserves arrays of any length and alignment', () => {
    const value = {
      empty: new Float64Array(0),
      codes: Int32Array.of(1, -1, 3),
      nested: [{ part: Float64Array.of(0, 1.5, NaN).subarray(1) }],
    };
    const packed = packValue(value);
    const moved = new Uint8Array(packed.length + 3);
    moved.set(packed, 3);
    for (const each of [packed, moved.subarray(3)]) expect(unpackValue(each)).toEqual(value);
  });

  it.each([0, 3, 12, 40])('rejects %i arbitrary bytes', (n) => {
    expect(() => unpackValue(new Uint8Array(n).fill(255))).toThrow('the packed rows of a search are damaged');
  });
});

describe('tasks', () => {
  const params = [{ C: 1 }, { C: 2 }, { C: 3 }];
  const piece = { fold: 1, prefix: [0], candidates: [0, 2] };
  const candidates = { params, forOrder: true, build: () => undefined as never };
  const module = { url: 'file:///a.js', exportName: 'pipeline', context: { seed: 1 } };
  const job = jobOf({ ...candidates, module }, 'hash');

  it('have a key that depends on everything that determines the result, and nothing else', () => {
    const task = pieceTask(piece, params);
    const key = taskKey(task, job, BUILD);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    const elsewhere = jobOf({ ...candidates, module: { ...module, url: 'file:///b.js' } }, 'hash');
    const renumbered = pieceTask({ fold: 1, prefix: [5], candidates: [3, 4] }, [0, 0, 0, { C: 1 }, { C: 3 }]);
    expect(taskKey(renumbered, elsewhere, { ...BUILD, version: '9' })).toBe(key);
    const others: [Task, object, object][] = [
      [pieceTask({ ...piece, fold: 0 }, params), {}, {}],
      [pieceTask({ ...piece, candidates: [2, 0] }, params), {}, {}],
      [fitTask(0, params), {}, {}],
      [task, { data: 'other' }, {}],
      [task, { context: { seed: 2 } }, {}],
      [task, { forOrder: false }, {}],
      [task, { exportName: 'other' }, {}],
      [task, {}, { hash: 'b'.repeat(64) }],
    ];
    const keys = others.map(([each, ...[inJob, inBuild]]) =>
      taskKey(each, { ...job, ...inJob }, { ...BUILD, ...inBuild }),
    );
    expect(new Set([key, ...keys]).size).toBe(others.length + 1);
  });

  it('are described by their candidates', () => {
    expect(describeTask(pieceTask(piece, params))).toBe('candidates 0, 2, fold 1');
    expect(describeTask(fitTask(1, params))).toBe('candidate 1, all rows');
  });

  it('are rejected if JSON cannot represent them, or the pipeline has no module', () => {
    expect(() => fitTask(0, [{ on: new Date(0) }])).toThrow(
      /^candidate 0: its parameters: expected plain JSON/,
    );
    const dated = { ...module, context: new Date(0) as never };
    expect(() => jobOf({ ...candidates, module: dated }, 'hash')).toThrow(
      /^pipeline: the context: expected plain JSON/,
    );
    expect(() => jobOf(candidates, 'hash')).toThrow(
      /^pipeline: a function cannot be sent to other processes/,
    );
  });
});

describe('isPlainJson', () => {
  it.each([[null], ['text'], [1.5], [[1, [true]]], [{ a: { b: undefined } }], [Object.create(null)]])(
    'accepts %j',
    (value) => {
      expect(isPlainJson(value)).toBe(true);
    },
  );

  it.each([[undefined], [NaN], [-0], [1n], [new Map()], [[undefined]], [{ a: () => 1 }], [Symbol('a')]])(
    'rejects %p',
    (value) => {
      expect(isPlainJson(value)).toBe(false);
    },
  );
});

describe('results', () => {
  it('preserve predictions exactly, including numbers that are not finite', () => {
    const predictions = [
      { candidate: 3, predictions: [Float64Array.of(0.1, -0, NaN, Infinity)], fitMs: 1.25, scoreMs: 0 },
    ];
    expect(readResult(resultText({ predictions }))).toEqual({ predictions });
  });

  it.each([
    '',
    'null',
    '{}',
    '{"predictions":[{"candidate":1}]}',
    '{"predictions":[{"candidate":1,"predictions":["?"],"fitMs":1,"scoreMs":1}]}',
  ])('are missing where they are damaged: %s', (text) => {
    expect(readResult(text)).toBeUndefined();
  });

  it('preserve errors: the code and faults of a ChurnError, the message of any other', () => {
    const faults = [{ row: 3, column: 'age', detail: 'expected a number, got "x"' }];
    const error = new ChurnError('invalid-data', 'candidate 1, fold 0: row 3', { faults });
    const read = readResult(resultText({ failure: failureOf(error) }));
    const again = errorOf((read as { failure: never }).failure);
    expect(ChurnError.is(again) && [again.code, again.message, again.faults]).toEqual([
      error.code,
      error.message,
      faults,
    ]);
    const other = errorOf(failureOf(new TypeError('broken')));
    expect([ChurnError.is(other), other.message]).toEqual([false, 'broken']);
  });
});

describe('readBuild', () => {
  it('depends on the code and not on its path', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'build-'));
    try {
      const write = (where: string, code: string) => {
        mkdirSync(join(folder, where, 'inner'), { recursive: true });
        writeFileSync(join(folder, where, 'a.js'), code);
        writeFileSync(join(folder, where, 'inner/b.mjs'), 'b');
        writeFileSync(join(folder, where, 'notes.txt'), where);
        return readBuild('1.0.0', [join(folder, where)]);
      };
      const first = await write('first', 'a');
      expect(await write('second', 'a')).toEqual(first);
      expect((await write('third', 'c')).hash).not.toBe(first.hash);
      expect(describeBuild(first)).toMatch(/^version 1\.0\.0 \(build [0-9a-f]{12}\)$/);
      await expect(readBuild('1.0.0', [join(folder, 'none')])).rejects.toThrow(
        /^cannot read the build: ENOENT/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('addressOf', () => {
  it('omits credentials', () => {
    expect(addressOf('redis://user:secret@host:6380/2')).toBe('redis://host:6380/2');
    expect(addressOf('rediss://host')).toBe('rediss://host');
  });

  it.each(['host:6379', 'http://host', 'redis://', 'redis:6379'])('rejects %s', (url) => {
    expect(() => addressOf(url)).toThrow(/^url: expected an address such as redis:\/\/host:6379, got/);
  });
});
