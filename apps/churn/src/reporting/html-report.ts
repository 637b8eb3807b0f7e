import type { Target } from '@churn/core';
import {
  createReport,
  type KeyFigure,
  type ReportBlock,
  type ReportChart,
  type ReportSection,
  type RowExplorer,
  type TableProfile,
} from '@churn/eda';
import type { Driver } from '../explanation/drivers.js';
import type { Interaction } from '../explanation/interactions.js';
import type { Picture } from '../figures/draw-figures.js';
import type { Section } from '../figures/figure.js';
import type { Dataset } from '../training/dataset.js';
import type { ReadColumn } from '../training/learned-columns.js';
import type { CommonReport } from '../training/training-report.js';
import { bestFirst } from './best-first.js';
import { learnedText, rowCounts, splitText } from './describe-split.js';
import { describeVersions } from './describe-versions.js';
import { bestNote, ensembleText } from './ensemble-text.js';
import { figureText } from './figure-text.js';
import { interactionBlocks } from './interaction-text.js';
import { leaderboardCells } from './leaderboard-table.js';
import { parameterText } from './parameter-text.js';
import { MAX_READ_COLUMNS, READ_COLUMN_HEAD, readColumnCells } from './read-columns.js';
import { choiceText, searchText } from './search-text.js';

/** The content of the page of a training run, for any task. */
export interface PageContent<R extends CommonReport = CommonReport> {
  readonly report: R;
  readonly target: string;
  readonly profile: TableProfile;
  /** In the order in which each section shows its pictures. */
  readonly pictures: readonly Picture[];
  /** The drivers of the best model's scores, strongest first. */
  readonly drivers?: readonly Driver[];
  /** The interactions in the best model, strongest first. */
  readonly interactions?: readonly Interaction[];
  /** Test rows to explore one by one. */
  readonly explorer?: RowExplorer;
  /** The comparison of models, if there are several. */
  readonly comparison?: readonly ReportBlock[];
}

/** The parts of a page that depend on the task. */
export interface PageParts<M> {
  /** The purpose of the models, after "to". */
  readonly aim: string;
  /** The subject of the title; by default the target. */
  readonly subject?: string;
  /** The metrics of the best model, besides its name and its cross-validated score. */
  readonly figures: readonly [first: KeyFigure, ...others: KeyFigure[]];
  /** The conclusions, in plain words. */
  readonly conclusions: readonly string[];
  /** The relations of columns to the target. */
  readonly relations: readonly ReportBlock[];
  /** The meaning of the metrics. */
  readonly meaning: string;
  /** The test metrics in the table of models. */
  readonly head: readonly string[];
  readonly cells: (model: M) => readonly (string | number)[];
  /** Sections after the models. */
  readonly sections: readonly ReportSection[];
  /** Sections before the models. */
  readonly decision?: readonly ReportSection[];
}

/** The training report as a self-contained page: data, models, explanations and training details. */
export function reportPage<M extends CommonReport['models'][string]>(
  content: PageContent<CommonReport<M>>,
  parts: PageParts<M>,
): string {
  const { report, pictures } = content;
  const { best, models, data, search } = report;
  const [scorer] = search.scoring;
  const { mean, std } = models[best].cv[scorer];
  const [first, ...others] = parts.figures;
  return createReport({
    title: `${parts.subject ?? content.target}: training report`,
    subtitle: `Models trained on ${data.train.toLocaleString('en')} rows of ${data.file} to ${parts.aim}, and tested on ${data.test.toLocaleString('en')} others.`,
    sections: [
      {
        title: 'Summary',
        blocks: [
          { kind: 'list', items: parts.conclusions },
          {
            kind: 'figures',
            figures: [
              { label: 'best model', value: best, note: bestNote(report) },
              first,
              { label: `CV ${scorer}`, value: figureText(mean), note: `± ${figureText(std)}` },
              ...others,
            ],
          },
        ],
      },
      ...(parts.decision ?? []),
      ...importanceSections(content),
      ...rowSections(content),
      modelSection(content, parts),
      ...parts.sections,
      dataSection(content),
      {
        title: 'Columns',
        folded: true,
        blocks: [
          ...parts.relations,
          ...charts(pictures, 'columns'),
          { kind: 'columns', profile: content.profile },
        ],
      },
      { title: 'How the columns were read', folded: true, blocks: readColumnBlocks(data.columns) },
      makingSection(report),
    ],
  });
}

function dataSection({ report, profile, pictures, target }: PageContent): ReportSection {
  return {
    title: 'Data',
    folded: true,
    blocks: dataBlocks({ ...report.data, profile }, pictures, target),
  };
}

/** The counts, warnings and pictures of the data. */
export function dataBlocks(
  data: Pick<Dataset<Target>, 'duplicates' | 'equalRows' | 'unlabelled' | 'warnings'> & {
    readonly profile: TableProfile;
  },
  pictures: readonly Picture[],
  target: string,
): ReportBlock[] {
  const { rows, columns, warnings: profiled } = data.profile;
  const missing = columns.reduce((sum, column) => sum + column.missing, 0);
  // Leaks and equal rows are reported by the data itself, for all columns of the file.
  const others = profiled.filter(({ code }) => code !== 'leaking' && code !== 'duplicate-rows');
  const warnings = [...data.warnings, ...others.map(({ message }) => message)];
  const worthALook: ReportBlock[] = [
    { kind: 'text', text: 'Check before you rely on a model:' },
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
          ? [{ label: 'duplicates dropped', value: data.duplicates.toLocaleString('en') }]
          : []),
        ...(data.unlabelled > 0
          ? [{ label: 'dropped without a label', value: data.unlabelled.toLocaleString('en') }]
          : []),
      ],
    },
    ...(warnings.length > 0 ? worthALook : []),
    ...charts(pictures, 'data'),
  ];
}

/** A table of how each column was read. */
export function readColumnBlocks(columns: readonly ReadColumn[]): ReportBlock[] {
  const more = columns.length - MAX_READ_COLUMNS;
  return [
    {
      kind: 'table',
      caption: 'Kind and use of each column of the file',
      head: READ_COLUMN_HEAD,
      rows: columns.slice(0, MAX_READ_COLUMNS).map(readColumnCells),
    },
    ...(more > 0 ? [{ kind: 'text', text: `${more} more columns were read in the same way.` } as const] : []),
  ];
}

function modelSection<M extends CommonReport['models'][string]>(
  { report, pictures, comparison = [] }: PageContent<CommonReport<M>>,
  { meaning, head, cells }: PageParts<M>,
): ReportSection {
  const { models, search } = report;
  const [scorer] = search.scoring;
  const board = leaderboardCells(report);
  const named = Object.entries(models).map(([name, model]) => ({ name, model }));
  const inOrder = bestFirst(named, report);
  return {
    title: 'Model comparison',
    blocks: [
      ...comparison,
      {
        kind: 'table',
        caption: `Test rows were not used to choose models or parameters. ${meaning} ${choiceText(report)}${ensembleText(report)}${learnedText(report)}`,
        head: ['model', `CV ${scorer}`, ...head],
        rows: inOrder.map(({ name, model }) => [name, model.cv[scorer].mean, ...cells(model)]),
      },
      {
        kind: 'table',
        caption: `All candidates, best first${board.more > 0 ? `, and ${board.more} more` : ''}`,
        head: board.head,
        rows: board.rows,
      },
      {
        kind: 'table',
        caption: 'The best candidate of each model',
        head: ['model', 'parameters', 'candidates', 'seconds to fit'],
        rows: inOrder.map(({ name, model: { parameters, candidates, fitSeconds } }) => {
          return [name, parameterText(parameters), candidates, fitSeconds];
        }),
      },
      ...charts(pictures, 'summary'),
      ...charts(pictures, 'models'),
    ],
  };
}

function importanceSections({ pictures, interactions = [] }: PageContent): ReportSection[] {
  const blocks = [...charts(pictures, 'importance'), ...interactionBlocks(interactions)];
  return blocks.length > 0 ? [{ title: 'Feature importance', blocks }] : [];
}

function rowSections({ pictures, explorer }: PageContent): ReportSection[] {
  const drawn = charts(pictures, 'rows');
  const blocks: ReportBlock[] = [
    ...(explorer && explorer.rows.length > 0
      ? [
          {
            kind: 'text',
            text: `Predictions for held-out rows of each kind, with reasons.${explorer.rows.some(({ changes = [] }) => changes.length > 0) ? ' Changes that would alter a decision describe the model, not cause and effect.' : ''}`,
          } as const,
          { kind: 'rows', explorer } as const,
        ]
      : []),
    ...(drawn.length > 0
      ? [
          {
            kind: 'text',
            text: 'How each column raises or lowers the score of three different rows:',
          } as const,
          ...drawn,
        ]
      : []),
  ];
  return blocks.length > 0 ? [{ title: 'Individual predictions', blocks }] : [];
}

function makingSection({ data, search, refit, seed, versions, seconds }: CommonReport): ReportSection {
  return {
    title: 'Training details',
    folded: true,
    blocks: [
      {
        kind: 'table',
        head: ['item', 'value'],
        rows: [
          ['data file', data.file],
          ['SHA-256', data.sha256],
          ['rows', [data.rows, ...rowCounts(data)].join('; ')],
          ['split', splitText({ data, refit })],
          ['search', searchText({ search })],
          ['seed', String(seed)],
          ['versions', describeVersions(versions)],
          ['duration', `${seconds.toFixed(1)} s`],
        ],
      },
    ],
  };
}

/** The pictures of a section; if there are several of single columns, one is shown at a time. */
export function charts(pictures: readonly Picture[], section: Section): ReportBlock[] {
  const own = pictures.filter((picture) => picture.section === section);
  const ofColumns = own.filter(({ column }) => column !== undefined);
  if (ofColumns.length < 2) return own.map(chartBlock);
  return [
    ...own.filter(({ column }) => column === undefined).map(chartBlock),
    {
      kind: 'choice',
      label: 'Column',
      charts: ofColumns.map((picture) => ({ ...chartBlock(picture), name: String(picture.column) })),
    },
  ];
}

/** A picture with its data. */
export function chartBlock({ id, svg, alt, data }: Picture): ReportChart {
  return { kind: 'chart', svg, alt, data: { ...data, name: id } };
}
