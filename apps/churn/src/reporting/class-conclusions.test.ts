import type { TrainingReport } from '../training/training-report.js';
import { classConclusions } from './class-conclusions';

/** A report with these counts of held-out rows. */
function reportOf(counts: { hits: number; misses: number; falseAlarms: number; others: number }) {
  const { hits, misses, falseAlarms, others } = counts;
  const test = {
    recall: hits / (hits + misses),
    precision: hits / (hits + falseAlarms),
    rocAuc: 0.931,
    rocAucInterval: [0.92, 0.94],
  };
  const classes = { classes: [{ support: falseAlarms + others }, { support: hits + misses }] };
  return {
    best: 'SVC',
    models: { SVC: { test, classes } },
    data: { test: hits + misses + falseAlarms + others, classes: ['no', 'yes'], warnings: [] },
  } as unknown as TrainingReport;
}

const conclusions = (report: TrainingReport) =>
  classConclusions(report, { positive: 'yes', predicts: 'churn' }, []).join('\n');

it.each([
  { hits: 437, misses: 52, falseAlarms: 59, others: 2490 },
  { hits: 3, misses: 4, falseAlarms: 3, others: 9 },
  { hits: 0, misses: 4, falseAlarms: 0, others: 9 },
])('shows parts that add up to their totals: %j', (counts) => {
  const sentence =
    /about (\d+) are “yes”.* for (\d+): correctly for (\d+), wrongly for (\d+)\. It misses (\d+)/;
  const shown = sentence
    .exec(conclusions(reportOf(counts)))!
    .slice(1)
    .map(Number);
  const [positives, predicted, right, wrong, missed] = shown;
  expect(predicted).toBe(right + wrong);
  expect(positives).toBe(right + missed);
  const rows = Object.values(counts).reduce((sum, count) => sum + count);
  for (const [part, count] of [
    [right, counts.hits],
    [wrong, counts.falseAlarms],
    [missed, counts.misses],
  ]) {
    expect(Math.abs(part - (1000 * count) / rows)).toBeLessThanOrEqual(1);
  }
});

it('explains the ROC AUC by pairs of rows', () => {
  expect(conclusions(reportOf({ hits: 4, misses: 1, falseAlarms: 1, others: 4 }))).toContain(
    'Of two rows, one “yes” and one not, the “yes” row has the higher probability 93.1 times in 100 (ROC AUC; 95% interval 92.0 to 94.0).',
  );
});
