import type { MonitoringReport } from '../monitoring/monitoring-report.js';

const INCREASE = {
  classes: 'the increase of the log loss on test rows',
  value: 'the increase of the mean squared error on test rows, in the squared unit of the target,',
  survival: 'the decrease of the concordance on test rows',
};

/** What the importance of a column measures, and in which unit. */
export function importanceText({ task }: Pick<MonitoringReport['model'], 'task'>): string {
  return `${INCREASE[task]} when the column is shuffled`;
}
