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
  /** Columns of numbers that can only rise (`'up'`) or fall (`'down'`). */
  readonly monotone?: Readonly<Record<string, Direction>>;
  /** The allowed range of each column, within that of the training rows. */
  readonly ranges?: Readonly<Record<string, readonly [number, number]>>;
  /** The maximum number of counterfactuals per row. Default 3. */
  readonly count?: number;
  /**
   * Of two classes, the decision threshold; default that of the model, or the more likely class. For a regressor, the value to reach;
   * required.
   */
  readonly target?: number;
  /** The class to reach; rows already predicted as it get no counterfactuals. Default any other class. */
  readonly label?: ClassLabel;
  /** Draws the training rows that are looked at, if there are more than 4,000. Default 0. */
  readonly seed?: number;
}

/** The decision on a row, and its counterfactuals. */
export interface RowCounterfactuals {
  /** The predicted class; none for a regressor. */
  readonly label?: ClassLabel;
  /** The amount, of two classes the probability of the second, of more that of `label`. */
  readonly prediction: number;
  /** The closest first; empty if no allowed and plausible change was found. */
  readonly counterfactuals: readonly Counterfactual[];
}

/** The least that would have to change for another decision. */
export interface Counterfactual {
  /** What changes, the largest change first. */
  readonly changes: readonly Change[];
  /** The predicted class after the change; none for a regressor. */
  readonly label?: ClassLabel;
  /** The prediction after the change, in the same unit. */
  readonly prediction: number;
  /** The sum of all changes: numbers in median absolute deviations of the training rows, 1 for another category. */
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

/** How many training rows are looked at. */
const MOST_TRAINING = 4000;
/** How many rows are searched at a time. */
const CHUNK = 256;
/**
 * The closest rows on which a fitted or loaded model, or pipeline, decides otherwise than on those of `x`, by raw columns: "would stay if
 * there had been 52 transactions, not 38".
 *
 * Each has only values that training saw, within what `fixed`, `monotone` and `ranges` allow, so integers stay whole; it has a training
 * row as near as 95 % of these have another, or as near as the row itself has; and the model does decide otherwise on it. Few changed
 * columns are preferred, each at the price of one median absolute deviation, and no two counterfactuals of a row change the same columns.
 * A counterfactual tells what the model would say, not what a change would cause.
 *
 * ```ts
 * const [{ counterfactuals: found }] = counterfactuals(model, customers, { training, fixed: ['age'], monotone: { tenure: 'up' } });
 * found[0].changes; // [{ column: 'calls', from: 8, to: 5 }]
 * ```
 *
 * @throws `invalid-parameter` for options that do not go with the model, naming them; what the model's `predict` throws.
 */
export function counterfactuals(
  model: DecidedModel,
  x: Table,
  options: CounterfactualOptions,
): RowCounterfactuals[] {
  return counterfactualFinder(model, options)(x);
}

/**
 * What finds the counterfactuals of any rows, once all is made ready that depends on the model and its training rows alone.
 * @throws as `counterfactuals`.
 */
export function counterfactualFinder(
  model: DecidedModel,
  options: CounterfactualOptions,
): (x: Table) => RowCounterfactuals[] {
  requireFitted(model);
  const { training, ...others } = options ?? {};
  requireTable(training, 'training');
  requireParameter(training.nRows > 0, 'training', 'a table of one row or more', training.nRows);
  const { fixed, monotone, ranges, count, target, label, seed } = readOptions(parameters, others);
  const decision = new Decision(model, { target, label });
  const known = training.select(model.features);
  const space = new RowSpace(known);
  const mayBecome = constraintsOf(space, { fixed, monotone, ranges });
  const order = new Random(seed).stream('training').permutation(known.nRows);
  const seen = known.take(order.subarray(0, MOST_TRAINING));
  const plausibility = new Plausibility(space, new RowCoding(seen).rows);
  const ready = { space, decision, mayBecome, plausibility, trainingCodes: decision.decide(seen).codes };
  return (x) => {
    requireTable(x);
    // The levels of training come first, so that they have the same codes.
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
    const outcomes = told(search, [...closest.values()].flat());
    for (const [origin, candidates] of closest) {
      const each = candidates.flatMap((candidate) => outcomes.get(candidate) ?? []);
      found.set(origin, each);
    }
  }
  return found;
}

/** The counterfactual that each candidate makes. */
function told(search: Search, candidates: readonly Candidate[]): Map<Candidate, Counterfactual> {
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

/** What is decided on a row. */
function outcomeOf(decision: Decision, decided: Decided, row: number) {
  const label = decision.labelOf(decided.codes[row]);
  const prediction = decision.predictionOf(decided, row);
  return label === undefined ? { prediction } : { label, prediction };
}
