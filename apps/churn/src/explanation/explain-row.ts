import type { Attributions, Cell, SeenValues } from '@churn/core';
import { fourDigits } from '@churn/eda';
import { quoted } from '@churn/io';

/** The contribution of a column to the prediction for a row. */
export interface Reason {
  readonly column: string;
  readonly value: Cell;
  /** The contribution, in the unit of the explanation; above 0 if it raises the prediction. */
  readonly contribution: number;
  /** The same as text. */
  readonly text: string;
}

/** The explanation of a row's prediction. */
export interface RowExplanation {
  readonly unit: Attributions['unit'];
  /** The score of an average row; or, if contributions are relative to unknown values, of a row of unknown values. */
  readonly baseline: number;
  /** By absolute contribution, largest first. */
  readonly reasons: readonly Reason[];
}

/** The explanation of a row's probability. */
export interface Explanation extends RowExplanation {
  /** The class whose probability is explained: the second of two, or the most probable of more. */
  readonly label: string;
  readonly probability: number;
}

/** The explanation of a row's predicted value. */
export interface ValueExplanation extends RowExplanation {
  readonly prediction: number;
}

/** The explanation of a row's risk. */
export interface RiskExplanation extends RowExplanation {
  /** The risk score of the model: higher means an earlier event. */
  readonly risk: number;
}

/** The shares of all contributions from which one is described as large, or mentioned at all. */
const LARGE = 0.2;
const SMALL = 0.07;

/** The quantity that is explained. */
export type Explained = 'probability' | 'value' | 'risk';

/** The context of a contribution, for its description. */
interface ReasonContext {
  readonly contribution: number;
  /** The quantity that it contributes to. */
  readonly to: Explained;
  /** The sum of all absolute contributions. */
  readonly total: number;
  /** The mean in training, for numbers. */
  readonly average?: number;
  /** The values of the column in training, if known. */
  readonly seen?: SeenValues;
}

/** Describes a contribution, such as `Total Trans Ct is 42 (average 64.9): raises the probability a lot`. */
export function reasonText(
  column: string,
  value: Cell,
  { contribution, to, total, average, seen }: ReasonContext,
): string {
  const share = total > 0 ? Math.abs(contribution) / total : 0;
  const much = share >= LARGE ? 'a lot' : share >= SMALL ? 'somewhat' : 'a little';
  const direction = contribution > 0 ? 'raises' : 'lowers';
  const effect = contribution === 0 ? `does not change the ${to}` : `${direction} the ${to} ${much}`;
  return `${column.replaceAll('_', ' ').trim()} ${valueText(value, average, seen)}: ${effect}`;
}

function valueText(value: Cell, average: number | undefined, seen: SeenValues | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return 'is unknown';
  if (typeof value !== 'number') {
    const isNew = seen?.kind === 'category' && !seen.levels.has(String(value));
    return isNew ? `is ${quoted(String(value))}, not seen in training` : `is ${value}`;
  }
  const isFar = seen?.kind === 'numeric' && (value < seen.low || value > seen.high);
  const beside = average === undefined ? '' : ` (average ${fourDigits(average)})`;
  return `is ${fourDigits(value)}${beside}${isFar ? ', far beyond the training range' : ''}`;
}
