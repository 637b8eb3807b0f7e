import { cos, exp, expm1, log, log1p, pow, tanh } from '@churn/core';
import { normalQuantile } from '@churn/transforms';
import type { Condition, Expression } from '../program/expression.js';
import type { Program } from '../program/program.js';
import { ENGINES, type SqlEngine } from './testing/engine.js';
import { toSql } from './to-sql.js';

const x: Expression = { op: 'column', id: 0 };
const y: Expression = { op: 'column', id: 1 };
const t: Expression = { op: 'column', id: 2 };

const INPUTS = [
  { name: 'x', kind: 'number' },
  { name: 'y', kind: 'number' },
  { name: 't', kind: 'text' },
] as const;

/** A program that makes columns of the numbers `x` and `y` and the text `t`. */
function programOf(values: readonly Expression[]): Program {
  return {
    columns: [...INPUTS, ...values.map((_, i) => ({ name: `v${i}`, kind: 'number' as const }))],
    inputs: [0, 1, 2],
    steps: [{ kind: 'compute', of: 'Test', columns: values.map((value, i) => ({ id: i + 3, value })) }],
    checks: [],
    output: { kind: 'columns', columns: values.map((_, i) => i + 3) },
  };
}

type Row = readonly [x: number | null, y: number | null, t: string | null];

const number = (value: number): Expression => ({ op: 'number', value });

/** 1 where a condition holds, and 0 elsewhere. */
function asNumber(when: Condition): Expression {
  // biome-ignore lint/suspicious/noThenProperty: the term of a program
  return { op: 'choose', cases: [{ when, then: number(1) }], otherwise: number(0) };
}

for (const { dialect, title, isHere, start } of ENGINES) {
  (isHere ? describe : describe.skip)(title, () => {
    let engine: SqlEngine;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine?.stop());

    const evaluate = (values: readonly Expression[], rows: readonly Row[]) =>
      engine.score(
        { columns: INPUTS, rows },
        toSql(programOf(values), { dialect, from: 'raw', view: 'scored' }),
      );

    it('elementary functions of any number', async () => {
      const numbers = [
        -1e308, -800, -3, -1, -0.01, -1e-12, -5e-324, 0, 5e-324, 1e-12, 1e-3, 0.5, 1, 3, 700, 800, 1e308,
      ];
      const functions = [
        ['exp', exp],
        ['log', log],
        ['log1p', log1p],
        ['expm1', expm1],
        ['sqrt', Math.sqrt],
        ['tanh', tanh],
        ['sigmoid', (value: number) => 1 / (1 + exp(-value))],
        ['negate', (value: number) => -value],
        ['abs', Math.abs],
      ] as const;
      const rows = await evaluate(
        functions.map(([op]) => ({ op, of: x })),
        numbers.map((value): Row => [value, 0, '']),
      );
      functions.forEach(([op, of], j) => {
        rows.forEach((row, i) => {
          expectClose(row[j], of(numbers[i]), 2e-15, `${op}(${numbers[i]})`);
        });
      });
    });

    it('cosines, and quantiles of the normal distribution', async () => {
      const shares = [-0.1, 0, 1e-300, 1e-12, 0.001, 0.07, 0.08, 0.3, 0.5, 0.6, 0.93, 0.999999, 1, 1.1];
      const rows = await evaluate(
        [
          { op: 'normalQuantile', of: x },
          { op: 'cos', of: x },
        ],
        shares.map((share): Row => [share, 0, '']),
      );
      rows.forEach(([quantile, cosine], i) => {
        expectClose(quantile, normalQuantile(shares[i]), 1e-14, `quantile of ${shares[i]}`);
        expectClose(cosine, cos(shares[i]), 1e-15, `cosine of ${shares[i]}`);
      });
    });

    it('operations on missing numbers are missing, and comparisons with them are false', async () => {
      const less: Condition = { op: 'less', left: x, right: y };
      const rows = await evaluate(
        [
          { op: 'add', of: [x, y] },
          { op: 'min', of: [x, y] },
          { op: 'max', of: [x, number(2), y] },
          { op: 'linear', intercept: 1, terms: [{ weight: 2, of: x }] },
          { op: 'step', of: x, edges: [1], values: [5, 6] },
          { op: 'interpolate', of: x, x: [0, 1], y: [0, 10] },
          asNumber(less),
          asNumber({ op: 'not', of: less }),
          asNumber({ op: 'isMissing', of: x }),
          asNumber({
            op: 'or',
            of: [
              { op: 'isMissing', of: t },
              { op: 'oneOf', of: t, levels: ['a', "b'"] },
            ],
          }),
        ],
        [
          [1, 2, 'a'],
          [null, 2, null],
          [0.5, NaN, "b'"],
          [Infinity, -Infinity, 'c'],
        ],
      );
      expect(rows).toEqual([
        [3, 1, 2, 3, 5, 10, 1, 0, 0, 1],
        [null, null, null, null, null, null, 0, 1, 1, 1],
        [null, null, null, 2, 5, 5, 0, 1, 0, 1],
        [null, -Infinity, Infinity, Infinity, 6, 10, 0, 1, 0, 0],
      ]);
    });

    it('arithmetic of extreme numbers', async () => {
      const numbers = [-1e308, -1e200, -3, -1e-200, -5e-324, 0, 5e-324, 1e-160, 0.1, 1, 7e100, 1.79e308];
      const pairs = numbers.flatMap((a) => numbers.map((b): Row => [a, b, '']));
      const scaled = (factor: number): [Expression, (a: number) => number][] => [
        [{ op: 'multiply', of: [x, number(factor)] }, (a) => a * factor],
        [{ op: 'divide', of: [x, number(factor)] }, (a) => a / factor],
      ];
      const operations: readonly [Expression, (a: number, b: number) => number][] = [
        [{ op: 'add', of: [x, y] }, (a, b) => a + b],
        [{ op: 'subtract', of: [x, y] }, (a, b) => a - b],
        [{ op: 'subtract', of: [x, number(0.3)] }, (a) => a - 0.3],
        [{ op: 'multiply', of: [x, y] }, (a, b) => a * b],
        [{ op: 'divide', of: [x, y] }, (a, b) => a / b],
        ...[0.3, -0.3, 1e10, -1e-20].flatMap(scaled),
        [{ op: 'power', of: x, exponent: 0.3 }, (a) => pow(a, 0.3)],
        [{ op: 'power', of: x, exponent: -2.5 }, (a) => pow(a, -2.5)],
      ];
      const rows = await evaluate(
        operations.map(([each]) => each),
        pairs,
      );
      rows.forEach((row, i) => {
        row.forEach((got, j) => {
          const expected = operations[j][1](pairs[i][0] ?? NaN, pairs[i][1] ?? NaN);
          const told = JSON.stringify([operations[j][0], pairs[i]]);
          expectClose(got, expected, 1e-13, told);
        });
      });
    });

    it('parts of dates and invalid dates', async () => {
      const parts = ['year', 'month', 'day', 'weekday', 'dayOfYear', 'hour', 'minute', 'second'] as const;
      const rows = await evaluate(
        [
          ...parts.map((part): Expression => ({ op: 'datePart', part, of: t })),
          asNumber({ op: 'isDate', of: t }),
        ],
        [
          [0, 0, '2024-02-29'],
          [0, 0, '2023-02-29'],
          [0, 0, '1999-12-31T23:59:58.25Z'],
          [0, 0, '2100-03-01 13:45Z'],
          [0, 0, '0000-01-01'],
          [0, 0, '2024-13-01'],
          [0, 0, '2024-01-01T24:00'],
          [0, 0, 'no date'],
          [0, 0, null],
        ],
      );
      const none = [...parts.map(() => null), 0];
      expect(rows).toEqual([
        [2024, 2, 29, 4, 60, 0, 0, 0, 1],
        none,
        [1999, 12, 31, 5, 365, 23, 59, 58, 1],
        [2100, 3, 1, 1, 60, 13, 45, 0, 1],
        [0, 1, 1, 6, 1, 0, 0, 0, 1],
        none,
        none,
        none,
        none,
      ]);
    });
  });
}

/** Missing for NaN, infinite alike, and else near; smaller numbers than 1e-289 may be 0. */
function expectClose(got: unknown, expected: number, tolerance: number, told: string): void {
  const isClose =
    typeof got === 'number' &&
    (got === expected || Math.abs(got - expected) <= tolerance * Math.abs(expected) + 1e-289);
  if (Number.isNaN(expected) ? got !== null : !isClose)
    throw new Error(`${told}: expected ${expected}, got ${got}`);
}
