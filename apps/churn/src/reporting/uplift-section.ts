import type { ReportBlock, ReportSection } from '@churn/eda';
import type { Picture } from '../figures/draw-figures.js';
import type { UpliftModelReport, UpliftReport } from '../uplift/uplift-report.js';
import { chartBlock } from './html-report.js';
import { listText, policyText, refusalText, type UpliftSummary } from './uplift-text.js';

/** The section of a page on an experiment: whom the treatment affects, or why that cannot be estimated. */
export function upliftSection(summary: UpliftSummary, pictures: readonly Picture[]): ReportSection {
  const { uplift, rows } = summary;
  const { model } = uplift;
  return {
    title: upliftTitle(rows),
    blocks: [
      text(armsText(summary)),
      ...(model
        ? modelBlocks(summary, model, pictures)
        : [text(`There is no uplift model: ${refusalText(uplift)}.`)]),
      balanceTable(uplift),
    ],
  };
}

/** The title of the section on uplift. */
export function upliftTitle(rows: string): string {
  return rows === 'customers' ? 'Who is retained by the treatment' : 'Who is affected by the treatment';
}

export function armsText({ uplift, positive, rows }: UpliftSummary): string {
  const { treatment, rows: counts } = uplift;
  return (
    `${counts.treated.toLocaleString('en')} ${rows} were treated (“${treatment.treated}” in “${treatment.column}”), and ${counts.control.toLocaleString('en')} were not (“${treatment.control}”). ` +
    `The models of “${positive}” were trained on the untreated rows: their probability is that without treatment. Uplift is the decrease of that probability by the treatment: above 0 if it helps, below 0 if it harms.`
  );
}

function modelBlocks(
  { rows, currency }: UpliftSummary,
  model: UpliftModelReport,
  pictures: readonly Picture[],
): ReportBlock[] {
  const { effect, qini, policy, lists } = model;
  const interval = ({ low, high }: { readonly low: number; readonly high: number }) =>
    `95% interval ${low.toFixed(3)} to ${high.toFixed(3)}`;
  return [
    {
      kind: 'figures',
      figures: [
        { label: 'average uplift', value: effect.value.toFixed(3), note: interval(effect) },
        { label: 'Qini coefficient', value: qini.value.toFixed(3), note: interval(qini) },
        { label: 'learner', value: model.learner, note: `of ${model.compared.length}` },
        {
          label: 'gain at the best share',
          value: policy.gain.value.toFixed(3),
          note: `per row; ${interval(policy.gain)}`,
        },
      ],
    },
    ...(lists ? [text(listText(lists, rows, currency))] : []),
    text(policyText(model, rows)),
    ...pictures.filter(({ section }) => section === 'uplift').map(chartBlock),
    {
      kind: 'table',
      caption: 'Held-out rows by predicted uplift, largest first',
      head: PART_HEAD,
      rows: partCells(model),
    },
    {
      kind: 'table',
      caption: `Learners, by the out-of-fold Qini coefficient on training rows${leftOutText(model)}`,
      head: ['learner', 'Qini', 'seconds'],
      rows: model.compared.map(({ learner, qini, seconds }) => [learner, fixed(qini), seconds.toFixed(1)]),
    },
  ];
}

/** The addition to a sentence about learners that there was no time for some. */
export function leftOutText({ leftOut = [] }: UpliftModelReport): string {
  return leftOut.length === 0 ? '' : `; there was no time to compare ${leftOut.join(', ')}`;
}

/** The head of the table of a list's parts. */
export const PART_HEAD = [
  'part',
  'treated',
  'control',
  'predicted uplift',
  'observed uplift',
  '95% interval',
];

export function partCells({ parts }: UpliftModelReport): (string | number)[][] {
  return parts.map(({ treated, control, predicted, uplift: { value, low, high } }, i) => [
    ...[i + 1, treated.nRows, control.nRows, fixed(predicted), fixed(value)],
    `${low.toFixed(3)} to ${high.toFixed(3)}`,
  ]);
}

function balanceTable({ balance: { rows, auc, pValue } }: UpliftReport): ReportBlock {
  return {
    kind: 'table',
    caption: `Covariate balance: differences between treated and control rows, with the largest standardised differences first. A classifier separates them with a ROC AUC of ${auc.toFixed(3)} (chance gives 0.5; p ${pValue < 0.001 ? '< 0.001' : `= ${pValue.toFixed(3)}`})`,
    head: BALANCE_HEAD,
    rows: rows.map(({ column, level, treated, control, difference }) => [
      level === undefined ? column : `${column}: ${level ?? 'missing'}`,
      ...[fixed(treated), fixed(control), fixed(difference)],
    ]),
  };
}

const BALANCE_HEAD = ['column', 'mean or share, treated', 'control', 'standardised difference'];

/** Formats a number; infinity as a word. */
function fixed(value: number): number | string {
  return Number.isFinite(value) ? Number(value.toFixed(4)) : String(value);
}

function text(content: string): ReportBlock {
  return { kind: 'text', text: content };
}
