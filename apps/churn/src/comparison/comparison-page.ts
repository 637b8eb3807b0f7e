import { Labels } from '@churn/core';
import { calibrationChart, createReport, type ReportBlock, type ReportSection, rocChart } from '@churn/eda';
import { calibrationCurve, rocAuc, rocCurve } from '@churn/selection';
import { drawFigures } from '../figures/draw-figures.js';
import { metricTitle } from '../reporting/metric-title.js';
import { sameDecimals } from '../reporting/same-decimals.js';
import { gitText } from '../runs/git-state.js';
import type { Difference, RunComparison } from './compare-runs.js';
import type { ComparedRun, SharedRows } from './shared-rows.js';
import { signed, verdict } from './verdict.js';

/** A comparison of two runs as a page, with overlaid figures. */
export async function comparisonPage(comparison: RunComparison): Promise<string> {
  const { a, b, settings, data, rows } = comparison;
  return createReport({
    title: 'Two runs compared',
    subtitle: `A: ${a.record.id}, B: ${b.record.id}`,
    sections: [
      { title: 'Result', blocks: [{ kind: 'text', text: verdict(comparison) }, runsBlock(comparison)] },
      { title: 'Metrics', blocks: metricBlocks(comparison) },
      ...(typeof rows === 'string' ? [] : [await figures(rows)]),
      { title: 'Settings', blocks: differenceBlocks(settings, 'The settings are the same.') },
      { title: 'Data', blocks: differenceBlocks(data, 'The data is the same.') },
    ],
  });
}

function runsBlock({ a, b }: RunComparison): ReportBlock {
  const row = (what: string, of: (run: ComparedRun) => string) => [what, of(a), of(b)];
  return {
    kind: 'table',
    head: ['', 'A', 'B'],
    rows: [
      row('run', ({ record }) => record.id),
      row('model', ({ model }) => model),
      row('data', ({ record }) => record.data.file),
      row('commit', ({ record }) => gitText(record.git)),
      row('seconds', ({ record }) => record.seconds.toFixed(1)),
    ],
  };
}

function metricBlocks({ metrics, rows }: RunComparison): ReportBlock[] {
  const text =
    typeof rows === 'string'
      ? 'Each on the rows held out by its own run.'
      : 'On the rows held out by both runs. Intervals are 95% bootstrap intervals of the paired differences.';
  return [
    { kind: 'text', text },
    {
      kind: 'table',
      head: ['metric', 'A', 'B', 'B - A', '95% interval', 'better'],
      rows: metrics.map(({ metric, a, b, difference, interval, better }) => {
        const text = sameDecimals([a, b]);
        return [
          metricTitle(metric),
          a,
          b,
          signed(difference, text),
          interval ? `${signed(interval[0], text)} to ${signed(interval[1], text)}` : '-',
          better?.toUpperCase() ?? '-',
        ];
      }),
    },
  ];
}

function differenceBlocks(differences: readonly Difference[], none: string): ReportBlock[] {
  if (differences.length === 0) return [{ kind: 'text', text: none }];
  return [
    {
      kind: 'table',
      head: ['setting', 'A', 'B'],
      rows: differences.map(({ what, a, b }) => [what, a ?? '-', b ?? '-']),
    },
  ];
}

/** ROC and calibration curves of both runs; for more than two classes, one-vs-rest. */
async function figures({ labels, a, b }: SharedRows): Promise<ReportSection> {
  const isBinary = labels.classes.length === 2;
  const codes = isBinary ? [1] : labels.classes.map((_, code) => code);
  const curves = codes.flatMap((code) => {
    const y = Labels.from(
      Array.from(labels.codes, (each) => each === code),
      [false, true],
    );
    const of = isBinary ? '' : `, ${labels.classes[code]}`;
    return [
      { name: `A${of}`, y, scores: a[code] },
      { name: `B${of}`, y, scores: b[code] },
    ];
  });
  const roc = curves.map(({ name, y, scores }) => ({ name, ...rocCurve(y, scores), auc: rocAuc(y, scores) }));
  const calibration = curves.map(({ name, y, scores }) => {
    return { name, ...calibrationCurve(y, scores, { nBins: 10 }) };
  });
  const areas = roc.map(({ name, auc }) => `${name} ${auc.toFixed(3)}`).join(', ');
  const pictures = await drawFigures([
    {
      id: 'roc',
      section: 'models',
      alt: `ROC curves of both runs, with ROC AUC: ${areas}`,
      chart: rocChart(roc, { title: 'ROC curves on the rows held out by both' }),
    },
    {
      id: 'calibration',
      section: 'models',
      alt: `Calibration of both runs: ${curves.map(({ name }) => name).join(', ')}`,
      chart: calibrationChart(calibration, { title: 'Calibration on the rows held out by both' }),
    },
  ]);
  return { title: 'Figures', blocks: pictures.map(({ svg, alt }) => ({ kind: 'chart', svg, alt })) };
}
