import { percent } from '@churn/eda';
import { isSurelyOrdered } from '../model/recorded-uplift.js';
import type { TrainingReport } from '../training/training-report.js';
import type {
  ListComparison,
  UpliftModelReport,
  UpliftReport,
  WithInterval,
} from '../uplift/uplift-report.js';
import { moneyOf } from './money.js';
import { rowsAre } from './rows-are.js';

/** An uplift report with the terms to describe it. */
export interface UpliftSummary {
  readonly uplift: UpliftReport;
  /** The positive label. */
  readonly positive: string;
  /** The noun for the rows. */
  readonly rows: string;
  readonly currency?: string | undefined;
}

/** The uplift report with its terms; `undefined` if there was no experiment. */
export function upliftSummary(
  { uplift, currency }: Pick<TrainingReport, 'uplift' | 'currency'>,
  positive: string | undefined,
  predicts: string,
): UpliftSummary | undefined {
  if (!uplift || positive === undefined) return undefined;
  return { uplift, positive, rows: rowsAre(predicts), currency };
}

/** The conclusions of an experiment, in plain words. */
export function upliftConclusions({ uplift, positive, rows, currency }: UpliftSummary): string[] {
  const { treatment, model } = uplift;
  const named = `“${treatment.treated}” in “${treatment.column}”`;
  if (!model) {
    return [
      `There is no uplift model, since ${named} was not assigned at random: its effect cannot be separated from other differences between treated and untreated ${rows}.`,
    ];
  }
  const { effect, parts, lists } = model;
  return [
    `${named} ${changes(effect)} the share of “${positive}” by ${points(effect)} on average. Where the predicted uplift is largest, in the first ${partText(model)}, it ${changes(parts[0].uplift)} it by ${points(parts[0].uplift)}; in the last, it ${changes(lastOf(model))} it by ${points(lastOf(model))}.`,
    ...(lists ? [listText(lists, rows, currency)] : []),
    ...(isSurelyOrdered(model)
      ? []
      : [
          `The model does not reliably show whom ${named} helps most: the interval of its Qini coefficient includes 0. Do not rely on its ranking until an experiment has more rows.`,
        ]),
  ];
}

/** The profit of the lists on held-out rows. */
export function listText(
  { customers, byUplift, byChurn, gain }: ListComparison,
  rows: string,
  currency?: string,
): string {
  const of = ({ value, low, high }: WithInterval) => {
    const text = moneyOf([value, low, high], currency);
    return `${text(value)} (95% interval ${text(low)} to ${text(high)})`;
  };
  return (
    `Of ${customers.toLocaleString('en')} held-out ${rows}, a list by uplift has ${byUplift.contacted.toLocaleString('en')} and earns ${of(byUplift.profit)}, and one by churn has ` +
    `${byChurn.contacted.toLocaleString('en')} and earns ${of(byChurn.profit)}. The difference is ${of(gain)}.`
  );
}

/** The share to treat, if there are no economics. */
export function policyText({ policy, test }: UpliftModelReport, rows: string): string {
  const { share, treated, gain, ofAll } = policy;
  const n = (test.treated + test.control).toLocaleString('en');
  const saved = ({ value, low, high }: WithInterval) =>
    `${(1000 * value).toFixed(0)} (95% interval ${(1000 * low).toFixed(0)} to ${(1000 * high).toFixed(0)})`;
  return (
    `Ignoring costs, the training rows suggest treating the ${percent(share)} with the largest predicted uplift, which are ${treated.toLocaleString('en')} of ${n} held-out ${rows}. Of 1,000 ` +
    `${rows}, treating these turns ${saved(gain)} to the better, and treating all ${saved(ofAll)}.`
  );
}

/** The reason why there is no model, as part of a sentence. */
export function refusalText({ treatment, refused }: Pick<UpliftReport, 'treatment' | 'refused'>): string {
  return (
    `“${treatment.column}” was not assigned at random: ${refused.join('; and ')}. The outcomes of treated and untreated rows also differ for that reason, not only because of the ` +
    'treatment'
  );
}

function changes({ value }: WithInterval): string {
  return value < 0 ? 'raises' : 'lowers';
}

/** Formats as percentage points, without a sign. */
function points({ value, low, high }: WithInterval): string {
  const sign = value < 0 ? -1 : 1;
  const [from, to] = value < 0 ? [-high, -low] : [low, high];
  return `${(100 * sign * value).toFixed(1)} percentage points (95% interval ${(100 * from).toFixed(1)} to ${(100 * to).toFixed(1)})`;
}

function partText({ parts }: UpliftModelReport): string {
  return parts.length === 10 ? 'tenth' : `of ${parts.length} parts`;
}

function lastOf({ parts }: UpliftModelReport): WithInterval {
  return parts[parts.length - 1].uplift;
}
