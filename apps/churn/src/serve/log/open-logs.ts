import { ChurnError } from '@churn/core';
import type { PredictionLogConfig } from '../../config/live-monitoring.js';
import type { Logger } from '../../terminal/logger.js';
import type { ServedModel } from '../served-model.js';
import { finishInThread } from './finish-in-thread.js';
import { finishAsLines } from './finish-log-file.js';
import { requireLoggable } from './logged-columns.js';
import { openPredictionLog, type PredictionLog } from './prediction-log.js';
import { RotatedLog } from './rotated-log.js';

/** The logs of a service. */
export interface ServiceLogs {
  readonly predictions: PredictionLog;
  readonly outcomes: RotatedLog;
}

/**
 * Opens the logs of a service in the folder of a configuration.
 * @throws `invalid-parameter` for a column that the model does not have, or if the salt is not in the environment; `invalid-file` if the
 * folder cannot be written to.
 */
export async function openLogs(
  { folder, format, columns, hashed, saltEnv, rotate }: PredictionLogConfig,
  model: ServedModel,
  logger: Logger,
): Promise<ServiceLogs> {
  const kept = { columns, hashed, salt: saltOf(saltEnv) };
  requireLoggable(model, kept);
  const ofBoth = { folder, rotate, logger };
  const finish = format === 'parquet' ? finishInThread : finishAsLines;
  return {
    predictions: await openPredictionLog({ ...ofBoth, ...kept, finish }),
    outcomes: await RotatedLog.open({ ...ofBoth, kind: 'outcomes', finish: finishAsLines }),
  };
}

function saltOf(saltEnv: string | undefined): string | undefined {
  if (saltEnv === undefined) return undefined;
  const salt = process.env[saltEnv];
  if (salt) return salt;
  throw new ChurnError(
    'invalid-parameter',
    `monitoring.log.saltEnv: expected a salt in the environment variable ${saltEnv}, got none`,
  );
}
