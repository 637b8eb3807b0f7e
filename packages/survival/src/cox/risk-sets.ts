import type { Durations } from '@churn/core';
import { dot } from '@churn/models';
import { ranksOf, sortByKey } from '../ranks.js';

/** Where there are this many rows for each event time, those of a time are added up at once. */
const LONG = 64;

/**
 * The risk sets of a survival target, by stratum: at each distinct event time the rows under observation, `entry < time <= duration`.
 *
 * Rows stand in positions, ordered by stratum and from the latest end to the earliest, so that a sum over every risk set is one pass. Event
 * times are in the same order.
 */
export class RiskSets {
  /** The row in each position. Of those that end at one time, the ones with an event come first. */
  readonly rows: Uint32Array;
  /** Where the positions of each stratum start, and where the last one ends. */
  readonly bounds: Uint32Array;
  /** The event times. */
  readonly times: Float64Array;
  /** The stratum of each event time. */
  readonly strata: Uint32Array;
  /** For each event time the position up to which the rows of its stratum have not ended before. */
  readonly joined: Uint32Array;
  /** Where the positions of the rows with an event start, for each event time. */
  readonly deaths: Uint32Array;
  /** How many rows have an event, for each event time. */
  readonly nDeaths: Uint32Array;
  /** For each position the first event time at which it is at risk, and the one after the last. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Positions by stratum and entry, the latest first, with the place up to which they had not yet entered, for each event time. */
  readonly leaving: { readonly positions: Uint32Array; readonly left: Uint32Array } | undefined;

  /** @param strata the stratum of each row, at least 0; without it there is one. */
  constructor(y: Durations, strata: Uint32Array = new Uint32Array(y.length)) {
    const { values, events, entry } = y;
    const n = y.length;
    const nStrata = strata.reduce((most, stratum) => Math.max(most, stratum), 0) + 1;
    const rows = sortByKey(latestFirst(byEvent(events), values), strata, nStrata);
    this.rows = rows;
    this.bounds = new Uint32Array(nStrata + 1);
    this.from = new Uint32Array(n);
    this.to = new Uint32Array(n);
    const [deaths, joined, nDeaths] = [new Uint32Array(n), new Uint32Array(n), new Uint32Array(n)];
    let nTimes = 0;
    for (let at = 0, end = 0, first = 0; at < n; at = end) {
      const [stratum, time] = [strata[rows[at]], values[rows[at]]];
      let count = 0;
      for (; end < n && values[rows[end]] === time && strata[rows[end]] === stratum; end++) {
        this.from[end] = nTimes;
        count += events[rows[end]];
      }
      if (count > 0) {
        [deaths[nTimes], joined[nTimes], nDeaths[nTimes]] = [at, end, count];
        nTimes++;
      }
      if (end < n && strata[rows[end]] === stratum) continue;
      this.bounds.fill(end, stratum + 1);
      this.to.fill(nTimes, first, end);
      first = end;
    }
    this.deaths = deaths.slice(0, nTimes);
    this.joined = joined.slice(0, nTimes);
    this.nDeaths = nDeaths.slice(0, nTimes);
    this.strata = this.deaths.map((at) => strata[rows[at]]);
    this.times = new Float64Array(nTimes);
    for (let k = 0; k < nTimes; k++) this.times[k] = values[rows[deaths[k]]];
    this.leaving = entry && this.#leaving(strata, entry, nStrata);
  }

  get nTimes(): number {
    return this.times.length;
  }

  #leaving(
    strata: Uint32Array,
    entry: Float64Array,
    nStrata: number,
  ): { positions: Uint32Array; left: Uint32Array } {
    const { rows, times, to, bounds } = this;
    const own = new Float64Array(rows.length);
    for (let at = 0; at < own.length; at++) own[at] = entry[rows[at]];
    const stratumOf = rows.map((row) => strata[row]);
    const positions = sortByKey(
      latestFirst(
        rows.map((_, at) => at),
        own,
      ),
      stratumOf,
      nStrata,
    );
    const left = new Uint32Array(times.length);
    let place = 0;
    for (let k = 0; k < times.length; k++) {
      place = Math.max(place, bounds[this.strata[k]]);
      const end = bounds[this.strata[k] + 1];
      for (; place < end && own[positions[place]] >= times[k]; place++) to[positions[place]] = k;
      left[k] = place;
    }
    return { positions, left };
  }

  /** The sum of `values`, one per position and times `factors` if there are some, over the risk set of each event time. */
  sums(values: Float64Array, factors?: Float64Array): Float64Array {
    const { bounds, leaving, strata } = this;
    const result = this.#sumsOfJoined(values, factors);
    if (!leaving) return result;
    const { positions, left } = leaving;
    for (let k = 0, place = 0, sum = 0; k < result.length; k++) {
      if (k === 0 || strata[k] !== strata[k - 1]) [place, sum] = [bounds[strata[k]], 0];
      for (; place < left[k]; place++)
        sum += values[positions[place]] * (factors ? factors[positions[place]] : 1);
      result[k] -= sum;
    }
    return result;
  }

  /** As `sums`, of all who have not ended before, whether they have entered or not. */
  #sumsOfJoined(values: Float64Array, factors: Float64Array | undefined): Float64Array {
    const { bounds, joined, strata } = this;
    const result = new Float64Array(joined.length);
    if (factors && joined.length * LONG < values.length) {
      for (let k = 0; k < result.length; k++) {
        const isFirst = k === 0 || strata[k] !== strata[k - 1];
        const from = isFirst ? bounds[strata[k]] : joined[k - 1];
        const added = dot(values.subarray(from, joined[k]), factors.subarray(from, joined[k]));
        result[k] = isFirst ? added : result[k - 1] + added;
      }
      return result;
    }
    // Running sums without a branch, from which those of the event times are then picked: half the time of one loop in the other.
    const running = new Float64Array(values.length + 1);
    for (let s = 0; s + 1 < bounds.length; s++) addUp(running, values, factors, bounds[s], bounds[s + 1]);
    for (let k = 0; k < result.length; k++) result[k] = running[joined[k]];
    return result;
  }

  /** The sum of `values`, one per position and times `factors` if there are some, over the rows that have their event at each time. */
  sumsOfDeaths(values: Float64Array, factors?: Float64Array): Float64Array {
    const { deaths, nDeaths } = this;
    const result = new Float64Array(deaths.length);
    for (let k = 0; k < result.length; k++) {
      let sum = 0;
      const end = deaths[k] + nDeaths[k];
      for (let at = deaths[k]; at < end; at++) sum += factors ? values[at] * factors[at] : values[at];
      result[k] = sum;
    }
    return result;
  }

  /** The sum of `values`, one per event time, over the times at which each position is at risk. */
  sumsAtRisk(values: Float64Array): Float64Array {
    const { from, to } = this;
    const later = new Float64Array(values.length + 1);
    for (let k = values.length - 1; k >= 0; k--) later[k] = later[k + 1] + values[k];
    const result = new Float64Array(from.length);
    for (let at = 0; at < result.length; at++) result[at] = later[from[at]] - later[to[at]];
    return result;
  }
}

function addUp(
  running: Float64Array,
  values: Float64Array,
  factors: Float64Array | undefined,
  from: number,
  to: number,
): void {
  let sum = 0;
  if (factors) {
    for (let at = from; at < to; at++) {
      sum += values[at] * factors[at];
      running[at + 1] = sum;
    }
    return;
  }
  for (let at = from; at < to; at++) {
    sum += values[at];
    running[at + 1] = sum;
  }
}

/** The rows, those with an event first. */
function byEvent(events: Uint8Array): Uint32Array {
  const rows = new Uint32Array(events.length);
  let place = 0;
  for (let row = 0; row < rows.length; row++) if (events[row] === 1) rows[place++] = row;
  for (let row = 0; row < rows.length; row++) if (events[row] === 0) rows[place++] = row;
  return rows;
}

/** Positions by their values, the highest first; those of equal values stay in their order. */
function latestFirst(positions: Uint32Array, values: Float64Array): Uint32Array {
  const { of, count } = ranksOf(values);
  return sortByKey(
    positions,
    of.map((rank) => count - 1 - rank),
    count,
  );
}
