import { percent } from '@churn/eda';
import { isSurelyOrdered, type RecordedUplift } from '../model/recorded-uplift.js';
import { money, moneyOf } from '../reporting/money.js';
import type { CampaignTotals } from './campaign-totals.js';

/** The totals of a campaign in sentences. */
export function campaignWords(totals: CampaignTotals, currency?: string): string[] {
  const { customers, contacted, profit, interval, cost, churners, kept, profitOfAll, worthwhile, byChurn } =
    totals;
  const amount = (value: number) => money(value, currency);
  if (contacted === 0) {
    return [
      worthwhile === 0
        ? `No contact among the ${counted(customers)} customers is expected to earn more than it costs: the list is empty.`
        : `The limits allow no contacts, although ${counted(worthwhile)} of ${counted(customers)} customers are expected to earn more than they cost.`,
    ];
  }
  const limits =
    worthwhile > contacted
      ? [
          `The list ends at the limits: ${counted(worthwhile)} customers are expected to earn more than they cost.`,
        ]
      : [];
  const earned = moneyOf([profit, ...interval], currency);
  return [
    `Contacting ${counted(contacted)} of ${counted(customers)} customers (${percent(contacted / customers)}) is expected to earn ${earned(profit)}: ` +
      `95 of 100 such campaigns earn between ${earned(interval[0])} and ${earned(interval[1])}.`,
    `It is expected to cost ${amount(cost)}, and to retain ${oneDecimal(kept)} of the ${oneDecimal(churners)} churners on the list.`,
    ...limits,
    `Contacting everybody is expected to ${earning(profitOfAll, amount)}.`,
    ...(byChurn ? [upliftWords(totals, byChurn, currency)] : []),
  ];
}

function upliftWords(
  { contacted, profit }: CampaignTotals,
  byChurn: NonNullable<CampaignTotals['byChurn']>,
  currency: string | undefined,
): string {
  const amount = moneyOf([profit, byChurn.profit], currency);
  return (
    `The list is by uplift: it favours customers whom contact persuades over those most likely to leave. A list by churn would have ` +
    `${counted(byChurn.contacted)} customers, of whom ${counted(byChurn.shared)} are among these ${counted(contacted)}, and by uplift ` +
    `${earning(byChurn.profit, amount)} instead of ${amount(profit)}.`
  );
}

/** Describes a list by churn in terms of the model's uplift, which the user chose not to use. */
export function passedOverWords(
  { byUplift, contacted }: CampaignTotals,
  known: Pick<RecordedUplift, 'treatment' | 'qini'> | undefined,
  currency?: string,
): string[] {
  if (!byUplift || !known) return [];
  const amount = moneyOf([byUplift.profitOfThis, byUplift.profit], currency);
  const { column, treated } = known.treatment;
  const unsure = isSurelyOrdered(known)
    ? ''
    : ' This ranking is not significantly better than chance: the interval of its Qini coefficient includes 0.';
  const earns =
    contacted === 0
      ? 'this empty list earns nothing'
      : `this list is expected to ${earning(byUplift.profitOfThis, amount)}`;
  return [
    `The list is by churn, although the model knows the uplift of “${treated}” in “${column}”: by that uplift ${earns}, and a list of ` +
      `${counted(byUplift.contacted)} customers by uplift to ${earning(byUplift.profit, amount)}.${unsure}`,
  ];
}

function earning(profit: number, amount: (value: number) => string): string {
  return profit < 0 ? `lose ${amount(-profit)}` : `earn ${amount(profit)}`;
}

/** An expected number of customers. */
export function oneDecimal(count: number): string {
  return count.toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

function counted(count: number): string {
  return count.toLocaleString('en');
}
