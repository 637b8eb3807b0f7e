import { fourDigits, percent, type ReportBlock } from '@churn/eda';
import { VALUE_METRICS } from '../training/evaluate-values.js';
import type { ValueReport } from '../training/training-report.js';
import { groupSections } from './group-section.js';
import { charts, type PageContent, reportPage } from './html-report.js';
import { relationBlocks } from './relation-blocks.js';
import { sliceSection, VALUE_LOSS } from './slice-section.js';
import { valueConclusions } from './value-conclusions.js';
import {
  FIFTH_HEAD,
  fifthRows,
  intervalText,
  summaryText,
  VALUE_MEANING,
  VALUE_TITLES,
} from './value-text.js';

/** The training report of regression models as a page. */
export function valuePage(content: PageContent<ValueReport>): string {
  const { report, pictures } = content;
  const { best, models, data } = report;
  const { test, interval } = models[best];
  const between = (name: 'r2' | 'rootMeanSquaredError', text: (value: number) => string) =>
    `95% interval ${test.intervals[name].map(text).join(' to ')}`;
  return reportPage(content, {
    aim: `predict ${content.target}`,
    figures: [
      {
        label: 'test r2',
        value: test.r2.toFixed(3),
        note: between('r2', (value) => value.toFixed(3)),
      },
      {
        label: 'test RMSE',
        value: fourDigits(test.rootMeanSquaredError),
        note: between('rootMeanSquaredError', fourDigits),
      },
      { label: 'mean absolute error', value: fourDigits(test.meanAbsoluteError) },
      {
        label: 'interval coverage',
        value: percent(test.coverage),
        note: `of test rows; nominal coverage ${percent(interval.coverage)}`,
      },
    ],
    conclusions: valueConclusions(report, content.target, content.drivers ?? []),
    relations: [
      { kind: 'text', text: `The target: ${summaryText(data.target)}.` },
      ...relationBlocks(content.profile, content.target),
    ],
    meaning: VALUE_MEANING,
    head: [...VALUE_METRICS.map((name) => `test ${VALUE_TITLES[name]}`), 'interval coverage'],
    cells: ({ test: figures }) => [...VALUE_METRICS.map((name) => figures[name]), percent(figures.coverage)],
    sections: [
      { title: 'Errors', blocks: charts(pictures, 'errors') },
      sliceSection(report, pictures, VALUE_LOSS),
      ...groupSections(content),
      {
        title: 'Prediction intervals',
        blocks: [...intervalBlocks(report), ...charts(pictures, 'intervals')],
      },
    ],
  });
}

function intervalBlocks({ best, models }: ValueReport): ReportBlock[] {
  const { interval, fifths } = models[best];
  return [
    { kind: 'text', text: intervalText(best, interval) },
    {
      kind: 'table',
      caption: 'Intervals by fifths of the predictions',
      head: FIFTH_HEAD,
      rows: fifthRows(fifths),
    },
  ];
}
