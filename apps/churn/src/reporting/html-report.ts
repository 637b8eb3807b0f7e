import { createReport, percent, type ReportBlock, type ReportSection, type TableProfile } from '@churn/eda';
import { tellingRelations } from '../figures/data-figures.js';
import type { Picture } from '../figures/draw-figures.js';
import type { Section } from '../figures/figure.js';
import type { Dataset } from '../training/data.js';
import type { ReadColumn } from '../training/learned-columns.js';
import type { TrainingReport } from '../training/training-report.js';
import { learnedText, rowCounts, splitText } from './describe-split.js';
import { leaderboardCells } from './leaderboard-table.js';
import { meaning } from './markdown-report.js';
import { parameterText } from './parameter-text.js';
import { MOST_READ_COLUMNS, READ_COLUMN_HEAD, readColumnCells } from './read-columns.js';
import { ruleText } from './rule-text.js';
import { choiceText, searchText } from './search-text.js';

/** What the page of a training run is made of. */
export interface HtmlReportContent {
  readonly report: TrainingReport;
  readonly target: string;
  /** The label to find, where there are two. */
  readonly positive: string | undefined;
  readonly profile: TableProfile;
  /** In the order in which each section shows its own. */
  readonly pictures: readonly Picture[];
}

/** The training report as a page that a colleague can open: data, models, threshold, explanations, and how it was made. */
export function htmlReport(content: HtmlReportContent): string {
  const { report, positive } = content;
  const aim =
    positive === undefined ? `tell ${report.data.classes.length} classes apart` : `find “${positive}”`;
  const { best, models, data } = report;
  const { test, cv, threshold } = models[best];
  const [scorer] = report.search.scoring;
  return createReport({
    title: `${content.target}: what the models found`,
    subtitle: `Trained on ${data.train.toLocaleString('en')} rows of ${data.file} to ${aim}, and tried on ${data.test.toLocaleString('en')} others.`,
    sections: [
      {
        title: 'Summary',
        blocks: [
          {
            kind: 'figures',
            figures: [
              { label: 'best model', value: best, note: `of ${Object.keys(models).length}` },
              {
                label: 'test ROC AUC',
                value: test.rocAuc.toFixed(3),
                note: `95% interval ${test.rocAucInterval.map((each) => each.toFixed(3)).join(' to ')}`,
              },
              {
                label: `CV ${scorer}`,
                value: cv[scorer].mean.toFixed(3),
                note: `± ${cv[scorer].std.toFixed(3)}`,
              },
              {
                label: 'found',
                value: percent(test.recall),
                note: positive === undefined ? 'of each class, on average' : `of “${positive}”`,
              },
              {
                label: 'right calls',
                value: percent(test.precision),
                note: positive === undefined ? 'on average of the classes' : `of those called “${positive}”`,
              },
              {
                label: 'threshold',
                value: threshold ? threshold.threshold.toFixed(3) : positive === undefined ? '-' : '0.5',
                note:
                  threshold && report.thresholdRule ? ruleText(report.thresholdRule) : 'the likelier class',
              },
            ],
          },
          ...charts(content.pictures, 'summary'),
        ],
      },
      dataSection(content),
      columnsSection(content),
      ...modelSections(content),
      explanationSection(content),
      { title: 'The columns as they were read', blocks: readColumnBlocks(report.data.columns) },
      makingSection(report),
    ],
  });
}

function dataSection({ report, profile, pictures, target }: HtmlReportContent): ReportSection {
  return { title: 'The data', blocks: dataBlocks({ ...report.data, profile }, pictures, target) };
}

/** What is said of the data as a whole, and the pictures of that section. */
export function dataBlocks(
  data: Pick<Dataset, 'duplicates' | 'equalRows' | 'unlabelled' | 'warnings'> & {
    readonly profile: TableProfile;
  },
  pictures: readonly Picture[],
  target: string,
): ReportBlock[] {
  const { rows, columns, warnings: profiled } = data.profile;
  const missing = columns.reduce((sum, column) => sum + column.missing, 0);
  // Leaks and equal rows are told by the data itself, over all columns of the file.
  const others = profiled.filter(({ code }) => code !== 'leaking' && code !== 'duplicate-rows');
  const warnings = [...data.warnings, ...others.map(({ message }) => message)];
  const worthALook: ReportBlock[] = [
    { kind: 'text', text: 'Worth a look before trusting a model:' },
    { kind: 'list', items: warnings },
  ];
  return [
    {
      kind: 'figures',
      figures: [
        { label: 'rows', value: rows.toLocaleString('en') },
        { label: 'columns', value: String(columns.length), note: `without ${target}` },
        { label: 'missing values', value: missing.toLocaleString('en') },
        { label: 'equal rows kept', value: data.equalRows.toLocaleString('en') },
        ...(data.duplicates > 0
          ? [{ label: 'duplicates left out', value: data.duplicates.toLocaleString('en') }]
          : []),
        ...(data.unlabelled > 0
          ? [{ label: 'left out without a label', value: data.unlabelled.toLocaleString('en') }]
          : []),
      ],
    },
    ...(warnings.length > 0 ? worthALook : []),
    ...charts(pictures, 'data'),
  ];
}

/** How each column was read, as a table. */
export function readColumnBlocks(columns: readonly ReadColumn[]): ReportBlock[] {
  const more = columns.length - MOST_READ_COLUMNS;
  return [
    {
      kind: 'table',
      caption: 'What each column of the file is, what became of it, and why',
      head: READ_COLUMN_HEAD,
      rows: columns.slice(0, MOST_READ_COLUMNS).map(readColumnCells),
    },
    ...(more > 0 ? [{ kind: 'text', text: `${more} more columns were read in the same way.` } as const] : []),
  ];
}

function columnsSection({ profile, pictures, positive }: HtmlReportContent): ReportSection {
  const relations: ReportBlock = {
    kind: 'table',
    caption: `What each column alone tells of “${positive}”`,
    head: ['column', 'mutual information', 'ROC AUC'],
    rows: tellingRelations(profile).map(({ name, mutualInformation, auc }) => [
      name,
      mutualInformation,
      auc ?? '-',
    ]),
  };
  return {
    title: 'The columns',
    blocks: [
      ...(positive === undefined ? [] : [relations]),
      ...charts(pictures, 'columns'),
      { kind: 'columns', profile },
    ],
  };
}

function modelSections({ report, pictures }: HtmlReportContent): ReportSection[] {
  const { models, search } = report;
  const [scorer] = search.scoring;
  const board = leaderboardCells(report);
  const thresholds = charts(pictures, 'threshold');
  return [
    {
      title: 'The models',
      blocks: [
        {
          kind: 'table',
          caption: `Test rows took no part in any choice. ${meaning(report.data.classes.map(({ label }) => label))} ${choiceText(report)}${learnedText(report)}`,
          head: [
            'model',
            `CV ${scorer}`,
            'test ROC AUC',
            'log loss',
            'average precision',
            'Brier',
            'accuracy',
            'precision',
            'recall',
            'F1',
          ],
          rows: Object.entries(models).map(([name, { cv, test }]) => [
            name,
            cv[scorer].mean,
            test.rocAuc,
            test.logLoss,
            test.averagePrecision,
            test.brierScore,
            test.accuracy,
            test.precision,
            test.recall,
            test.f1,
          ]),
        },
        {
          kind: 'table',
          caption: `All candidates, the best first${board.more > 0 ? `, and ${board.more} more` : ''}`,
          head: board.head,
          rows: board.rows,
        },
        {
          kind: 'table',
          caption: 'The best of the candidates of each model',
          head: ['model', 'parameters', 'candidates', 'seconds to fit'],
          rows: Object.entries(models).map(([name, { parameters, candidates, fitSeconds }]) => {
            return [name, parameterText(parameters), candidates, fitSeconds];
          }),
        },
        ...charts(pictures, 'models'),
      ],
    },
    ...(thresholds.length > 0
      ? [{ title: 'The threshold', blocks: [thresholdText(report), ...thresholds] }]
      : []),
    { title: 'What it goes by', blocks: charts(pictures, 'importance') },
  ];
}

function thresholdText({ best, models, thresholdRule }: TrainingReport): ReportBlock {
  const { threshold } = models[best];
  const text =
    threshold && thresholdRule
      ? `The rule, ${ruleText(thresholdRule)}, chose ${threshold.threshold.toFixed(3)} on out-of-fold probabilities of training rows, where it calls ${threshold.positives} rows with a precision of ${threshold.precision.toFixed(3)} and a recall of ${threshold.recall.toFixed(3)}. The curves are those of test rows.`
      : 'No rule was given: the likelier class is called. The curves are those of test rows.';
  return { kind: 'text', text };
}

function explanationSection({ pictures }: HtmlReportContent): ReportSection {
  return {
    title: 'Some rows, explained',
    blocks: [
      {
        kind: 'text',
        text: 'A few test rows that the model sees differently, and what each column adds to or takes from their score.',
      },
      ...charts(pictures, 'rows'),
    ],
  };
}

function makingSection({ data, search, refit, seed, versions, seconds }: TrainingReport): ReportSection {
  return {
    title: 'How it was made',
    blocks: [
      {
        kind: 'table',
        head: ['what', 'value'],
        rows: [
          ['data file', data.file],
          ['SHA-256', data.sha256],
          ['rows', [data.rows, ...rowCounts(data)].join('; ')],
          ['split', splitText({ data, refit })],
          ['search', searchText({ search })],
          ['seed', String(seed)],
          ['versions', `churn ${versions.churn}, Node ${versions.node}`],
          ['time until the report', `${seconds.toFixed(1)} s`],
        ],
      },
    ],
  };
}

/** The pictures of a section. */
export function charts(pictures: readonly Picture[], section: Section): ReportBlock[] {
  return pictures
    .filter((picture) => picture.section === section)
    .map(({ svg, alt }) => ({ kind: 'chart', svg, alt }));
}
