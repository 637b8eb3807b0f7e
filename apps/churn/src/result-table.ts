import type { CsvRecords } from '@churn/io';
import Table from 'cli-table3';
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

const SHOWN = 5;

/** The rows likeliest to churn as a table of text. */
export function likeliestTable({ lines }: CsvRecords, probabilities: Float64Array): string {
  const table = tableOf(['likeliest to churn', 'probability']);
  const byProbability = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
  for (const row of byProbability.slice(0, SHOWN))
    table.push([`line ${lines[row]}`, probabilities[row].toFixed(4)]);
  return table.toString();
}

function tableOf(head: string[]) {
  const colAligns = head.map((_, i) => (i === 0 ? 'left' : 'right'));
  return new Table({ head, colAligns, style: { head: [], border: [], compact: true } });
}
