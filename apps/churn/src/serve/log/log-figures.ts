import { Counter, type Registry } from 'prom-client';
import type { ServiceLogs } from './open-logs.js';

/** Reports the number of rows that could not be written to Prometheus. */
export function addLogFigures(registry: Registry, { predictions, outcomes }: ServiceLogs): void {
  new Counter({
    name: 'churn_log_dropped_rows_total',
    help: 'Rows that could not be written to a log',
    labelNames: ['log'],
    registers: [registry],
    collect() {
      this.reset();
      this.inc({ log: 'predictions' }, predictions.dropped());
      this.inc({ log: 'outcomes' }, outcomes.dropped);
    },
  });
}
