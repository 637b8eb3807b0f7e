import { Labels, packArray, Random, StateReader, Table } from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import fc from 'fast-check';
import type { KernelName } from './kernel.js';
import { gammaOf, kernelKey } from './kernel.js';
import { KernelRows } from './machine.js';
import { SVC, type SVCOptions } from './svc.js';

/** Rows of two or three classes, with noise. */
function noisyRows(nRows: number, nClasses: number) {
  const random = new Random('rows', nRows, nClasses);
  const codes = Array.from({ length: nRows }, (_, row) => row % nClasses);
  const column = () => Float64Array.from(codes, (code) => code - 1 + random.normal());
  return {
    x: Table.fromColumns({ a: column(), b: column(), c: column() }),
    y: codes.map((code) => 'abc'[code]),
  };
}

describe.each<[number, SVCOptions]>([
  [2, {}],
  [2, { kernel: 'linear', C: 0.1 }],
  [2, { kernel: 'poly', degree: 2, coef0: 1, classWeight: 'balanced' }],
  [2, { kernel: 'sigmoid', gamma: 0.1, probability: false }],
  [3, { C: 10, gamma: 'auto' }],
])('SVC of %i classes with %j', (nClasses, options) => {
  it.each(
    classifierConformance({
      classifier: new SVC(options),
      others: [new SVC({ ...options, C: 3 }), new SVC({ ...options, kernel: 'linear' })],
      restorable: SVC,
      ...noisyRows(45, nClasses),
    }),
  )('$name', ({ run }) => run());
});

describe('SVC', () => {
  const { x, y } = noisyRows(60, 2);

  it('separates two rows midway between them, as computed by hand', () => {
    const table = Table.fromColumns({ a: [0, 4], b: [0, 0] });
    const { machine, ...model } = fitted({ kernel: 'linear', C: 10 }, table, [0, 1]);
    // The margin is 4 wide: w = 2 / 4 along a, and both coefficients are 2 / 4².
    expect(Array.from(machine.pairs[0].coefficients)).toEqual([-0.125, 0.125]);
    expect(model.scores(Table.fromColumns({ a: [0, 2, 4, 6], b: [5, 5, 5, 5] }))).toEqual([-1, 0, 1, 2]);
  });

  it('limits coefficients to C, as computed by hand', () => {
    const { machine } = fitted({ kernel: 'linear', C: 0.05 }, Table.fromColumns({ a: [0, 4] }), [0, 1]);
    expect(Array.from(machine.pairs[0].coefficients)).toEqual([-0.05, 0.05]);
  });

  it('violates no condition of optimality by more than the tolerance', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom('rbf', 'linear', 'poly'),
        fc.constantFrom(0.1, 1, 30),
        (seed, kernel, C) => {
          const random = new Random(seed);
          const table = Table.fromMatrix(
            Array.from({ length: 30 }, () => [random.normal(), random.normal()]),
          );
          const labels = Array.from({ length: 30 }, (_, row) => (row < 2 ? row : random.int(2)));
          const rows = new KernelRows([table.numeric('x0'), table.numeric('x1')], {
            kernel,
            gamma: 0.5,
            degree: 2,
            coef0: 1,
          });
          const sides = Float64Array.from(labels, (label) => 2 * label - 1);
          const members = Int32Array.from(labels.keys());
          const bounds = new Float64Array(30).fill(C);
          const { coefficients, decisions, converged } = rows.solve({ members, sides, bounds }, 1e-4, 1e8);
          expect(converged).toBe(true);
          expect(Math.abs(coefficients.reduce((sum, a) => sum + a, 0))).toBeLessThan(1e-9 * C);
          const slack = 2e-4;
          coefficients.forEach((coefficient, row) => {
            const alpha = coefficient * sides[row];
            const margin = decisions[row] * sides[row];
            expect(alpha).toBeGreaterThanOrEqual(0);
            expect(alpha).toBeLessThanOrEqual(C);
            if (alpha < C) expect(margin).toBeGreaterThan(1 - slack);
            if (alpha > 0) expect(margin).toBeLessThan(1 + slack);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('finds the same with a cache of two rows as with a cache of all', () => {
    const wide = noisyRows(400, 2);
    const [small, large] = [1e-6, 100].map((cacheSizeMb) =>
      fitted({ C: 10, cacheSizeMb, tolerance: 1e-6 }, wide.x, wide.y).scores(wide.x),
    );
    small.forEach((score, row) => {
      expect(Math.abs(score - large[row])).toBeLessThan(1e-5);
    });
  });

  it('caches no more kernel rows than fit into the given memory', () => {
    const wide = noisyRows(2000, 2);
    const columns = wide.x.names.map((name) => wide.x.numeric(name));
    const kernel = { kernel: 'rbf', gamma: 2, degree: 3, coef0: 0 } as const;
    const sides = Float64Array.from(wide.y, (label) => (label === 'a' ? 1 : -1));
    const problem = {
      members: Int32Array.from(sides.keys()),
      sides,
      bounds: new Float64Array(2000).fill(10),
    };
    const taken = [2, 4, 8].map((cacheSizeMb) => {
      const rows = new KernelRows(columns, kernel, cacheSizeMb);
      expect(rows.solve(problem, 1e-3, 1e6).converged).toBe(true);
      return rows.nBytes / 2 ** 20 - cacheSizeMb;
    });
    // Apart from the kernels, each row takes some 150 bytes, and pages are allocated ahead.
    for (const beside of taken) expect(beside).toBeLessThan(0.5);
    expect(taken[2]).toBeGreaterThan(-1);
  });

  it('rejects rows that do not fit into memory', () => {
    const column = new Float64Array(70_000);
    const columns = Array.from({ length: 16_000 }, () => column);
    expect(() => new KernelRows(columns, { kernel: 'linear', gamma: 1, degree: 1, coef0: 0 })).toThrow(
      'take 4.2 GiB to learn from',
    );
  });

  it('shares the kernel among equivalent parameters, and fits each as if alone', () => {
    const columns = x.names.map((name) => x.numeric(name));
    const gamma = gammaOf('scale', columns);
    const specifications = [
      new SVC({ C: 2 }),
      new SVC({ C: 3, gamma }),
      new SVC({ C: 2, gamma: 'auto', degree: 5 }),
      new SVC({ C: 2, gamma: gammaOf('auto', columns), coef0: 1 }),
      new SVC({ kernel: 'linear', gamma: 5 }),
      new SVC({ kernel: 'linear', degree: 2 }),
    ];
    const together = specifications[0].fitMany(x, y, specifications);
    const texts = (models: { state: unknown }[]) => models.map(({ state }) => JSON.stringify(state));
    expect(texts(together)).toEqual(texts(specifications.map((specification) => specification.fit(x, y))));
    expect(together.map(({ machine }) => machine.kernel.degree)).toEqual([3, 3, 5, 3, 3, 2]);
    const keys = together.map(({ machine }) => kernelKey(machine.kernel));
    expect(keys[1]).toBe(keys[0]);
    expect(keys[3]).toBe(keys[2]);
    expect(keys[5]).toBe(keys[4]);
    expect(new Set(keys).size).toBe(3);
    const poly = { kernel: 'poly', gamma: 1, degree: 2, coef0: 0 } as const;
    expect(kernelKey({ ...poly, degree: 3 })).not.toBe(kernelKey(poly));
    expect(kernelKey({ ...poly, kernel: 'sigmoid', coef0: 1 })).not.toBe(
      kernelKey({ ...poly, kernel: 'sigmoid' }),
    );
  });

  it('returns the same result with and without shrinking', () => {
    // More steps than between two rounds of shrinking, in a problem where most rows can be set aside.
    const wide = noisyRows(3000, 2);
    const { machine, scores } = fitted({ kernel: 'poly', degree: 2, coef0: 1, C: 10 }, wide.x, wide.y);
    expect(machine.iterations).toBeGreaterThan(3000);
    const slack = 2e-3;
    let nMargins = 0;
    scores(wide.x).forEach((score) => {
      // All other rows lie beyond the margin.
      if (Math.abs(score) < 1 - slack) nMargins++;
    });
    expect(nMargins).toBeLessThanOrEqual(machine.nSupport);
  });

  it('finds the same for a subset of rows as for a table of these rows alone', () => {
    const { x: all, y: labels } = noisyRows(4000, 2);
    const columnsOf = (table: Table) => table.names.map((name) => table.numeric(name));
    const sidesOf = (members: Int32Array) =>
      Float64Array.from(members, (row) => (labels[row] === 'a' ? 1 : -1));
    const members = Int32Array.from({ length: 2600 }, (_, k) => 3999 - Math.floor(1.5 * k));
    const kernel = { kernel: 'rbf', gamma: 0.5, degree: 3, coef0: 0 } as const;
    const solve = (rows: KernelRows, of: Int32Array) =>
      rows.solve(
        { members: of, sides: sidesOf(members), bounds: new Float64Array(2600).fill(20) },
        1e-5,
        1e7,
      );
    const some = solve(new KernelRows(columnsOf(all), kernel, 50), members);
    const alone = solve(
      new KernelRows(columnsOf(all.take(members)), kernel, 50),
      members.map((_, k) => k),
    );
    expect(some.steps).toBeGreaterThan(2000);
    expect(Math.abs(some.objective / alone.objective - 1)).toBeLessThan(1e-6);
    some.decisions.forEach((decision, k) => {
      expect(Math.abs(decision - alone.decisions[k])).toBeLessThan(1e-3);
    });
  });

  it('is invariant to shifts of the features', () => {
    const near = noisyRows(500, 2);
    const far = Table.fromColumns(
      Object.fromEntries(
        near.x.names.map((name) => [name, near.x.numeric(name).map((value) => value + 2 ** 30)]),
      ),
    );
    const gamma = 0.7;
    const [a, b] = [near.x, far].map((table) => fitted({ C: 5, gamma }, table, near.y).scores(table));
    a.forEach((score, row) => {
      expect(Math.abs(score - b[row])).toBeLessThan(2e-3);
    });
  });

  it('fits the same in reused memory', () => {
    const small = noisyRows(37, 2);
    const text = ({ x: table, y: labels }: typeof small, kernel: KernelName) =>
      JSON.stringify(new SVC({ kernel, C: 3 }).fit(table, labels).state);
    const first = text(small, 'rbf');
    text(noisyRows(300, 3), 'poly');
    expect(text(small, 'rbf')).toBe(first);
  });

  it('predicts probabilities that increase with the decision, and agree with predict', () => {
    const model = new SVC({ C: 1 }).fit(x, y);
    const [scores] = model.decisionFunction(x);
    const [, p] = model.predictProba(x);
    const order = Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b]);
    for (let i = 1; i < order.length; i++) expect(p[order[i]]).toBeGreaterThanOrEqual(p[order[i - 1]]);
    expect(model.predict(x)).toEqual(Array.from(p, (value) => (value > 0.5 ? 'b' : 'a')));
  });

  it('warns if it stopped before it converged', () => {
    const warnings: string[] = [];
    const model = new SVC({ maxIterations: 3, onWarning: (message) => warnings.push(message) }).fit(x, y);
    expect(model.machine.converged).toBe(false);
    expect(warnings).toEqual([
      'SVC stopped after 3 steps, with a pair of rows that still violates optimality by more than 0.001',
    ]);
  });

  it('never predicts a class without rows', () => {
    const labels = Labels.from(y, ['a', 'b', 'absent']);
    const model = new SVC().fit(x, labels);
    expect(model.predict(x)).not.toContain('absent');
  });

  it.each<[string, Table, number[]]>([
    ['constant columns', Table.fromColumns({ a: [1, 1, 1, 1], b: [2, 2, 2, 2] }), [0, 1, 0, 1]],
    ['one row per class', Table.fromColumns({ a: [1, 2] }), [0, 1]],
    ['equal rows with opposite labels', Table.fromColumns({ a: [1, 1, 2, 2] }), [0, 1, 0, 1]],
  ])('fits %s', (_, table, labels) => {
    const [, p] = new SVC().fit(table, labels).predictProba(table);
    expect(p.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('names values that are too large', () => {
    const table = Table.fromColumns({ a: [1e200, -1e200, 3e200], b: [1, 2, 3] });
    expect(() => new SVC({ kernel: 'linear' }).fit(table, [0, 1, 1])).toThrow(
      'the values are too large to compute kernels with; scale the columns first',
    );
    expect(() => new SVC().fit(Table.fromColumns({}, 2), [0, 1])).toThrow(
      'expected feature columns, got none',
    );
  });

  it.each<[SVCOptions, string]>([
    [{ C: 0 }, 'C: expected a number above 0, got 0'],
    [{ kernel: 'cosine' as 'rbf' }, 'kernel: expected one of linear, poly, rbf, sigmoid, got "cosine"'],
    [{ gamma: -1 }, 'gamma: expected one of scale, auto or a number above 0, got -1'],
    [{ degree: 0 }, 'degree: expected an integer from 1 to 100, got 0'],
    [{ coef0: NaN }, 'coef0: expected a number, got NaN'],
    [{ probability: 1 as unknown as boolean }, 'probability: expected true or false, got 1'],
    [{ tolerance: 0 }, 'tolerance: expected a number above 0, got 0'],
    [{ maxIterations: 0 }, 'maxIterations: expected an integer from 1 to 2147483647, got 0'],
    [{ cacheSizeMb: 0 }, 'cacheSizeMb: expected a number above 0, got 0'],
    [{ seed: Infinity }, 'seed: expected a number, got Infinity'],
  ])('rejects %j', (options, message) => {
    expect(() => new SVC(options)).toThrow(expect.objectContaining({ code: 'invalid-parameter', message }));
  });

  it('rejects a damaged state', () => {
    const state = new SVC().fit(x, y).state;
    const damaged = (change: object) => () =>
      SVC.restore(new StateReader('SVC', { ...JSON.parse(JSON.stringify(state)), ...change }));
    expect(damaged({})).not.toThrow();
    const { kernel, pairs, supportVectors, features } = state;
    const [{ coefficients }] = pairs;
    const huge = packArray(new Float64Array(state.nSupport).fill(1e308));
    for (const [change, message] of [
      [{ nSupport: 1 }, '"values" to be the base64 of 1 numbers'],
      [{ pairs: [] }, '"pairs" to be one for each two classes'],
      [{ supportVectors: [] }, '"supportVectors" to be values of each feature'],
      [{ features: ['a'] }, '"supportVectors" to be values of each feature'],
      [{ features: features.map(() => 'a') }, '"features" to be unique names'],
      [{ classes: ['a'] }, '"classes" to be two or more classes'],
      [{ kernel: { ...kernel, gamma: -1 } }, '"gamma" to be a number above 0'],
      [{ kernel: { ...kernel, degree: 1e9 } }, '"degree" to be an integer from 1 to 100'],
      [{ pairs: [{ ...pairs[0], coefficients: huge }] }, '"coefficients" to be small enough'],
      [{ supportVectors: supportVectors.map(() => ({ values: huge })) }, '"coefficients" to be small enough'],
      [{ pairs: [{ ...pairs[0], coefficients: coefficients.slice(4) }] }, '"coefficients" to be the base64'],
    ] as const) {
      expect(damaged(change)).toThrow(message);
    }
  });
});

/** Fits a machine without probabilities, and returns its decisions. */
function fitted(options: SVCOptions, table: Table, y: (string | number)[]) {
  const model = new SVC({ ...options, probability: false }).fit(table, y);
  return {
    machine: model.machine,
    scores: (rows: Table) =>
      Array.from(model.decisionFunction(rows)[0], (score) => Math.round(score * 1e12) / 1e12),
  };
}

it('fits gamma scale and auto once on standardised columns, where they are equal', () => {
  const random = new Random(3);
  const raw = Array.from({ length: 3 }, () => Float64Array.from({ length: 60 }, () => random.normal()));
  const columns = raw.map((column) => {
    const mean = column.reduce((sum, value) => sum + value / 60, 0);
    const sd = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2 / 60, 0));
    return column.map((value) => (value - mean) / sd);
  });
  const x = Table.fromColumns({ a: columns[0], b: columns[1], c: columns[2] });
  const y = Array.from(raw[0], (value, i) => (value + raw[1][i] > 0 ? 1 : 0));
  const [scale, auto] = new SVC().fitMany(x, y, [new SVC({ gamma: 'scale' }), new SVC({ gamma: 'auto' })]);
  expect(auto).toBe(scale);
  expect(scale.state).toEqual(new SVC({ gamma: 'auto' }).fit(x, y).state);
  expect(scale.state).toMatchObject({ kernel: { gamma: Number((1 / 3).toPrecision(12)) } });
});
