import { Registry } from 'prom-client';
import type { MonitoringConfig } from '../config/monitoring.js';
import type { Logger } from '../terminal/logger.js';
import { driftFigures } from './live/drift-figures.js';
import { addLogFigures } from './log/log-figures.js';
import { openLogs } from './log/open-logs.js';
import type { ServedModel } from './served-model.js';
import type { ServerOptions } from './server.js';

/** What a service keeps and tells of the rows that it scores, and when a column raises an alert. */
export type ServedMonitoring = Pick<
  MonitoringConfig,
  'log' | 'live' | 'significance' | 'minPsi' | 'minMissing' | 'minUnseen'
>;

/** What a service needs for it. */
export interface Monitoring extends Required<Pick<ServerOptions, 'observers' | 'figures'>> {
  readonly outcomes: ServerOptions['outcomes'];
  /** Writes what is still to be written. */
  close(): Promise<void>;
}

/** @throws the errors of `openLogs`. */
export async function openMonitoring(
  { log, live, significance, minPsi, minMissing, minUnseen }: ServedMonitoring,
  model: () => ServedModel,
  logger: Logger,
): Promise<Monitoring> {
  const limits = { significance, minPsi, minMissing, minUnseen };
  const drift = live && driftFigures({ model, window: live.window, drift: limits });
  const figures = drift ? drift.registry : new Registry();
  const observers = drift ? [drift.observe] : [];
  const logs = log && (await openLogs(log, model(), logger));
  if (logs) {
    addLogFigures(figures, logs);
    observers.push(logs.predictions.observe);
  }
  return {
    observers,
    figures,
    outcomes: logs?.outcomes,
    async close() {
      await logs?.predictions.close();
      await logs?.outcomes.close();
    },
  };
}
