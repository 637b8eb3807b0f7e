import {
  type ClassLabel,
  Durations,
  type DurationsLike,
  isList,
  Labels,
  type LabelsLike,
  numberParameter,
  type OptionsOf,
  oneOf,
  parameter,
  readOptions,
  requireTargetPerRow,
  type SettingsOf,
  withDefault,
} from '@churn/core';
import { type EventTable, eventTable } from './event-table.js';
import { sampleWeightParameter, weightsOf } from './sample-weight.js';

export const curveParameters = {
  /** The weight of each row, a non-negative number; a row of weight 2 counts as two equal rows. Default 1 for each. */
  sampleWeight: sampleWeightParameter(),
  /** The share of intervals that hold the true value at a time: above 0 and below 1. Default 0.95. */
  confidence: withDefault(numberParameter({ above: 0, below: 1 }), 0.95),
  /**
   * The scale on which an interval is symmetric: `'log-log'` (default) is that of the log of the cumulative hazard, so that survival stays
   * between 0 and 1; `'plain'` is that of the curve itself, cut off at the ends of its range.
   */
  interval: withDefault(oneOf(['log-log', 'plain']), 'log-log'),
  /** The group of each row: a curve is estimated for each. */
  by: parameter<LabelsLike>('a list with one group per row', isGroups),
};

export type CurveOptions = Omit<OptionsOf<typeof curveParameters>, 'by'>;

/** Options with the group of each row. */
export interface ByGroup {
  /** The group of each row: numbers, text or booleans. */
  readonly by: LabelsLike;
}

/** The curve of a group. */
export interface GroupCurve<C> {
  readonly group: ClassLabel;
  readonly curve: C;
}

type CurveSettings = SettingsOf<typeof curveParameters>;

/**
 * The curve of all rows, or of each group in the order of the groups.
 * @throws `invalid-target` if `by` is not one group per row, and `invalid-data` if the weights are not one per row.
 */
export function curvesOf<C>(
  y: DurationsLike,
  options: unknown,
  curveOf: (table: EventTable, settings: CurveSettings) => C,
): C | GroupCurve<C>[] {
  const settings = readOptions(curveParameters, options);
  const durations = Durations.from(y);
  const n = durations.length;
  const weights = weightsOf(durations, settings.sampleWeight);
  if (settings.by === undefined) return curveOf(eventTable(durations, weights), settings);
  const groups = Labels.from(settings.by);
  requireTargetPerRow({ nRows: n }, groups);
  return groups.classes.map((group, code) => {
    const ofGroup = weights.map((weight, row) => (groups.codes[row] === code ? weight : 0));
    return { group, curve: curveOf(eventTable(durations, ofGroup), settings) };
  });
}

function isGroups(value: unknown): value is LabelsLike {
  return isList(value) || (value as Partial<Labels> | undefined)?.kind === 'classes';
}
