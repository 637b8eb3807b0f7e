import { exp, log } from '@churn/core';
import { combine, dot, type Loss, weightedGram } from '@churn/models';
import type { RiskSets } from './risk-sets.js';

/** The largest ratio of a weight to the sum over a risk set that is computed with. */
const LARGEST = 1e250;

/** How events at the same time are ordered: all ways on average, nearly (Efron), or each as if it came first (Breslow). */
export const TIES = ['efron', 'breslow'] as const;
export type Ties = (typeof TIES)[number];

/** What a partial likelihood is taken of; everything per row stands in the positions of the risk sets. */
export interface PartialLikelihoodParts {
  readonly riskSets: RiskSets;
  readonly columns: readonly Float64Array[];
  /** How much each row counts, above 0. */
  readonly weights: Float64Array;
  readonly ties: Ties;
}

/**
 * Minus the logarithm of Cox's partial likelihood, with weights as in `coxph` of R: of the d rows with an event at a time, each has the
 * weight of their mean in the sum over the risk set that Efron's approximation shrinks d times.
 *
 * Values are up to a constant of the weights, which keeps them from depending on their unit; `logLikelihood` has none.
 */
export class PartialLikelihood implements Loss {
  readonly #parts: PartialLikelihoodParts;
  /** The weight of each row with an event; 0 for the others. */
  readonly #eventWeights: Float64Array;
  /** The mean weight of the rows with an event, for each event time. */
  readonly #meanWeights: Float64Array;
  readonly #constant: number;
  /** The last risks, and the scores they are those of. */
  #risksOf: { readonly z: Float64Array; readonly risks: Risks } | undefined;
  /** The last Hessian, and where it was taken. */
  #last:
    | { readonly z: Float64Array; readonly working: readonly number[]; readonly hessian: Float64Array }
    | undefined;

  constructor(parts: PartialLikelihoodParts) {
    this.#parts = parts;
    const { riskSets, weights } = parts;
    this.#eventWeights = new Float64Array(weights.length);
    this.#meanWeights = new Float64Array(riskSets.nTimes);
    let constant = 0;
    riskSets.times.forEach((_, k) => {
      const end = riskSets.deaths[k] + riskSets.nDeaths[k];
      let sum = 0;
      for (let at = riskSets.deaths[k]; at < end; at++) {
        this.#eventWeights[at] = weights[at];
        constant += weights[at] * log(weights[at]);
        sum += weights[at];
      }
      this.#meanWeights[k] = sum / riskSets.nDeaths[k];
    });
    this.#constant = constant;
  }

  get size(): number {
    return this.#parts.columns.length;
  }

  scores(w: Float64Array): Float64Array {
    return combine(this.#parts.columns, w, new Float64Array(this.#eventWeights.length));
  }

  value(z: Float64Array): number {
    return -this.logLikelihood(z) - this.#constant;
  }

  /** The logarithm of the partial likelihood. */
  logLikelihood(z: Float64Array): number {
    const { all, shares, top } = this.#risks(z);
    let sum = dot(this.#eventWeights, z);
    for (let k = 0; k < all.length; k++) {
      const n = this.#parts.riskSets.nDeaths[k];
      // So far below the highest risk that derivatives are not numbers; no step that leads here may pass for a good one.
      if (!(this.#meanWeights[k] / all[k] < LARGEST)) return -Infinity;
      let logs = n * (log(all[k]) + top);
      if (shares) for (let l = 1; l < n; l++) logs += log(1 - (l / n) * shares[k]);
      sum -= this.#meanWeights[k] * logs;
    }
    return sum;
  }

  gradient(z: Float64Array): Float64Array {
    const risks = this.#risks(z);
    risks.gradient ??= this.#gradient(risks);
    return risks.gradient.slice();
  }

  #gradient(risks: Risks): Float64Array {
    const expected = this.#expected(risks);
    for (let at = 0; at < expected.length; at++) expected[at] -= this.#eventWeights[at];
    return Float64Array.from(this.#parts.columns, (column) => dot(column, expected));
  }

  hessian(z: Float64Array, working: readonly number[], drift: number): Float64Array {
    const last = this.#last;
    const places = working.map((j) => last?.working.indexOf(j) ?? -1);
    if (last && !places.includes(-1) && farthest(last.z, z) <= drift)
      return submatrix(last.hessian, last.working.length, places);
    const hessian = this.#hessian(this.#risks(z), working);
    this.#last = { z: z.slice(), working: [...working], hessian };
    return hessian.slice();
  }

  #hessian(risks: Risks, working: readonly number[]): Float64Array {
    const { nTimes, nDeaths } = this.#parts.riskSets;
    const columns = working.map((j) => this.#parts.columns[j]);
    const hessian = weightedGram(columns, this.#expected(risks));
    // What Efron takes off is a form of two vectors: the sum over the risk set, less a share of that over its events, and the latter.
    const tied = risks.shares ? Uint32Array.from(nDeaths.keys()).filter((k) => nDeaths[k] > 1) : undefined;
    const weights = new Float64Array(nTimes + (tied?.length ?? 0));
    const lean = new Float64Array(nTimes);
    for (let k = 0, t = nTimes; k < nTimes; k++) {
      const n = nDeaths[k];
      if (n === 1 || !risks.shares) {
        weights[k] = this.#meanWeights[k] * n;
        continue;
      }
      let [a, b, c] = [0, 0, 0];
      for (let l = 0; l < n; l++) {
        const part = 1 / (1 - (l / n) * risks.shares[k]);
        a += part * part;
        b += part * part * (l / n);
        c += part * part * (l / n) * (l / n);
      }
      weights[k] = this.#meanWeights[k] * a;
      lean[k] = b / a;
      weights[t++] = this.#meanWeights[k] * Math.max(0, c - (b * b) / a);
    }
    const means = columns.map((column) => this.#means(column, risks, weights.length, lean, tied));
    const taken = weightedGram(means, weights);
    for (let i = 0; i < hessian.length; i++) hessian[i] -= taken[i];
    return hessian;
  }

  /** The vectors of a column: per event time the one, then, for each of those with ties, the other. */
  #means(
    column: Float64Array,
    { rows, all }: Risks,
    length: number,
    lean: Float64Array,
    tied: Uint32Array | undefined,
  ): Float64Array {
    const { riskSets } = this.#parts;
    const result = new Float64Array(length);
    result.set(riskSets.sums(column, rows));
    if (tied && tied.length > 0) {
      const ofDeaths = riskSets.sumsOfDeaths(column, rows);
      for (let t = 0; t < tied.length; t++) {
        const k = tied[t];
        result[k] -= lean[k] * ofDeaths[k];
        result[all.length + t] = ofDeaths[k] / all[k];
      }
    }
    for (let k = 0; k < all.length; k++) result[k] /= all[k];
    return result;
  }

  hessianTimes(z: Float64Array): (v: Float64Array) => Float64Array {
    const { riskSets, columns } = this.#parts;
    const { nDeaths } = riskSets;
    const risks = this.#risks(z);
    const { rows, all, shares } = risks;
    const expected = this.#expected(risks);
    return (v) => {
      // How the scores, and with them the sums over risk sets, change along v.
      const along = this.scores(v);
      const sums = riskSets.sums(along, rows);
      const ofDeaths = shares && riskSets.sumsOfDeaths(along, rows);
      const increments = new Float64Array(all.length);
      const corrections = new Float64Array(all.length);
      for (let k = 0; k < all.length; k++) {
        for (let l = 0; l < nDeaths[k]; l++) {
          const taken = shares ? l / nDeaths[k] : 0;
          const left = (1 - taken * (shares?.[k] ?? 0)) * all[k];
          const change = (-this.#meanWeights[k] * (sums[k] - taken * (ofDeaths?.[k] ?? 0))) / left / left;
          increments[k] += change;
          corrections[k] += taken * change;
        }
      }
      const moved = this.#perRow(rows, increments, corrections);
      for (let at = 0; at < moved.length; at++) moved[at] += along[at] * expected[at];
      return Float64Array.from(columns, (column) => dot(column, moved));
    };
  }

  /**
   * Per event time the mean of each column over its risk set, by risk; of Efron's, the mean over the shrinking sets.
   * @returns an array per column, with a number per event time.
   */
  riskSetMeans(z: Float64Array): Float64Array[] {
    const { riskSets, columns } = this.#parts;
    const { rows, all, shares } = this.#risks(z);
    return columns.map((column) => {
      const ofDeaths = shares && riskSets.sumsOfDeaths(column, rows);
      return riskSets.sums(column, rows).map((sum, k) => {
        const n = riskSets.nDeaths[k];
        let mean = 0;
        for (let l = 0; l < n; l++) {
          const taken = shares ? l / n : 0;
          mean += (sum - taken * (ofDeaths?.[k] ?? 0)) / (1 - taken * (shares?.[k] ?? 0)) / all[k] / n;
        }
        return mean;
      });
    });
  }

  /** Breslow's estimate of the increment of the baseline's cumulative hazard at each event time. */
  baselineIncrements(z: Float64Array): Float64Array {
    const { all, top } = this.#risks(z);
    const scale = exp(-top);
    return all.map((sum, k) => ((this.#meanWeights[k] * this.#parts.riskSets.nDeaths[k]) / sum) * scale);
  }

  #risks(z: Float64Array): Risks {
    // A step is tried, taken and looked at from there: three times the same scores.
    if (!this.#risksOf || !isEqual(this.#risksOf.z, z))
      this.#risksOf = { z: z.slice(), risks: this.#newRisks(z) };
    return this.#risksOf.risks;
  }

  #newRisks(z: Float64Array): Risks {
    const { riskSets, weights, ties } = this.#parts;
    let top = -Infinity;
    for (let at = 0; at < z.length; at++) if (z[at] > top) top = z[at];
    const rows = new Float64Array(z.length);
    for (let at = 0; at < z.length; at++) rows[at] = weights[at] * exp(z[at] - top);
    const all = riskSets.sums(rows);
    const ofDeaths = riskSets.sumsOfDeaths(rows);
    // Of a risk set that many have left, rounding may leave less than those who have their event.
    for (let k = 0; k < all.length; k++) if (all[k] < ofDeaths[k]) all[k] = ofDeaths[k];
    return { top, rows, all, shares: ties === 'efron' ? ofDeaths.map((sum, k) => sum / all[k]) : undefined };
  }

  /** The events that are expected of each row: its weight and risk times the cumulative hazard while it is at risk. */
  #expected({ rows, all, shares }: Risks): Float64Array {
    const { nDeaths } = this.#parts.riskSets;
    const increments = new Float64Array(all.length);
    const corrections = new Float64Array(all.length);
    for (let k = 0; k < all.length; k++) {
      const n = nDeaths[k];
      const each = this.#meanWeights[k] / all[k];
      if (!shares) {
        increments[k] = each * n;
        continue;
      }
      for (let l = 0; l < n; l++) {
        const part = each / (1 - (l / n) * shares[k]);
        increments[k] += part;
        corrections[k] += (l / n) * part;
      }
    }
    return this.#perRow(rows, increments, corrections);
  }

  /** Risk times what event times add up to while a row is at risk, less what ties take off at its own event. */
  #perRow(rows: Float64Array, increments: Float64Array, corrections: Float64Array): Float64Array {
    const { riskSets } = this.#parts;
    const result = riskSets.sumsAtRisk(increments);
    for (let k = 0; k < corrections.length; k++) {
      const end = riskSets.deaths[k] + riskSets.nDeaths[k];
      for (let at = riskSets.deaths[k]; at < end; at++) result[at] -= corrections[k];
    }
    for (let at = 0; at < result.length; at++) result[at] *= rows[at];
    return result;
  }
}

interface Risks {
  /** The highest score. */
  readonly top: number;
  /** The weight of each row times its risk, relative to the highest of all. */
  readonly rows: Float64Array;
  /** The sum of these over each risk set. */
  readonly all: Float64Array;
  /** The share of it that is of the rows with an event; not there where ties are Breslow's. */
  readonly shares: Float64Array | undefined;
  /** The gradient there, once it was asked for. */
  gradient?: Float64Array;
}

function isEqual(a: Float64Array, b: Float64Array): boolean {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i === a.length;
}

/** The largest difference between the entries of two vectors. */
function farthest(a: Float64Array, b: Float64Array): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}

/** The rows and columns `places` of a matrix of size `p`. */
function submatrix(matrix: Float64Array, p: number, places: readonly number[]): Float64Array {
  return Float64Array.from(places.flatMap((j) => places.map((k) => matrix[j * p + k])));
}
