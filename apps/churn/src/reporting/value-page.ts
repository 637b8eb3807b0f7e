import { fourDigits, percent, type ReportBlock } from '@churn/eda';
import { VALUE_METRICS } from '../training/evaluate-values.js';
import type { ValueReport } from '../training/training-report.js';
import { charts, type PageContent, reportPage } from './html-report.js';
import { relationBlocks } from './relation-blocks.js';
import { valueConclusions } from './value-conclusions.js';
import { GROUP_HEAD, groupCells, summaryText, VALUE_MEANING, VALUE_TITLES } from './value-text.js';

/** The training report of models of values as a page. */
export function valuePage(content: PageContent<ValueReport>): string {
  const { report, pictures } = content;
  const { best, models, data, groups } = report;
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
        label: 'in their intervals',
        value: percent(test.coverage),
        note: `of test rows, ${percent(interval.coverage)} wanted`,
      },
    ],
    conclusions: valueConclusions(report, content.target, content.drivers ?? []),
    relations: [
      { kind: 'text', text: `The target: ${summaryText(data.target)}.` },
      ...relationBlocks(content.profile, content.target),
    ],
    meaning: VALUE_MEANING,
    head: [...VALUE_METRICS.map((name) => `test ${VALUE_TITLES[name]}`), 'in their intervals'],
    cells: ({ test: figures }) => [...VALUE_METRICS.map((name) => figures[name]), percent(figures.coverage)],
    sections: [
      {
        title: 'Where the errors are',
        blocks: [...charts(pictures, 'errors'), ...(groups.length > 0 ? [groupTable(report)] : [])],
      },
      { title: 'The intervals', blocks: [intervalText(report), ...charts(pictures, 'intervals')] },
    ],
  });
}

/** A number to be added, behind its sign. */
function signed(value: number): string {
  return `${value < 0 ? '-' : '+'} ${fourDigits(Math.abs(value))}`;
}

function intervalText({ best, models }: ValueReport): ReportBlock {
  const { coverage, low, high } = models[best].interval;
  return {
    kind: 'text',
    text: `The interval of a prediction of ${best} goes from the prediction ${signed(low)} to the prediction ${signed(high)}, and is meant to hold the value of ${percent(coverage)} of rows. It is made of the residuals of training rows that were held out, and is equally wide for all rows: the figures show whether it holds for low and high predictions alike.`,
  };
}

function groupTable({ best, groups }: ValueReport): ReportBlock {
  return {
    kind: 'table',
    caption: `Groups of test rows of which ${best} is furthest off, on average`,
    head: GROUP_HEAD,
    rows: groups.map(groupCells),
  };
}
