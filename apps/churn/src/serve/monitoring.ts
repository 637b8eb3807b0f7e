import { Registry } from 'prom-client';
import type { MonitoringConfig } from '../config/monitoring.js';
import type { Logger } from '../terminal/logger.js';
import { driftFigures } from './live/drift-figures.js';
import { addLogFigures } from './log/log-figures.js';
import { openLogs } from './log/open-logs.js';
import type { ServedModel } from './served-model.js';
import type { ServerOptions } from './server.js';

/** The monitoring settings of a service. */
export type ServedMonitoring = Pick<
  MonitoringConfig,
  'log' | 'live' | 'significance' | 'minPsi' | 'minMissing' | 'minUnseen' | 'minScoreShift'
>;

/** The monitoring of a service. */
export interface Monitoring extends Required<Pick<ServerOptions, 'observers' | 'figures'>> {
  readonly outcomes: ServerOptions['outcomes'];
  /** Writes pending rows and closes the logs. */
  close(): Promise<void>;
}

/** @throws as `openLogs` does. */
export async function openMonitoring(
  { log, live, significance, minPsi, minMissing, minUnseen, minScoreShift }: ServedMonitoring,
  model: () => ServedModel,
  logger: Logger,
): Promise<Monitoring> {
  const limits = { significance, minPsi, minMissing, minUnseen, minScoreShift };
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
