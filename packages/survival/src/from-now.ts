import {
  expm1,
  type FittedSurvivalModel,
  isList,
  log,
  nextBelow,
  numberParameter,
  type OptionsOf,
  type Parameter,
  parameter,
  readOptions,
  requireParameter,
  requireTable,
  type Table,
} from '@churn/core';
import { requireNumbers } from './checked-columns.js';

const fromNowParameters = {
  /** The time elapsed without the event: a list with one number per row, at least 0. Default: 0 for all rows. */
  elapsed: elapsedParameter(),
};

const remainingParameters = {
  ...fromNowParameters,
  /** The time up to which a row is followed, in the units of the durations and from their start: above 0. Default the last of the model's `times`. */
  until: numberParameter({ above: 0 }),
};

export type FromNowOptions = OptionsOf<typeof fromNowParameters>;
export type RemainingTimeOptions = OptionsOf<typeof remainingParameters>;

/** The required part of a survival model: a `FittedSurvivalModel`, or a pipeline that ends in one. */
export type SurvivalPredictor = Pick<FittedSurvivalModel, 'times' | 'predictSurvival'>;

/** So many rows at a time: a survival curve is asked for at the elapsed times of them all. */
const BLOCK = 256;

/**
 * The probability that the event occurs within each of `horizons` from now, for rows event-free for `elapsed`:
 * `1 - S(elapsed + horizon) / S(elapsed)`.
 *
 * @param horizons in the units of the durations, at least 0.
 * @returns an array per horizon, with a number per row; 1 where the model says that nobody is there for `elapsed`.
 * @throws `invalid-parameter` for a horizon that is none; `invalid-data` if `elapsed` is not one number of at least 0 per row; and the
 * errors of the model.
 */
export function probabilityWithin(
  model: SurvivalPredictor,
  x: Table,
  horizons: ArrayLike<number>,
  options?: FromNowOptions,
): Float64Array[] {
  const { elapsed } = readOptions(fromNowParameters, options);
  const each = isList(horizons) ? Array.from(horizons as ArrayLike<number>) : [];
  const areTimes = each.length > 0 && each.every((horizon) => Number.isFinite(horizon) && horizon >= 0);
  requireParameter(areTimes, 'horizons', 'numbers of at least 0', horizons);
  const probabilities = each.map(() => new Float64Array(x?.nRows ?? 0));
  for (const { first, rows, since } of blocksOf(x, elapsed)) {
    const times = distinct([...since, ...each.flatMap((horizon) => since.map((time) => time + horizon))]);
    const survival = new Map(model.predictSurvival(rows, times).map((column, i) => [times[i], column]));
    each.forEach((horizon, h) => {
      since.forEach((time, i) => {
        const now = survival.get(time)?.[i] ?? 0;
        const then = survival.get(time + horizon)?.[i] ?? 0;
        probabilities[h][first + i] = now > 0 ? 1 - then / now : 1;
      });
    });
  }
  return probabilities;
}

/**
 * The expected time without the event from now up to `until`, for rows event-free for `elapsed`: the area under the survival curve after
 * `elapsed`, over survival then. Between the times of the model a curve with steps stays as it is, and a smooth one is taken to have a
 * constant rate.
 *
 * @returns a number per row; 0 for one that has been there for `until` or longer, and where the model says that nobody is there for
 * `elapsed`.
 * @throws `invalid-parameter` if `until` is missing and the model has no times; `invalid-data` if `elapsed` is not one number of at least
 * 0 per row; and the errors of the model.
 */
export function expectedRemainingTime(
  model: SurvivalPredictor,
  x: Table,
  options?: RemainingTimeOptions,
): Float64Array {
  const settings = readOptions(remainingParameters, options);
  const until = settings.until ?? model.times[model.times.length - 1];
  requireParameter(until !== undefined, 'until', 'a number above 0, since the model has no times', until);
  const steps = Array.from(model.times).filter((time) => time < until);
  const remaining = new Float64Array(x?.nRows ?? 0);
  for (const { first, rows, since } of blocksOf(x, settings.elapsed)) {
    const inside = since.filter((time) => time < until);
    const times = distinct([...steps, ...inside, until]);
    // Just before the next time a curve with steps is what it was, and a smooth one what it will be.
    const ends = times.slice(1).map(nextBelow);
    const curves = model.predictSurvival(rows, [...times, ...ends]);
    since.forEach((time, i) => {
      const from = times.indexOf(time);
      if (from < 0 || !(curves[from][i] > 0)) return;
      let area = 0;
      for (let k = from; k < ends.length; k++) {
        const start = curves[k][i];
        const rise = log(start / curves[times.length + k][i]);
        area += (times[k + 1] - times[k]) * start * meanSurvival(rise);
      }
      remaining[first + i] = area / curves[from][i];
    });
  }
  return remaining;
}

/**
 * The median of the time without the event from now on, for rows event-free for `elapsed`: the first time after which the probability of
 * the event is a half or more. Within an interval of the model's `times` a smooth curve is taken to have a constant rate.
 *
 * @returns a number per row; `Infinity` where survival does not fall that far by the last of the model's `times`, 0 where the model says
 * that nobody is there for `elapsed`.
 * @throws `invalid-data` if `elapsed` is not one number of at least 0 per row; and the errors of the model.
 */
export function medianRemainingTime(
  model: SurvivalPredictor,
  x: Table,
  options?: FromNowOptions,
): Float64Array {
  const settings = readOptions(fromNowParameters, options);
  const medians = new Float64Array(x?.nRows ?? 0);
  const times = Array.from(model.times);
  // Nothing is before the start.
  const ends = times.map((time) => (time > 0 ? nextBelow(time) : 0));
  for (const { first, rows, since } of blocksOf(x, settings.elapsed)) {
    const starts = distinct(since);
    const curves = model.predictSurvival(rows, [...times, ...ends, ...starts]);
    const [atTimes, atEnds] = [curves.slice(0, times.length), curves.slice(times.length, 2 * times.length)];
    const atStarts = new Map(starts.map((start, k) => [start, curves[2 * times.length + k]]));
    since.forEach((now, i) => {
      const survival = atStarts.get(now)?.[i] ?? 0;
      const half = survival / 2;
      if (!(half > 0)) return;
      const next = times.findIndex((time, k) => time > now && atTimes[k][i] <= half);
      if (next < 0) medians[first + i] = Infinity;
      // A curve that is above a half until just before the time has a step there.
      else if (atEnds[next][i] > half) medians[first + i] = times[next] - now;
      else {
        const isInside = next === 0 || times[next - 1] < now;
        const [from, before] = isInside ? [now, survival] : [times[next - 1], atTimes[next - 1][i]];
        const share = log(half / before) / log(atEnds[next][i] / before);
        medians[first + i] = from + (times[next] - from) * share - now;
      }
    });
  }
  return medians;
}

/** The mean of survival over an interval, as a share of that at its start, where the cumulative hazard rises by `rise` at a constant rate. */
function meanSurvival(rise: number): number {
  return rise > 0 ? -expm1(-rise) / rise : 1;
}

function* blocksOf(x: Table, elapsed?: ArrayLike<number>) {
  requireTable(x);
  if (elapsed)
    requireNumbers(elapsed, x.nRows, 'a time of at least 0', (time) => time >= 0 && time < Infinity);
  for (let first = 0; first < x.nRows; first += BLOCK) {
    const rows = Array.from({ length: Math.min(BLOCK, x.nRows - first) }, (_, i) => first + i);
    yield { first, rows: x.take(rows), since: rows.map((row) => elapsed?.[row] ?? 0) };
  }
}

function distinct(times: readonly number[]): number[] {
  return [...new Set(times)].sort((a, b) => a - b);
}

// @__NO_SIDE_EFFECTS__
function elapsedParameter(): Parameter<ArrayLike<number>> {
  return parameter('a list with one number per row', (value): value is ArrayLike<number> => isList(value));
}
