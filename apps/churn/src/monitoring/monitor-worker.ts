import { type RecordPart, readRowPart } from '@churn/io';
import { orFailure, type ScoreFailure } from '../scoring/score-pool.js';
import { threadModel } from '../scoring/thread-model.js';
import { type MonitoredColumns, type MonitoredPart, monitoredModel, partMonitor } from './monitored-part.js';

/** A part of an input for a thread to read and score. */
export interface MonitorTask extends MonitoredColumns {
  readonly part: RecordPart;
}

/** Reads and scores a part of an input with the model of this thread; without a part, only loads the model. */
export default function monitorPart(task: MonitorTask | null): Promise<MonitoredPart | ScoreFailure | null> {
  return orFailure(async () => {
    const scoring = await threadModel();
    if (task === null) return null;
    return partMonitor(scoring, task)(readRowPart(task.part, monitoredModel(scoring, task)));
  });
}
