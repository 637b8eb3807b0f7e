import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ColumnData, Table } from '@churn/core';
import { fromCatBoost } from './from-catboost';
import { fromLightGBM } from './from-lightgbm';
import { fromXGBoost } from './from-xgboost';
import type { ImportedTrees, ImportOptions } from './imported-trees';

/** A Python that has lightgbm, xgboost and catboost. */
const python = process.env.PEERS_PYTHON;

const LIBRARIES: [string, (text: string, options: ImportOptions) => ImportedTrees][] = [
  ['lightgbm', fromLightGBM],
  ['xgboost', fromXGBoost],
  ['catboost', fromCatBoost],
];

/** What `peer-models.py` writes of a model. */
interface Known {
  readonly model: string;
  readonly x: Readonly<Record<string, ColumnData>>;
  readonly levels?: Readonly<Record<string, readonly string[]>>;
  readonly raw: number[][];
  readonly predicted: number[][];
  readonly contributions?: number[][];
  readonly objective: string;
  readonly boosting?: string;
  readonly nTrees?: number;
}

function inShares(columns: readonly number[][]): number[][] {
  const totals = columns[0].map((_, row) => columns.reduce((sum, column) => sum + column[row], 0));
  return columns.map((column) => column.map((value, row) => value / totals[row]));
}

type Worst = Record<'raw' | 'predicted' | 'contributions', number>;

function note(
  worst: Worst,
  what: keyof Worst,
  found: readonly Float64Array[],
  expected: readonly number[][],
): void {
  expect(found).toHaveLength(expected.length);
  expected.forEach((column, k) => {
    column.forEach((value, row) => {
      worst[what] = Math.max(worst[what], relative(found[k][row], value));
    });
  });
}

const relative = (found: number, expected: number) =>
  Math.abs(found - expected) / Math.max(1, Math.abs(expected));

(python ? describe : describe.skip)(
  `models of other libraries${python ? '' : ' (skipped: no PEERS_PYTHON)'}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'peers-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    describe.each(LIBRARIES)('%s', (library, importTrees) => {
      const own = join(folder, library);
      const models = () =>
        readdirSync(own).map((file) => JSON.parse(readFileSync(join(own, file), 'utf8')) as Known);
      const tableOf = ({ x }: Known) =>
        Table.fromColumns(
          Object.fromEntries(
            Object.entries(x).map(([name, cells]) => [
              name,
              (cells as unknown[]).some((cell) => typeof cell === 'string')
                ? cells
                : Float64Array.from(cells as (number | null)[], (cell) => cell ?? NaN),
            ]),
          ),
        );

      it('of 50 models returns the same raw scores, predictions and SHAP values', () => {
        execFileSync('mkdir', [own]);
        execFileSync(python as string, [join(__dirname, 'peer-models.py'), library, '50', own], {
          stdio: 'pipe',
        });
        const all = models();
        expect(all).toHaveLength(50);
        const worst = { raw: 0, predicted: 0, contributions: 0 };
        for (const known of all) {
          const model = importTrees(known.model, { levels: known.levels });
          const x = tableOf(known);
          const scores =
            model.role === 'classifier' ? model.decisionFunction(x) : [model.decisionFunction(x)];
          // The raw scores of LightGBM's forests are sums, whose mean it takes before the link.
          const nTrees = known.boosting === 'rf' ? (known.nTrees ?? 0) / scores.length : 1;
          const unscaled = (columns: readonly ArrayLike<number>[]) =>
            columns.map((column) => Array.from(column, (value) => value / nTrees));
          note(worst, 'raw', scores, unscaled(known.raw));
          const predicted = model.role === 'classifier' ? model.predictProba(x) : [model.predict(x)];
          // Of one class against the others the libraries give sigmoids as they are.
          const isOneVsRest = model.role === 'classifier' && model.parts.link === 'oneVsRest';
          const expected = isOneVsRest ? inShares(known.predicted) : known.predicted;
          if (known.objective !== 'multi:softmax' && known.objective !== 'binary:logitraw') {
            note(worst, 'predicted', predicted.slice(-expected.length), expected);
          }
          if (known.contributions && model.attributions) {
            const rows = known.contributions[0].map(
              (_, j) => known.contributions?.map((row) => row[j]) as number[],
            );
            const slope = model.role === 'classifier' ? model.parts.slope : 1;
            const own = model
              .attributions(x)
              .outputs.flatMap(({ baseline, contributions }) => [
                ...contributions,
                new Float64Array(x.nRows).fill(baseline),
              ])
              .map((values) => values.map((value) => value / slope));
            note(worst, 'contributions', own, unscaled(rows));
          }
        }
        // Predictions and SHAP values of XGBoost are numbers of 32 bits.
        const digits = library === 'xgboost' ? 1e-6 : 1e-12;
        expect(worst.raw).toBeLessThan(1e-12);
        expect(worst.predicted).toBeLessThan(digits);
        expect(worst.contributions).toBeLessThan(digits);
      });
    });
  },
);
