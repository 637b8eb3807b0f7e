import { ChurnError, Durations, mean, type Table } from '@churn/core';
import { quoted } from '@churn/io';
import { brierScore, kaplanMeier, survivalAt } from '@churn/survival';
import type { RecordedDurations } from '../../model/recorded-durations.js';
import { labelKey } from '../../training/label-spellings.js';
import { likelyPositive, meaningOf } from '../../training/positive-label.js';
import type { Outcome, OutcomeMetric } from './outcome.js';

/** How long a row was observed since it was scored, and whether the event ended that. */
export function timeOutcome(
  column: string,
  { event, elapsed, positive }: Pick<RecordedDurations, 'event' | 'elapsed' | 'positive'>,
): Outcome {
  return {
    columns: [
      { name: column, kind: 'numeric' },
      { name: event, kind: 'category' },
    ],
    read(table, where) {
      const events = eventsIn(table, event, positive, where);
      const durations = table.numeric(column).map((duration, row) => {
        if (Number.isNaN(duration) || Number.isNaN(events[row])) return NaN;
        if (duration >= 0 && duration < Infinity) return duration;
        throw new ChurnError(
          'invalid-data',
          `${where(row)}: expected a finite ${column} of at least 0, got ${duration}`,
        );
      });
      return [durations, events];
    },
    // Of a row that was scored late, what came before is no outcome of its prediction.
    since([durations, events], table) {
      if (elapsed === undefined) return [durations, events];
      const before = table.numeric(elapsed);
      return [durations.map((time, row) => (time > before[row] ? time - before[row] : NaN)), events];
    },
    target: ([durations, events]) => durationsOf(durations, events),
  };
}

/** 1 where the event came and 0 if it did not, whatever the words; `NaN` if that is not known. */
function eventsIn(
  table: Table,
  event: string,
  positive: string | undefined,
  where: (row: number) => string,
): Float64Array {
  const { codes, levels } = table.category(event);
  const labels = levels.map((text) => ({ text, rows: 0, spellings: [] }));
  const [first, second] = labels;
  const pair = labels.length === 2 ? likelyPositive([first, second]) : undefined;
  const meanings = labels.map((label) => {
    if (positive !== undefined) return labelKey(label.text) === labelKey(positive) ? 1 : 0;
    if (pair?.meansYes) return label === pair.label ? 1 : 0;
    const meaning = meaningOf(label);
    return meaning && (meaning === 'yes' ? 1 : 0);
  });
  return Float64Array.from(codes, (code, row) => {
    if (code < 0) return NaN;
    const meaning = meanings[code];
    if (meaning !== undefined) return meaning;
    throw new ChurnError(
      'invalid-data',
      `${where(row)}: expected yes or no in the event "${event}", got ${quoted(levels[code])}`,
    );
  });
}

/** Of durations of which none need have ended with the event. */
function durationsOf(durations: Float64Array, events: Float64Array): Durations {
  if (events.includes(1)) return Durations.from({ durations, events });
  const all = Durations.from({ durations: [...durations, 1], events: [...events, 1] });
  return all.take(durations.map((_, row) => row));
}

/** The figures of the probabilities that an event comes within each horizon. */
export function timeMetrics(horizons: readonly number[]): OutcomeMetric[] {
  return horizons.flatMap((horizon, h): OutcomeMetric[] => [
    {
      name: `brierScore within ${horizon}`,
      measure(y, predictions) {
        const survival = Float64Array.from(predictions[h], (probability) => 1 - probability);
        return brierScore(watchedUpTo(horizon, y as Durations), [survival], [horizon])[0];
      },
    },
    {
      name: `calibration within ${horizon}`,
      measure: (y, predictions) => mean(predictions[h]) - shareWithin(y as Durations, horizon),
    },
  ]);
}

/** With rows that were watched just up to the horizon as there after it, since the event did not come until then. */
function watchedUpTo(horizon: number, { values, events }: Durations): Durations {
  const isEnd = (row: number) => values[row] === horizon && events[row] === 0;
  const longer = horizon * (1 + Number.EPSILON);
  return durationsOf(
    values.map((time, row) => (isEnd(row) ? longer : time)),
    Float64Array.from(events),
  );
}

/** @throws `invalid-target` if no row was observed for so long. */
function shareWithin(y: Durations, horizon: number): number {
  const longest = y.values.reduce((most, time) => Math.max(most, time), 0);
  if (longest < horizon) {
    throw new ChurnError('invalid-target', `expected rows observed up to ${horizon}, got ${longest} at most`);
  }
  return 1 - survivalAt(kaplanMeier(y), [horizon])[0];
}
