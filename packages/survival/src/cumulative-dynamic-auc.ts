import { ChurnError, type DurationsLike, type OptionsOf, readOptions } from '@churn/core';
import {
  type CensoringWeights,
  censoringParameters,
  censoringWeights,
  requireFiniteWeight,
} from './censoring.js';
import { checkedTimes, requireNumbers } from './checked-columns.js';
import { eventTable } from './event-table.js';
import { productLimit, survivalAt } from './kaplan-meier.js';
import { ascending } from './ranks.js';

export type CumulativeDynamicAucOptions = OptionsOf<typeof censoringParameters>;

/** How well risk scores separate rows with an event from those without, over time. */
export interface CumulativeDynamicAuc {
  /** The area under the ROC curve at each time. */
  readonly auc: Float64Array;
  /** Their mean, each time weighted by the fall of survival since the one before. */
  readonly mean: number;
}

/**
 * The area under the ROC curve of those that have had their event up to a time against those that have not, at each of `times`, with
 * weights for censoring (Uno et al., 2007; Hung and Chiang, 2010).
 *
 * @param risk a score per row, the higher the sooner the event; or an array of them for each time.
 * @param times ascending, at least 0 and before the last duration.
 * @throws `invalid-data` if `risk` is not one finite number per row; `invalid-parameter` for times that are none; `invalid-target` if no
 * row has had its event up to the first time, with left truncation, and if an event comes when all are censored.
 */
export function cumulativeDynamicAuc(
  y: DurationsLike,
  risk: ArrayLike<number> | readonly ArrayLike<number>[],
  times: ArrayLike<number>,
  options?: CumulativeDynamicAucOptions,
): CumulativeDynamicAuc {
  const censoring = censoringWeights(y, readOptions(censoringParameters, options), 'cumulativeDynamicAuc');
  const { durations, weights } = censoring;
  const at = checkedTimes(times, durations.values);
  const perTime = isPerTime(risk) ? risk : [risk];
  if (isPerTime(risk) && risk.length !== at.length)
    throw new ChurnError(
      'invalid-data',
      `expected risk scores for each of ${at.length} times, got ${risk.length}`,
    );
  for (const each of perTime) requireNumbers(each, durations.length, 'a finite risk score');
  const orders = perTime.map(ascending);
  const ofEvents = eventWeights(censoring, at[at.length - 1]);
  const auc = at.map((time, i) => {
    const place = perTime.length > 1 ? i : 0;
    return areaAt(time, perTime[place], orders[place], ofEvents, censoring);
  });
  const table = eventTable(durations, weights);
  const survival = survivalAt({ times: table.times, survival: productLimit(table.atRisk, table.events) }, at);
  const falls = survival.map((s, i) => (i > 0 ? survival[i - 1] : 1) - s);
  const sum = auc.reduce((total, area, i) => total + area * falls[i], 0);
  return { auc, mean: sum / (1 - survival[at.length - 1]) };
}

function eventWeights({ durations, weights, ofEvent }: CensoringWeights, last: number): Float64Array {
  return weights.map((weight, row) => {
    const time = durations.values[row];
    if (durations.events[row] === 0 || time > last || weight === 0) return 0;
    const inverse = ofEvent(time);
    requireFiniteWeight(inverse, row, 'cumulativeDynamicAuc', 'give times before it');
    return weight * inverse;
  });
}

/** The weighted share of pairs of a row with an event up to `time` and one without in which the first has the higher score. */
function areaAt(
  time: number,
  risk: ArrayLike<number>,
  order: Uint32Array,
  ofEvents: Float64Array,
  { durations, weights }: CensoringWeights,
): number {
  let [controlsBelow, cases, won] = [0, 0, 0];
  for (let from = 0, to = 0; from < order.length; from = to) {
    let [tiedControls, tiedCases] = [0, 0];
    for (; to < order.length && risk[order[to]] === risk[order[from]]; to++) {
      const row = order[to];
      if (durations.values[row] > time) tiedControls += weights[row];
      else tiedCases += ofEvents[row];
    }
    won += tiedCases * (controlsBelow + tiedControls / 2);
    controlsBelow += tiedControls;
    cases += tiedCases;
  }
  if (cases > 0 && controlsBelow > 0) return won / (cases * controlsBelow);
  const lacking = cases > 0 ? 'without an event after' : 'with an event up to';
  throw new ChurnError('invalid-target', `cumulativeDynamicAuc: there is no row ${lacking} ${time}`);
}

function isPerTime(
  risk: ArrayLike<number> | readonly ArrayLike<number>[],
): risk is readonly ArrayLike<number>[] {
  return Array.isArray(risk) && typeof risk[0] === 'object';
}
