import { rowsToTable, rowValues, type TableSchema } from '@churn/core';
import type { Registry } from 'prom-client';
import { predictionNames } from '../monitoring/monitored-predictions.js';
import type { NamedModel } from '../registry/named-model.js';
import { ScorePool } from '../scoring/score-pool.js';
import type { Logger } from '../terminal/logger.js';
import type { Answered, Observer } from './answered.js';
import { comparedPredictions } from './compared-predictions.js';
import { followAlias } from './followed-alias.js';
import type { ClassPrediction } from './prediction.js';
import type { ServedModel } from './served-model.js';
import type { SentAnswers, ShadowComparison } from './shadow-comparison.js';
import { createShadowMetrics, DIFFERENCE_BOUNDS } from './shadow-metrics.js';

/** The differences of a challenger from the served model, since either was loaded. */
interface ShadowSummary {
  /** The hash of the served model; `null` before its first answer. */
  readonly model: string | null;
  /** The hash of the challenger. */
  readonly challenger: string;
  /** ISO 8601, in UTC. */
  readonly since: string;
  /** Rows that both scored. */
  readonly rows: number;
  /** Mean absolute difference of their predictions, as in `ShadowComparison`; `null` without rows. */
  readonly meanDifference: number | null;
  /** The share of rows with a different predicted class; `null` without rows, and for regression and survival. */
  readonly otherDecisions: number | null;
  /** The number of rows that differ by at most `to`, and by more than the previous bound. */
  readonly histogram: readonly { readonly to: number; readonly rows: number }[];
  /** Rows that the challenger could not score. */
  readonly failed: number;
  /** The reason for the last of them. */
  readonly failure: string | null;
  /** Rows that it had no time for. */
  readonly dropped: number;
}

/** A challenger that scores answered rows after the response, on a separate thread. */
export interface Shadow {
  /** The observer of answered requests. */
  readonly observe: Observer;
  summary(): ShadowSummary;
  /** The metrics for Prometheus. */
  readonly registry: Registry;
  /** Stops observing, and ends the thread. */
  close(): Promise<void>;
}

/** The thread of a challenger. */
export interface Challenger {
  readonly hash: string;
  compare(answers: SentAnswers): Promise<ShadowComparison>;
  close(): Promise<void>;
}

/** The maximum number of waiting rows; further rows are dropped, except for a request that need not wait. */
const MAX_WAITING = 10_000;
/** The number of rows compared at a time. */
const BATCH = 1000;
/** The time for which rows wait for others. */
const GATHER_MS = 100;

/**
 * Runs a challenger in shadow mode; if it is an alias, changes of the alias are followed.
 * @throws as `loadModel` does.
 */
export async function startShadow({ name, file, alias }: NamedModel, logger: Logger): Promise<Shadow> {
  const watched = alias
    ? await followAlias(alias, file, {
        load: startChallenger,
        logger,
        onReplaced(fresh, old) {
          logger.info(`a new model in shadow mode as ${name}: ${fresh.hash.slice(0, 12)}`);
          void old.close();
        },
      })
    : await aloneFrom(file);
  const shadow = shadowOf(() => watched.current(), logger);
  return {
    ...shadow,
    async close() {
      watched.stop();
      await shadow.close();
      await watched.current().close();
    },
  };
}

async function aloneFrom(file: string) {
  const challenger = await startChallenger(file);
  return { current: () => challenger, stop: () => undefined };
}

/** @throws as `loadModel` does. */
async function startChallenger(file: string): Promise<Challenger> {
  const pool = new ScorePool<SentAnswers, ShadowComparison>('shadow-worker', file, 1);
  try {
    const { hash } = await pool.run({
      columns: [],
      nRows: 0,
      task: 'classes',
      names: [],
      predictions: [],
      called: new Int32Array(),
      unit: 1,
    });
    return { hash, compare: (answers) => pool.run(answers), close: () => pool.close() };
  } catch (error) {
    await pool.close();
    throw error;
  }
}

/** Compares observed answers with those of a challenger, batch by batch, from a bounded queue. */
export function shadowOf(challenger: () => Challenger, logger: Logger): Shadow {
  const metrics = createShadowMetrics();
  let waiting: Answered[] = [];
  let nWaiting = 0;
  let isOpen = true;
  let work: Promise<void> | undefined;
  let tally = newTally(null, challenger().hash);
  const tallyOf = (model: string, hash: string) => {
    if (tally.model !== model || tally.challenger !== hash) tally = newTally(model, hash);
    return tally;
  };
  const fail = (tally: Tally, rows: number, reason: string) => {
    metrics.failed.inc(rows);
    tally.failed += rows;
    if (tally.failure === null) logger.warn(`the challenger in shadow mode cannot score a row: ${reason}`);
    tally.failure = reason;
  };
  const compare = async (batch: readonly Answered[]) => {
    const { served } = batch[0];
    const { hash, compare } = challenger();
    const tally = tallyOf(served.hash, hash);
    try {
      const { differences, others, failed, failure } = await compare(sent(batch));
      for (const difference of differences) {
        metrics.difference.observe(difference);
        tally.add(difference);
      }
      metrics.otherDecisions.inc(others);
      tally.others += others;
      tally.hasClasses = served.task === 'classes';
      if (failed > 0) fail(tally, failed, failure ?? 'for an unknown reason');
    } catch (error) {
      // The service continues after any error.
      fail(tally, rowsOf(batch), error instanceof Error ? error.message : String(error));
    }
  };
  const workOff = async () => {
    while (waiting.length > 0 && isOpen) {
      const batch = firstBatch(waiting);
      waiting = waiting.slice(batch.length);
      nWaiting -= rowsOf(batch);
      await compare(batch);
    }
    work = undefined;
  };
  return {
    observe(answered) {
      const rows = rowsOf([answered]);
      if (!isOpen) return;
      if (nWaiting > 0 && nWaiting + rows > MAX_WAITING) {
        metrics.dropped.inc(rows);
        tally.dropped += rows;
        return;
      }
      waiting.push(answered);
      nWaiting += rows;
      work ??= new Promise<void>((resolve) => setTimeout(resolve, GATHER_MS)).then(workOff);
    },
    summary: () => summaryOf(tally),
    registry: metrics.registry,
    async close() {
      isOpen = false;
      await work;
    },
  };
}

function rowsOf(batch: readonly Answered[]): number {
  return batch.reduce((sum, { predictions }) => sum + predictions.length, 0);
}

/** The oldest waiting requests of one model: single rows together, or a table. */
function firstBatch(waiting: readonly Answered[]): Answered[] {
  const [first] = waiting;
  if ('table' in first.rows) return [first];
  const end = waiting.findIndex(
    ({ served, rows }, i) => i === BATCH || served !== first.served || 'table' in rows,
  );
  return waiting.slice(0, end < 0 ? waiting.length : end);
}

function sent(batch: readonly Answered[]): SentAnswers {
  const [{ served, rows }] = batch;
  const schema = columnsRead(served);
  const singles = batch.flatMap((each) =>
    'single' in each.rows ? [rowValues(schema, each.rows.single)] : [],
  );
  const table = 'table' in rows ? rows.table : rowsToTable(schema, singles);
  const predictions = batch.flatMap((each) => each.predictions);
  const classes = served.task === 'classes' ? served.classes : [];
  return {
    columns: Array.from(table.entries()),
    nRows: table.nRows,
    task: served.task,
    names: served.task === 'classes' ? classes : predictionNames(served),
    predictions: comparedPredictions(served, predictions).map((each) => Float64Array.from(each)),
    called: Int32Array.from(
      predictions.flatMap((each) =>
        served.task === 'classes' ? [classes.indexOf(String((each as ClassPrediction).prediction))] : [],
      ),
    ),
    unit: (served.task === 'value' && served.reference?.predicted?.predictions[0].sd) || 1,
  };
}

/** The columns of scored rows, including the elapsed time. */
function columnsRead({ model, ...served }: ServedModel): TableSchema {
  const elapsed = served.task === 'survival' ? served.durations.elapsed : undefined;
  return elapsed === undefined ? model.schema : [...model.schema, { name: elapsed, kind: 'numeric' }];
}

type Tally = ReturnType<typeof newTally>;

/** The counts for a served model and a challenger. */
function newTally(model: string | null, challenger: string) {
  const counts = DIFFERENCE_BOUNDS.map(() => 0);
  return {
    model,
    challenger,
    since: new Date().toISOString(),
    counts,
    rows: 0,
    sum: 0,
    hasClasses: true,
    others: 0,
    failed: 0,
    failure: null as string | null,
    dropped: 0,
    add(difference: number) {
      const place = DIFFERENCE_BOUNDS.findIndex((bound) => difference <= bound);
      // Sums of rounded probabilities may be just above 1.
      counts[place < 0 ? counts.length - 1 : place]++;
      this.rows++;
      this.sum += difference;
    },
  };
}

function summaryOf({ counts, sum, others, hasClasses, ...tally }: Tally): ShadowSummary {
  const { model, challenger, since, rows, failed, failure, dropped } = tally;
  return {
    model,
    challenger,
    since,
    rows,
    meanDifference: rows > 0 ? sum / rows : null,
    otherDecisions: rows > 0 && hasClasses ? others / rows : null,
    histogram: DIFFERENCE_BOUNDS.map((to, i) => ({ to, rows: counts[i] })),
    failed,
    failure,
    dropped,
  };
}
