import {
  type Cell,
  type ClassLabel,
  integerParameter,
  listOf,
  numberParameter,
  oneOf,
  parameter,
  Random,
  readOptions,
  recordOf,
  requireParameter,
  requireTable,
  type Table,
  textParameter,
  withDefault,
} from '@churn/core';
import { requireFitted } from '../explained-model.js';
import { closestCandidates } from './closest-candidates.js';
import { constraintsOf, type Direction } from './constraints.js';
import { type Decided, type DecidedModel, Decision } from './decision.js';
import { Plausibility } from './plausibility.js';
import { RowCoding } from './row-coding.js';
import { RowSpace } from './row-space.js';
import { type Candidate, changedColumns, decide, type Origin, type Search } from './search.js';

export interface CounterfactualOptions {
  /** The training rows of the model, or similar raw rows: values in them count as possible. */
  readonly training: Table;
  /** Columns that cannot change. */
  readonly fixed?: readonly string[];
  /** Numeric columns that can only increase (`'up'`) or decrease (`'down'`). */
  readonly monotone?: Readonly<Record<string, Direction>>;
  /** The allowed range of each column, within that of the training rows. */
  readonly ranges?: Readonly<Record<string, readonly [number, number]>>;
  /** The maximum number of counterfactuals per row. Default 3. */
  readonly count?: number;
  /**
   * The decision threshold for two classes; by default the model's, or the more likely class. For a regressor, the value to reach, which
   * is required.
   */
  readonly target?: number;
  /** The class to reach. Rows predicted as this class get no counterfactuals. Default any other class. */
  readonly label?: ClassLabel;
  /** The seed for sampling training rows if there are more than 4,000. Default 0. */
  readonly seed?: number;
}

/** A row's prediction and its counterfactuals. */
export interface RowCounterfactuals {
  /** The predicted class; absent for a regressor. */
  readonly label?: ClassLabel;
  /** The predicted value; for two classes the probability of the second, for more that of `label`. */
  readonly prediction: number;
  /** The closest first; empty if no allowed and plausible change was found. */
  readonly counterfactuals: readonly Counterfactual[];
}

/** A small change to a row that alters the decision. */
export interface Counterfactual {
  /** The changed columns, the largest change first. */
  readonly changes: readonly Change[];
  /** The predicted class after the change; absent for a regressor. */
  readonly label?: ClassLabel;
  /** The prediction after the change, in the same unit. */
  readonly prediction: number;
  /** The sum of all changes: numbers in median absolute deviations of the training rows, and 1 for another category. */
  readonly distance: number;
}

export interface Change {
  readonly column: string;
  readonly from: Cell;
  readonly to: Cell;
}

const isRange = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value[0] <= value[1];
const isLabel = (value: unknown): value is ClassLabel =>
  ['string', 'number', 'boolean'].includes(typeof value);

const parameters = {
  fixed: withDefault(listOf(textParameter()), []),
  monotone: withDefault(recordOf(oneOf(['up', 'down'])), {}),
  ranges: withDefault(recordOf(parameter('a pair of numbers, the lower first', isRange)), {}),
  count: withDefault(integerParameter({ from: 1 }), 3),
  target: numberParameter(),
  label: parameter('a class', isLabel),
  seed: withDefault(numberParameter(), 0),
};

/** The maximum number of training rows that are used. */
const MAX_TRAINING = 4000;
/** The number of rows searched at a time. */
const CHUNK = 256;
/**
 * Finds, for each row of `x`, the closest rows on which a fitted or loaded model or pipeline decides differently, in terms of raw columns:
 * "would stay with 52 transactions instead of 38".
 *
 * A counterfactual has only values that occur in the training rows, within `fixed`, `monotone` and `ranges`, so integers stay integers. It is
 * plausible: its nearest training row is at most as far away as that of 95 % of the training rows, or as that of the row itself. Few
 * changes are preferred, each changed column counting as one median absolute deviation, and the counterfactuals of a row change
 * different sets of columns. They show what the model would predict, not what a change would cause.
 *
 * ```ts
 * const [{ counterfactuals: found }] = counterfactuals(model, customers, { training, fixed: ['age'], monotone: { tenure: 'up' } });
 * found[0].changes; // [{ column: 'calls', from: 8, to: 5 }]
 * ```
 *
 * @throws `invalid-parameter` for options that do not suit the model; the errors of the model's `predict`.
 */
export function counterfactuals(
  model: DecidedModel,
  x: Table,
  options: CounterfactualOptions,
): RowCounterfactuals[] {
  return counterfactualFinder(model, options)(x);
}

/**
 * Returns a function that finds the counterfactuals of any rows. What depends only on the model and its training rows is prepared once.
 * @throws as `counterfactuals`.
 */
export function counterfactualFinder(
  model: DecidedModel,
  options: CounterfactualOptions,
): (x: Table) => RowCounterfactuals[] {
  requireFitted(model);
  const { training, ...others } = options ?? {};
  requireTable(training, 'training');
  requireParameter(training.nRows > 0, 'training', 'a table with at least one row', training.nRows);
  const { fixed, monotone, ranges, count, target, label, seed } = readOptions(parameters, others);
  const decision = new Decision(model, { target, label });
  const known = training.select(model.features);
  const space = new RowSpace(known);
  const isAllowed = constraintsOf(space, { fixed, monotone, ranges });
  const order = new Random(seed).stream('training').permutation(known.nRows);
  const seen = known.take(order.subarray(0, MAX_TRAINING));
  const plausibility = new Plausibility(space, new RowCoding(seen).rows);
  const ready = { space, decision, isAllowed, plausibility, trainingCodes: decision.decide(seen).codes };
  return (x) => {
    requireTable(x);
    // The training levels come first, so that their codes stay the same.
    const coding = new RowCoding(known.take([]).concat(x.select(model.features)));
    const decided = decision.decide(x);
    const origins = coding.rows.map((row, i): Origin => ({ row, code: decided.codes[i] }));
    const found = counterfactualsOf({ ...ready, coding }, origins, count);
    return origins.map((origin, i) => ({
      ...outcomeOf(decision, decided, i),
      counterfactuals: found.get(origin) ?? [],
    }));
  };
}

function counterfactualsOf(search: Search, origins: readonly Origin[], count: number) {
  const sought = origins.filter(({ code }) => search.decision.isSought(code));
  const found = new Map<Origin, Counterfactual[]>();
  for (let from = 0; from < sought.length; from += CHUNK) {
    const closest = closestCandidates(search, sought.slice(from, from + CHUNK), count);
    const outcomes = counterfactualsFrom(search, [...closest.values()].flat());
    for (const [origin, candidates] of closest) {
      const each = candidates.flatMap((candidate) => outcomes.get(candidate) ?? []);
      found.set(origin, each);
    }
  }
  return found;
}

/** The counterfactual of each candidate. */
function counterfactualsFrom(
  search: Search,
  candidates: readonly Candidate[],
): Map<Candidate, Counterfactual> {
  const { space, coding, decision } = search;
  const decided = decide(search, candidates);
  return new Map(
    candidates.map((candidate, i) => {
      const { origin, row } = candidate;
      const gapOf = (j: number) => space.gap(j, origin.row[j], row[j]);
      const changes = changedColumns(candidate)
        .sort((a, b) => gapOf(b) - gapOf(a))
        .map((j) => ({
          column: space.names[j],
          from: coding.cellOf(j, origin.row[j]),
          to: coding.cellOf(j, row[j]),
        }));
      const distance = space.distance(origin.row, row);
      return [candidate, { ...outcomeOf(decision, decided, i), changes, distance }];
    }),
  );
}

/** The predicted class, if any, and the prediction for a row. */
function outcomeOf(decision: Decision, decided: Decided, row: number) {
  const label = decision.labelOf(decided.codes[row]);
  const prediction = decision.predictionOf(decided, row);
  return label === undefined ? { prediction } : { label, prediction };
}
