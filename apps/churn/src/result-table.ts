import Table from 'cli-table3';
import type { Explanation } from './explanation/explain-row.js';
import type { TrainingReport } from './training-report.js';

/** The figures of all models as a table of text, the best marked. */
export function resultTable({ models, best, search }: TrainingReport): string {
  const [scorer] = search.scoring;
  const table = tableOf(['model', `CV ${scorer}`, 'test ROC AUC', 'accuracy', 'precision', 'recall', 'F1']);
  for (const [name, { cv, test }] of Object.entries(models)) {
    const figures = [cv[scorer].mean, test.rocAuc, test.accuracy, test.precision, test.recall, test.f1];
    table.push([name === best ? `${name} (best)` : name, ...figures.map((value) => value.toFixed(4))]);
  }
  return table.toString();
}

/** Rows likeliest to churn as a table of text. */
export function likeliestTable(
  rows: readonly { readonly line: number; readonly probability: number }[],
): string {
  const table = tableOf(['likeliest to churn', 'probability']);
  for (const { line, probability } of rows) table.push([`line ${line}`, probability.toFixed(4)]);
  return table.toString();
}

function tableOf(head: string[]) {
  const colAligns = head.map((_, i) => (i === 0 ? 'left' : 'right'));
  return new Table({ head, colAligns, style: { head: [], border: [], compact: true } });
}

/** Why a row has its probability, as a table of text. */
export function explanationTable(
  row: string,
  { probability, reasons, unit }: Explanation,
  top: number,
): string {
  const table = tableOf([`${row}: probability ${probability.toFixed(4)}`, unit]);
  for (const { text, contribution } of reasons.slice(0, top)) {
    table.push([text, `${contribution < 0 ? '' : '+'}${contribution.toFixed(3)}`]);
  }
  return table.toString();
}
