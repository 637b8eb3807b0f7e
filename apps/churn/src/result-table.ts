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

/** The rows likeliest of a class as a table of text. */
export function likeliestTable(
  label: string,
  rows: readonly { readonly line: number; readonly probability: number }[],
): string {
  const table = tableOf([`likeliest "${label}"`, 'probability']);
  for (const { line, probability } of rows) table.push([`line ${line}`, probability.toFixed(4)]);
  return table.toString();
}

/** How many rows each class was called for, as a table of text. */
export function calledTable(classes: readonly string[], called: readonly number[]): string {
  const table = tableOf(['predicted', 'rows']);
  classes.forEach((label, code) => {
    table.push([label, called[code].toLocaleString('en')]);
  });
  return table.toString();
}

function tableOf(head: string[]) {
  const colAligns = head.map((_, i) => (i === 0 ? 'left' : 'right'));
  return new Table({ head, colAligns, style: { head: [], border: [], compact: true } });
}

/** Why a row has its probability, as a table of text. */
export function explanationTable(
  row: string,
  { label, probability, reasons, unit }: Explanation,
  top: number,
): string {
  const table = tableOf([`${row}: probability ${probability.toFixed(4)} of "${label}"`, unit]);
  for (const { text, contribution } of reasons.slice(0, top)) {
    table.push([text, `${contribution < 0 ? '' : '+'}${contribution.toFixed(3)}`]);
  }
  return table.toString();
}
