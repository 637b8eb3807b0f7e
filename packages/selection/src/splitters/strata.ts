import {
  ChurnError,
  type Durations,
  integerParameter,
  Labels,
  type LabelsLike,
  type Target,
  type TargetLike,
  type TargetValues,
  withDefault,
} from '@churn/core';

export const strataParameters = {
  /**
   * The number of strata of about equal size into which `TargetValues` are divided, at least 2; equal values
   * share one, and there are fewer if they would be too small to be divided. Classes are strata themselves.
   * Default 10.
   */
  strata: withDefault(integerParameter({ from: 2 }), 10),
};

/** How target values are divided into strata. */
export interface StrataOptions {
  /** How many at most. Default 10. */
  readonly strata?: number;
  /** How many rows each has at least. Default 1. */
  readonly leastRows?: number;
}

/**
 * The strata of a target: its classes; bins between quantiles of its values, numbered from the lowest; or of
 * durations, whether the event was seen.
 */
export function strataOf(y: Target, { strata = 10, leastRows = 1 }: StrataOptions = {}): Labels {
  if (y.kind === 'classes') return y;
  if (y.kind === 'durations') return eventStrata(y, leastRows);
  const { values } = y;
  const n = values.length;
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const ends: number[] = [];
  for (let end = 1; end <= n; end++) {
    if (end < n && values[order[end]] === values[order[end - 1]]) continue;
    const start = ends.at(-1) ?? 0;
    // The next quantile beyond the last end: many equal values may have passed several.
    const isFull = end * strata >= (Math.floor((start * strata) / n) + 1) * n;
    if (isFull && end - start >= leastRows && n - end >= leastRows) ends.push(end);
  }
  const binOf = new Int32Array(n);
  let bin = 0;
  for (let i = 0; i < n; i++) {
    if (i === ends[bin]) bin++;
    binOf[order[i]] = bin;
  }
  return Labels.from(
    binOf,
    Array.from({ length: bin + 1 }, (_, i) => i),
  );
}

function eventStrata({ events }: Durations, leastRows: number): Labels {
  const all = Labels.from(events, [0, 1]);
  return Math.min(...all.counts()) < leastRows ? Labels.from(new Uint8Array(events.length), [0]) : all;
}

/**
 * The stratum of each row: its class, the bin of its amount, or whether its event was seen.
 * @throws `invalid-data` if there is no target, or not of each row; `invalid-target` if a label or amount is missing.
 */
export function rowStrata(
  y: TargetLike | undefined,
  { nRows }: { readonly nRows: number },
  options?: StrataOptions,
): Labels {
  const own = numericTarget(y);
  const what = own === undefined ? 'a label' : own.kind === 'values' ? 'a number' : 'a duration';
  if (y === undefined) {
    throw new ChurnError('invalid-data', `y: expected ${what} for each of ${nRows} rows, got nothing`);
  }
  const target = own ?? labelsOf('y', y as LabelsLike);
  if (target.length === nRows) return strataOf(target, options);
  throw new ChurnError('invalid-data', `y: expected ${what} for each of ${nRows} rows, got ${target.length}`);
}

/**
 * Labels, of which errors name the argument.
 * @throws what `Labels.from` throws.
 */
export function labelsOf(what: string, values: LabelsLike): Labels {
  try {
    return Labels.from(values);
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    throw new ChurnError(error.code, `${what}: ${error.message}`, { cause: error });
  }
}

/**
 * `y` if it was given as `TargetValues` or `Durations`: a plain list of numbers is read as classes unless
 * something else says what it is.
 */
export function numericTarget(y: TargetLike | undefined): TargetValues | Durations | undefined {
  const { kind } = (y ?? {}) as Partial<Target>;
  return kind === 'values' || kind === 'durations' ? (y as TargetValues | Durations) : undefined;
}
