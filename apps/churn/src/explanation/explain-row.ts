import type { Attributions, Cell, SeenValues } from '@churn/core';
import { fourDigits } from '@churn/eda';
import { quoted } from '@churn/io';

/** What one column of a row does to its score. */
export interface Reason {
  readonly column: string;
  readonly value: Cell;
  /** Above 0 where it raises what is predicted, in the unit of the explanation. */
  readonly contribution: number;
  /** The same in words. */
  readonly text: string;
}

/** Why a model says what it says of a row. */
export interface RowExplanation {
  readonly unit: Attributions['unit'];
  /** The score of an average row, or where the contributions are of unknown values, of a row of which nothing is known. */
  readonly baseline: number;
  /** By the size of their contribution, the largest first. */
  readonly reasons: readonly Reason[];
}

/** Why a row has its probability. */
export interface Explanation extends RowExplanation {
  /** The class whose probability is explained: of two the second, of more the likeliest. */
  readonly label: string;
  readonly probability: number;
}

/** Why a row has the value that is predicted of it. */
export interface ValueExplanation extends RowExplanation {
  readonly prediction: number;
}

/** Why a row has its risk. */
export interface RiskExplanation extends RowExplanation {
  /** The risk score of the model: the higher, the sooner the event. */
  readonly risk: number;
}

/** From which share of all contributions on one is called large, or still worth a word. */
const LARGE = 0.2;
const SMALL = 0.07;

/** What is explained. */
export type Explained = 'probability' | 'value' | 'risk';

/** What a contribution is put into words by. */
interface ReasonContext {
  readonly contribution: number;
  /** What it is a contribution to. */
  readonly to: Explained;
  /** The size of all contributions together. */
  readonly total: number;
  /** Of numbers, their mean in training. */
  readonly average?: number;
  /** What training saw of the column, if that is known. */
  readonly seen?: SeenValues;
}

/** Puts a contribution into words, as `Total Trans Ct is 42 (average 64.9): raises the probability a lot`. */
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
