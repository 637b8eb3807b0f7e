import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Table } from '@churn/core';
import reference from '../../test/reference/cox_public.json';
import { CoxRegression } from './cox-regression.js';
import { proportionalHazardsTest } from './proportional-hazards-test.js';

/** A Python that may have lifelines, with which the sets come. */
const python = process.env.PEERS_PYTHON;
const printed =
  python &&
  spawnSync(python, [join(__dirname, '../../test/reference/cox_public.py'), 'data'], { encoding: 'utf8' });
const isThere = printed && !printed.stderr.includes("No module named 'lifelines'");

type Columns = Record<'T' | 'E' | string, number[]>;

(isThere ? describe : describe.skip)(
  `data sets of lifelines${isThere ? '' : ' (skipped: no PEERS_PYTHON with lifelines)'}`,
  () => {
    it.each(reference.cases)('agrees with Cox regression of lifelines: $set, strata $strata', (expected) => {
      const sets: Record<string, Columns> = JSON.parse(printed ? printed.stdout : '');
      const { T: durations, E: events, ...columns } = sets[expected.set];
      const x = Table.fromColumns(columns);
      expect(x.nRows).toBe(expected.nRows);
      const close = (found: ArrayLike<number>, figures: readonly number[]) => {
        expect(found.length).toBe(figures.length);
        figures.forEach((value, i) => {
          expect(found[i]).toBeCloseTo(value, 8);
        });
      };
      const model = new CoxRegression({ strata: expected.strata, tolerance: 1e-11 }).fit(x, {
        durations,
        events,
      });
      const { coefficients, logLikelihood, concordance } = model.summary();
      close(model.coefficients, expected.coefficients);
      close(
        coefficients.map(({ standardError }) => standardError),
        expected.standardErrors,
      );
      close([logLikelihood, concordance ?? NaN], [expected.logLikelihood, expected.concordance]);
      model.predictSurvival(x.take([0, 1, 2, 3, 4]), expected.times).forEach((curve, t) => {
        close(curve, expected.survival[t]);
      });
      if (!expected.proportionalHazards) return;
      const tests = proportionalHazardsTest(model, x, { durations, events }, { timeTransform: 'km' });
      close(
        tests.map(({ statistic }) => statistic),
        expected.proportionalHazards,
      );
    });
  },
);
