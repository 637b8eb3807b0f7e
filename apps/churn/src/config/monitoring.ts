import { z } from 'zod';
import { columnName } from './column-name.js';
import { costs } from './costs.js';
import { liveMonitoring } from './live-monitoring.js';
import { WINDOWS } from './windows.js';

const share = z.number().gt(0).lt(1);

/** The metrics that are monitored for a decrease, or an increase if they are losses. */
export const FALLING = [
  'rocAuc',
  'logLoss',
  'brierScore',
  'accuracy',
  'precision',
  'recall',
  'f1',
  'profit',
  'rootMeanSquaredError',
  'meanAbsoluteError',
  'r2',
  'calibration',
] as const;

/** The thresholds of alerts, and how new rows are read. */
export const monitoring = z
  .strictObject({
    /** The probability of any false alarm among all columns of a report. */
    significance: share.default(0.05),
    /** The population stability index from which a column has drifted, if its test is significant. */
    minPsi: z.number().min(0).default(0.1),
    /** The increase of the share of missing values that raises an alert. */
    minMissing: share.default(0.05),
    /** The share of unseen values that raises an alert. */
    minUnseen: share.default(0.05),
    /** The shift of predictions from which it matters, in standard deviations of the reference. */
    minScoreShift: z.number().min(0).default(0.1),
    /** How much metrics may get worse before an alert; for errors in the unit of the target, as a share of the reference. */
    maxFall: z.partialRecord(z.enum(FALLING), z.number().min(0)).default({
      ...{ rocAuc: 0.05, logLoss: 0.1, accuracy: 0.05, precision: 0.1, recall: 0.1, f1: 0.1 },
      ...{ rootMeanSquaredError: 0.1, brierScore: 0.05, calibration: 0.05 },
    }),
    /** The share of rows that may be unreadable or lack a score before an alert. */
    maxRejected: z.number().min(0).lt(1).default(0.05),
    /** The column with the time of a row. */
    date: columnName.optional(),
    window: z.enum(WINDOWS).default('month'),
    /** The columns that identify a row, by which labels are joined. */
    id: z
      .union([columnName, z.array(columnName).min(1)])
      .transform((given) => (typeof given === 'string' ? [given] : given))
      .optional(),
    /** By default those of the threshold. */
    costs: costs.optional(),
    ...liveMonitoring,
  })
  .prefault({});

export type MonitoringConfig = z.infer<typeof monitoring>;
