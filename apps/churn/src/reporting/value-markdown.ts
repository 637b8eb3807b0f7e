import { percent } from '@churn/eda';
import { VALUE_METRICS } from '../training/evaluate-values.js';
import type { ValueReport } from '../training/training-report.js';
import { markdown, table } from './markdown.js';
import { markdownReport } from './markdown-report.js';
import { sliceMarkdown, VALUE_LOSS } from './slice-section.js';
import {
  FIFTH_HEAD,
  fifthRows,
  intervalText,
  metricText,
  summaryText,
  VALUE_MEANING,
  VALUE_TITLES,
  withInterval,
} from './value-text.js';

/** The training report of regression models as Markdown. */
export function valueMarkdown(report: ValueReport): string {
  const { best, data, models } = report;
  const tested = Object.values(models).map(({ test }) => test);
  const texts = Object.fromEntries(VALUE_METRICS.map((name) => [name, metricText(name, tested)]));
  return markdownReport(report, {
    head: [
      ...VALUE_METRICS.map((name) => `test ${VALUE_TITLES[name]} (95% interval)`),
      'interval coverage (nominal)',
    ],
    cells: ({ test, interval }) => [
      ...VALUE_METRICS.map((name) => withInterval(test, name, texts[name])),
      `${percent(test.coverage)} (${percent(interval.coverage)})`,
    ],
    rank: (a, b) => b.test.r2 - a.test.r2,
    shown: ({ test }) =>
      `test r2 ${withInterval(test, 'r2')}, RMSE ${withInterval(test, 'rootMeanSquaredError')}`,
    meaning: VALUE_MEANING,
    chosen: 'Models, parameters and prediction intervals',
    details: () => [
      markdown`## Prediction intervals`,
      markdown`${intervalText(best, models[best].interval)}`,
      table(FIFTH_HEAD, fifthRows(models[best].fifths)),
      ...sliceMarkdown(report, VALUE_LOSS),
    ],
    target: ['target', summaryText(data.target)],
  });
}
