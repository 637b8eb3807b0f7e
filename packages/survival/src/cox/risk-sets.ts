import type { Durations } from '@churn/core';

/**
 * The risk sets of a survival target, by stratum: at each distinct event time the rows under observation, `entry < time <= duration`.
 *
 * Rows stand in positions, ordered by stratum and from the latest end to the earliest, so that a sum over every risk set is one pass. Event
 * times are in the same order.
 */
export class RiskSets {
  /** The row in each position. Of those that end at one time, the ones with an event come first. */
  readonly rows: Uint32Array;
  /** The event times. */
  readonly times: Float64Array;
  /** The stratum of each event time. */
  readonly strata: Uint32Array;
  /** Where the positions of its stratum start, for each event time. */
  readonly starts: Uint32Array;
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

  /** @param strata the stratum of each row, from 0; without it there is one. */
  constructor(y: Durations, strata: Uint32Array = new Uint32Array(y.length)) {
    const { values, events, entry } = y;
    const n = y.length;
    this.rows = Uint32Array.from(values.keys()).sort(
      (a, b) => strata[a] - strata[b] || values[b] - values[a] || events[b] - events[a] || a - b,
    );
    const { rows } = this;
    this.from = new Uint32Array(n);
    this.to = new Uint32Array(n);
    const groups: {
      time: number;
      stratum: number;
      start: number;
      at: number;
      end: number;
      nDeaths: number;
    }[] = [];
    let start = 0;
    for (let at = 0, end = 0; at < n; at = end) {
      const [stratum, time] = [strata[rows[at]], values[rows[at]]];
      if (at > 0 && stratum !== strata[rows[at - 1]]) start = at;
      let nDeaths = 0;
      for (; end < n && values[rows[end]] === time && strata[rows[end]] === stratum; end++) {
        this.from[end] = groups.length;
        nDeaths += events[rows[end]];
      }
      if (nDeaths > 0) groups.push({ time, stratum, start, at, end, nDeaths });
    }
    this.times = Float64Array.from(groups, ({ time }) => time);
    this.strata = Uint32Array.from(groups, ({ stratum }) => stratum);
    this.starts = Uint32Array.from(groups, (group) => group.start);
    this.deaths = Uint32Array.from(groups, ({ at }) => at);
    this.joined = Uint32Array.from(groups, ({ end }) => end);
    this.nDeaths = Uint32Array.from(groups, ({ nDeaths }) => nDeaths);
    // Backwards, the last event time of a stratum is met before those of the earlier strata.
    for (let position = n - 1, k = groups.length; position >= 0; position--) {
      while (k > 0 && this.strata[k - 1] > strata[rows[position]]) k--;
      this.to[position] = k;
    }
    this.leaving = entry && this.#leaving(strata, entry);
  }

  get nTimes(): number {
    return this.times.length;
  }

  #leaving(strata: Uint32Array, entry: Float64Array): { positions: Uint32Array; left: Uint32Array } {
    const { rows, times, to } = this;
    const positions = Uint32Array.from(rows.keys()).sort(
      (a, b) => strata[rows[a]] - strata[rows[b]] || entry[rows[b]] - entry[rows[a]] || a - b,
    );
    const left = new Uint32Array(times.length);
    let place = 0;
    for (let k = 0; k < times.length; k++) {
      place = Math.max(place, this.starts[k]);
      for (; place < positions.length; place++) {
        const row = rows[positions[place]];
        if (strata[row] !== this.strata[k] || entry[row] < times[k]) break;
        to[positions[place]] = k;
      }
      left[k] = place;
    }
    return { positions, left };
  }

  /** The sum of `values`, one per position, over the risk set of each event time. */
  sums(values: Float64Array): Float64Array {
    const { starts, joined, leaving } = this;
    const result = new Float64Array(this.nTimes);
    let [sum, at, place] = [0, 0, 0];
    for (let k = 0; k < result.length; k++) {
      if (k === 0 || starts[k] !== starts[k - 1]) [sum, at, place] = [0, starts[k], starts[k]];
      for (; at < joined[k]; at++) sum += values[at];
      if (leaving) for (; place < leaving.left[k]; place++) sum -= values[leaving.positions[place]];
      result[k] = sum;
    }
    return result;
  }

  /** The sum of `values`, one per position, over the rows that have their event at each event time. */
  sumsOfDeaths(values: Float64Array): Float64Array {
    return this.times.map((_, k) => {
      let sum = 0;
      const end = this.deaths[k] + this.nDeaths[k];
      for (let at = this.deaths[k]; at < end; at++) sum += values[at];
      return sum;
    });
  }

  /** The sum of `values`, one per event time, over the times at which each position is at risk. */
  sumsAtRisk(values: Float64Array): Float64Array {
    const later = new Float64Array(this.nTimes + 1);
    for (let k = this.nTimes - 1; k >= 0; k--) later[k] = later[k + 1] + values[k];
    return Float64Array.from(this.from, (from, at) => later[from] - later[this.to[at]]);
  }
}
