import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import reference from '../test/reference/estimates_public.json';
import { kaplanMeier } from './kaplan-meier.js';
import { logRankTest } from './log-rank-test.js';

/** A Python that may have lifelines, with which the sets come. */
const python = process.env.PEERS_PYTHON;
const script = join(__dirname, '../test/reference/cox_public.py');
const printed = python && spawnSync(python, [script, 'data'], { encoding: 'utf8' });
const isThere = printed && !printed.stderr.includes("No module named 'lifelines'");

(isThere ? describe : describe.skip)(
  `data sets of lifelines${isThere ? '' : ' (skipped: no PEERS_PYTHON with lifelines)'}`,
  () => {
    it.each(reference.cases)('curves and log-rank test of lifelines: $set by $by', (expected) => {
      const sets: Record<string, Record<string, number[]>> = JSON.parse(printed ? printed.stdout : '');
      const { T: durations, E: events, [expected.by]: groups } = sets[expected.set];
      const { times, survival, lower, upper } = kaplanMeier({ durations, events });
      expected.times.forEach((time, i) => {
        const place = times.indexOf(time);
        expect(survival[place]).toBeCloseTo(expected.survival[i], 10);
        expect(lower[place]).toBeCloseTo(expected.lower[i], 10);
        expect(upper[place]).toBeCloseTo(expected.upper[i], 10);
      });
      expect(logRankTest({ durations, events }, groups).statistic).toBeCloseTo(expected.logRank, 9);
    });
  },
);
