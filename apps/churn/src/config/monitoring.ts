import { z } from 'zod';
import { columnName } from './column-name.js';
import { costs } from './costs.js';
import { liveMonitoring } from './live-monitoring.js';
import { WINDOWS } from './windows.js';

const share = z.number().gt(0).lt(1);

/** The figures of a model that may fall, or rise if they are losses. */
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

/** When later rows of a model raise an alert, and how they are read. */
export const monitoring = z
  .strictObject({
    /** The chance of any false alarm among all columns of a report. */
    significance: share.default(0.05),
    /** From which population stability index on a column has drifted, where its test is significant. */
    minPsi: z.number().min(0).default(0.1),
    /** From which difference on shares of missing values raise an alert. */
    minMissing: share.default(0.05),
    /** From which share on values that the reference does not have raise an alert. */
    minUnseen: share.default(0.05),
    /** By how much figures of the model may get worse before that raises an alert; errors in the unit of the target by which share of what they were. */
    maxFall: z.partialRecord(z.enum(FALLING), z.number().min(0)).default({
      ...{ rocAuc: 0.05, logLoss: 0.1, accuracy: 0.05, precision: 0.1, recall: 0.1, f1: 0.1 },
      ...{ rootMeanSquaredError: 0.1, brierScore: 0.05, calibration: 0.05 },
    }),
    /** Up to which share of rows may be unreadable, or have no score, before that raises an alert. */
    maxRejected: z.number().min(0).lt(1).default(0.05),
    /** The column with the time of a row. */
    date: columnName.optional(),
    window: z.enum(WINDOWS).default('month'),
    /** The columns that tell a row from all others, by which labels are joined. */
    id: z
      .union([columnName, z.array(columnName).min(1)])
      .transform((given) => (typeof given === 'string' ? [given] : given))
      .optional(),
    /** Default those of the threshold. */
    costs: costs.optional(),
    ...liveMonitoring,
  })
  .prefault({});

export type MonitoringConfig = z.infer<typeof monitoring>;
