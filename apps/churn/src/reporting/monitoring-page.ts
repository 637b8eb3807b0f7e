import { basename } from 'node:path';
import { createReport, fourDigits, percent, type ReportBlock, type ReportSection } from '@churn/eda';
import type { ColumnDrift, FigureInterval } from '@churn/monitor';
import { drawFigures } from '../figures/draw-figures.js';
import type { MonitoringFigures } from '../figures/monitoring-figures.js';
import type { MonitoringReport } from '../monitoring/monitoring-report.js';
import { beforeOf, shownFigures } from '../monitoring/performance-falls.js';
import { correctionText } from './correction-text.js';
import { counted } from './counted.js';
import { countedList } from './counted-list.js';
import { driftReasons } from './drift-reasons.js';
import { figureText } from './figure-text.js';
import { chartBlock } from './html-report.js';
import { importanceText } from './importance-text.js';
import { metricTitle } from './metric-title.js';

/** The maximum number of columns in the table, worst first. */
const MAX_COLUMNS = 200;
/** The maximum number of windows in the table, the latest ones. */
const MAX_WINDOWS = 100;

/** The monitoring report as a self-contained page. */
export async function monitoringPage(report: MonitoringReport, figures: MonitoringFigures): Promise<string> {
  const { input, reference, model } = report;
  const ofWhat =
    reference.file === null ? 'the training data of the model' : `rows of ${basename(reference.file)}`;
  const sections = [
    await columnsSection(report, figures),
    ...(await windowsSection(report, figures)),
    await scoreSection(report, figures),
    ...performanceSection(report),
    ...separationSection(report),
  ];
  return createReport({
    title: report.verdict,
    subtitle: `${input.rows.toLocaleString('en')} rows of ${basename(input.file)}, compared with ${ofWhat} (${reference.rows.toLocaleString('en')} rows), by ${basename(model.name)}.`,
    sections: [
      { title: 'Summary', blocks: summary(report) },
      ...sections,
      { title: 'How to read this report', blocks: [{ kind: 'list', items: explanations(report) }] },
    ],
  });
}

function summary(report: MonitoringReport): ReportBlock[] {
  const { drift, estimated, realised, input, notes, separation, reference } = report;
  const main = mainFigure(report);
  const psi = drift.scores.flatMap((score) => score.psi ?? []);
  const performance = (
    kind: string,
    figure: (FigureInterval & { reference?: number | null }) | undefined,
    before: number | null | undefined,
  ) =>
    figure === undefined || figure.value === null
      ? []
      : [
          {
            label: `${kind} ${metricTitle(main)}`,
            value: figureText(figure.value),
            note: [
              ...(typeof before === 'number' ? [`${figureText(before)} before`] : []),
              ...(figure.lower === null || figure.upper === null
                ? []
                : [`95% interval ${figureText(figure.lower)} to ${figureText(figure.upper)}`]),
            ].join('; '),
          },
        ];
  return [
    {
      kind: 'figures',
      figures: [
        {
          label: 'columns that drifted',
          value: String(drift.alerts.length),
          note: `of ${drift.columns.length}`,
        },
        ...(psi.length > 0
          ? [
              {
                label: `drift of the ${predictedWord(report)}`,
                value: Math.max(...psi).toFixed(3),
                note: `population stability index${drift.scores.some(({ isAlert }) => isAlert) ? ': an alert' : ''}`,
              },
            ]
          : []),
        ...(estimated
          ? performance('estimated', estimated.figures.rocAuc, estimated.figures.rocAuc.reference)
          : []),
        ...(realised
          ? performance('realised', realised.figures[main], estimated ? null : reference.figures?.[main])
          : []),
        ...(typeof separation?.rocAuc.value === 'number'
          ? [
              {
                label: 'domain classifier',
                value: separation.rocAuc.value.toFixed(3),
                note: 'ROC AUC; 0.5 is chance',
              },
            ]
          : []),
        {
          label: 'rows',
          value: input.rows.toLocaleString('en'),
          note: [
            `${input.scored.toLocaleString('en')} scored`,
            ...(input.unread > 0 ? [`${input.unread.toLocaleString('en')} more cannot be read`] : []),
            ...(input.labelled > 0 ? [`${input.labelled.toLocaleString('en')} labelled`] : []),
          ].join(', '),
        },
      ],
    },
    ...(notes.length > 0 ? [{ kind: 'list' as const, items: notes }] : []),
  ];
}

async function columnsSection(
  { drift }: MonitoringReport,
  figures: MonitoringFigures,
): Promise<ReportSection> {
  const more = drift.columns.length - MAX_COLUMNS;
  return {
    title: 'Columns',
    blocks: [
      {
        kind: 'table',
        caption: `Alerts first, then by drift times feature importance; ${correctionText(drift)}`,
        head: ['column', 'alert', 'importance', ...DRIFT_HEAD],
        rows: drift.columns
          .slice(0, MAX_COLUMNS)
          .map((column) => [
            column.name,
            driftReasons(column),
            column.importance ?? '-',
            ...driftCells(column),
          ]),
      },
      ...(more > 0 ? [{ kind: 'text' as const, text: `The JSON has ${more} more columns.` }] : []),
      ...(await charts(figures.columns)),
    ],
  };
}

async function scoreSection(report: MonitoringReport, figures: MonitoringFigures): Promise<ReportSection> {
  const { drift } = report;
  const what = predictedWord(report);
  const title = `The ${what}`;
  if (drift.scores.length === 0) {
    return { title, blocks: [{ kind: 'text', text: `There are no ${what}s to compare.` }] };
  }
  return {
    title,
    blocks: [
      {
        kind: 'table',
        head: [what === 'score' ? 'probability of' : what, 'alert', ...DRIFT_HEAD],
        rows: drift.scores.map((score) => [score.name, driftReasons(score), ...driftCells(score)]),
      },
      ...(await charts(figures.scores)),
    ],
  };
}

/** The name of the monitored predictions. */
function predictedWord({ model }: MonitoringReport): 'score' | 'prediction' {
  return model.task === 'classes' ? 'score' : 'prediction';
}

/** The main metric: the first that is known. */
function mainFigure({ model, realised }: MonitoringReport): string {
  return model.task === 'classes' ? 'rocAuc' : (Object.keys(realised?.figures ?? {})[0] ?? '');
}

const DRIFT_HEAD = ['PSI', 'p-value', 'mean', 'missing', 'unseen'];

function driftCells(drift: ColumnDrift): (string | number)[] {
  const { psi, test, mean, missing, unseen, below, above } = drift;
  return [
    psi ?? '-',
    test ? pText(test.corrected) : '-',
    mean ? fromTo(fourDigits(mean.reference), fourDigits(mean.current)) : '-',
    fromTo(percent(missing.reference), percent(missing.current)),
    percent(unseen ? unseen.current : below + above),
  ];
}

/** A value before and now, in a line. */
function fromTo(before: string, now: string): string {
  return before === now ? now : `${before}\u00a0→\u00a0${now}`;
}

function performanceSection({ estimated, realised, falls, reference }: MonitoringReport): ReportSection[] {
  if (!estimated && !realised) return [];
  const cell = (figure: FigureInterval | undefined) =>
    figure?.value === null || figure === undefined
      ? '-'
      : figure.lower === null || figure.upper === null
        ? figureText(figure.value, 4)
        : `${figureText(figure.value, 4)} (${figureText(figure.lower, 4)} to ${figureText(figure.upper, 4)})`;
  const estimates: Readonly<Record<string, FigureInterval>> = estimated?.figures ?? {};
  const rows = shownFigures({ estimated, realised }).map((name) => {
    const before = beforeOf({ estimated, figures: reference.figures }, name);
    return [
      metricTitle(name),
      falls.some(({ figure }) => figure === name) ? 'worse' : '',
      before === null ? '-' : figureText(before, 4),
      ...(estimated ? [cell(estimates[name])] : []),
      cell(realised?.figures[name]),
    ];
  });
  const known = rows.filter(([, , ...cells]) => cells.some((text) => text !== '-'));
  return [
    {
      title: 'Model performance',
      blocks: [
        {
          kind: 'table',
          caption: 'With 95% confidence intervals',
          head: [
            ...['figure', 'alert', 'reference'],
            ...(estimated ? ['estimated without labels'] : []),
            'realised',
          ],
          rows: known,
        },
        ...(estimated
          ? [
              {
                kind: 'text' as const,
                text: 'The estimate is valid as long as rows with the same probability have the outcome as often as in the reference. Only labels can show a change of the relation to the outcome itself.',
              },
            ]
          : []),
      ],
    },
  ];
}

async function windowsSection(
  report: MonitoringReport,
  figures: MonitoringFigures,
): Promise<ReportSection[]> {
  const { windows } = report;
  if (windows.length === 0) return [];
  const shown = windows.slice(-MAX_WINDOWS);
  const main = mainFigure(report);
  const hasEstimate = report.model.task === 'classes';
  return [
    {
      title: 'Over time',
      blocks: [
        ...(await charts(figures.windows)),
        {
          kind: 'table',
          caption:
            shown.length < windows.length
              ? `The last ${shown.length} of ${windows.length} windows`
              : 'Window by window',
          head: [
            'window',
            'rows',
            'columns that drifted',
            `${predictedWord(report)} PSI`,
            ...(hasEstimate ? ['estimated ROC AUC'] : []),
            ...(main === '' ? [] : [`realised ${metricTitle(main)}`]),
          ],
          rows: shown.map(({ window, rows, alerts, hasScoreDrifted, scorePsi, estimated, realised }) => [
            window,
            rows,
            alerts.length > 0 ? countedList(alerts, 3) : '-',
            hasScoreDrifted ? `${fourDigits(scorePsi ?? 0)} (alert)` : (scorePsi ?? '-'),
            ...(hasEstimate ? [estimated?.rocAuc.value ?? '-'] : []),
            ...(main === '' ? [] : [realised?.[main]?.value ?? '-']),
          ]),
        },
      ],
    },
  ];
}

function separationSection({ separation }: MonitoringReport): ReportSection[] {
  if (!separation) return [];
  const { value, lower, upper } = separation.rocAuc;
  if (value === null || lower === null || upper === null) return [];
  return [
    {
      title: 'Domain classifier: reference against new rows',
      blocks: [
        {
          kind: 'text',
          text: `A classifier separates reference rows from new ones with a ROC AUC of ${value.toFixed(3)} (95% interval ${lower.toFixed(3)} to ${upper.toFixed(3)}); 0.5 is chance. Its most important columns:`,
        },
        {
          kind: 'table',
          head: ['column', 'importance'],
          rows: separation.importances.slice(0, 20).map(({ name, importance }) => [name, importance]),
        },
      ],
    },
  ];
}

function explanations({ drift, settings, model }: MonitoringReport): string[] {
  const { significance, minPsi, minMissing, minUnseen, minScoreShift, maxRejected } = settings;
  return [
    `A column raises an alert if its distribution differs both significantly (p-value at most ${significance} after Holm's correction for ${drift.tests} tests) and enough to matter (population stability index of ${minPsi} or more), if its share of missing values differs by ${percent(minMissing)} or more, or if ${percent(minUnseen)} or more of its values are unseen.`,
    'A metric raises an alert if it is worse than the configuration allows and its interval excludes the reference value; labels are used if there are at least 20' +
      `${MIN_LABELS[model.task]}.`,
    `Rows raise an alert if more than ${percent(maxRejected)} of them cannot be read or scored.`,
    `Predictions raise an alert as a column does, if they have also shifted by ${minScoreShift} of their standard deviation or more (Wasserstein distance), and by twice as much as they differ between fits of the model.`,
    'PSI: the population stability index; below 0.1 the change is small, above 0.25 large.',
    'Unseen: the share of numbers beyond the range of the reference, or of categories not in it.',
    `p-value: that of the Kolmogorov-Smirnov test for numbers, and of the chi-square test for categories, corrected for ${counted(drift.tests, 'test')} by Holm's method.`,
    `Importance: ${importanceText(model)}. The JSON also has Jensen-Shannon and Wasserstein distances.`,
  ];
}

/** The additional minimum of labels. */
const MIN_LABELS = { classes: ' with 5 of each class', value: '', survival: ' with 5 events' };

async function charts(figures: MonitoringFigures['columns']): Promise<ReportBlock[]> {
  return (await drawFigures(figures)).map(chartBlock);
}

function pText(p: number): string {
  return p < 1e-4 ? '<\u00a00.0001' : p.toFixed(4);
}
