import { createReport, profitChart, type TableCell } from '@churn/eda';
import { renderSvg } from '@churn/eda/render';
import type { CampaignPlan, SimulatedProfit } from '@churn/selection';
import type { EconomicsConfig } from '../config/economics.js';
import { FLATTERED } from '../registry/learned-file.js';
import { money, moneyOf } from '../reporting/money.js';
import { economicsText } from '../reporting/rule-text.js';
import { assumedText, type SpecifiedEconomics } from './campaign-economics.js';
import type { CampaignTotals } from './campaign-totals.js';
import { oneDecimal } from './campaign-words.js';
import { type UpliftSource, upliftText } from './uplift-source.js';

/** The maximum number of customers on the page. */
const SHOWN = 25;

export interface CampaignPage {
  readonly plan: CampaignPlan;
  readonly simulated: SimulatedProfit;
  readonly totals: CampaignTotals;
  /** The totals in sentences. */
  readonly words: readonly string[];
  readonly economics: EconomicsConfig;
  readonly currency: string | undefined;
  /** The source of the customers and their probabilities. */
  readonly source: string;
  readonly limits: { readonly capacity?: number | undefined; readonly budget?: number | undefined };
  readonly uplift: UpliftSource | undefined;
  readonly rejected: number;
  readonly assumed: SpecifiedEconomics['assumed'];
  /** Whether the model was trained on these customers. */
  readonly isTrainedOn: boolean;
  /** The columns that identify a customer; empty if lines do. */
  readonly ids: readonly string[];
  /** The values of a customer in these columns. */
  readonly idsOf: (customer: number) => readonly string[];
  /** The line of a customer in the input. */
  readonly lineOf: (customer: number) => number;
  readonly probabilities: Float64Array;
  /** The strongest reason for each customer on the list, if requested. */
  readonly reasons: readonly string[] | undefined;
  /** The closest counterfactual for each of them, if requested. */
  readonly changes: readonly string[] | undefined;
}

/** A campaign as a page: its totals, its profit by the length of the list, and the first customers on the list. */
export async function campaignPage(page: CampaignPage): Promise<string> {
  const { totals, words, currency, source } = page;
  const amount = (value: number) => money(value, currency);
  const earned = moneyOf([totals.profit, ...totals.interval], currency);
  return createReport({
    title: 'Whom to contact',
    subtitle: source,
    sections: [
      {
        title: 'Summary',
        blocks: [
          ...[...words, ...cautions(page)].map((text) => ({ kind: 'text' as const, text })),
          {
            kind: 'figures',
            figures: [
              {
                label: 'customers to contact',
                value: totals.contacted.toLocaleString('en'),
                note: `of ${totals.customers.toLocaleString('en')}`,
              },
              {
                label: 'expected profit',
                value: earned(totals.profit),
                note: `95% interval ${totals.interval.map(earned).join(' to ')}`,
              },
              { label: 'expected cost', value: amount(totals.cost), note: 'contacts and accepted offers' },
              {
                label: 'customers retained',
                value: oneDecimal(totals.kept),
                note: `of ${oneDecimal(totals.churners)} who would leave`,
              },
            ],
          },
        ],
      },
      { title: 'Profit by number of contacts', blocks: [await profitFigure(page)] },
      ...(totals.contacted > 0 ? [{ title: 'The list', blocks: [listTable(page)] }] : []),
      { title: 'How it was calculated', blocks: [{ kind: 'list', items: assumptions(page) }] },
    ],
  });
}

function cautions({ assumed, isTrainedOn }: CampaignPage): string[] {
  return [
    ...(assumed.length > 0 ? [`Assumed: ${assumedText(assumed)}.`] : []),
    ...(isTrainedOn ? [`Interpret these figures with care: ${FLATTERED}.`] : []),
  ];
}

async function profitFigure({ plan, simulated, totals, currency }: CampaignPage) {
  const profit = Float64Array.from(simulated.length, (length) => plan.profit[length]);
  const chart = profitChart(
    { ...simulated, profit },
    {
      subtitle: `chosen: ${totals.contacted.toLocaleString('en')} customers; the shaded area contains 95 % of simulated campaigns, if the probabilities are right`,
      chosen: totals.contacted,
      ...(currency !== undefined && { unit: currency }),
    },
  );
  const alt = `Expected profit by the number of customers contacted, highest at ${totals.worthwhile.toLocaleString('en')}; ${totals.contacted.toLocaleString('en')} are chosen`;
  return { kind: 'chart' as const, svg: await renderSvg(chart), alt };
}

/** The first customers on the list. */
function listTable(page: CampaignPage) {
  const { plan, totals, currency, ids, idsOf, lineOf, probabilities, uplift, reasons, changes } = page;
  const shown = Array.from(plan.order.subarray(0, Math.min(SHOWN, totals.contacted)));
  const inCurrency = (what: string) => (currency === undefined ? what : `${what}, ${currency}`);
  return {
    kind: 'table' as const,
    caption: `The first ${shown.length} of ${totals.contacted.toLocaleString('en')}; the file lists all`,
    head: [
      ...['rank', ...(ids.length > 0 ? ids : ['line'])],
      ...[inCurrency('expected net value'), inCurrency('expected cost')],
      ...['probability of churn', ...(uplift ? ['uplift'] : [])],
      ...(reasons ? ['strongest reason'] : []),
      ...(changes ? ['closest change'] : []),
    ],
    rows: shown.map((customer, i): TableCell[] => [
      ...[i + 1, ...(ids.length > 0 ? idsOf(customer) : [lineOf(customer)])],
      ...[fixed(plan.netValue[customer], 2), fixed(plan.cost[customer], 2)],
      fixed(probabilities[customer], 4),
      ...(uplift ? [fixed(plan.kept[customer], 4)] : []),
      ...(reasons ? [reasons[i]] : []),
      ...(changes ? [changes[i]] : []),
    ]),
  };
}

/** Formats numbers with the same number of decimals. */
function fixed(value: number, decimals: number): TableCell {
  const text = value.toLocaleString('en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return { value, text };
}

function assumptions({
  economics,
  currency,
  limits,
  uplift,
  rejected,
  reasons,
  changes,
}: CampaignPage): string[] {
  const { capacity, budget } = limits;
  return [
    `Economics: ${economicsText(economics)}${currency === undefined ? '' : `, all money in ${currency}`}.`,
    uplift === undefined
      ? 'A customer is expected to bring p × acceptance × (value − offer) − (1 − p) × offer − contact, with p the probability of churn: customers who would have stayed also take the offer.'
      : `A customer is expected to bring u × (value − offer) − (1 − p) × offer − contact, with u ${upliftText(uplift)} and p the probability of churn: customers who would have stayed also take the offer.`,
    ...(capacity === undefined ? [] : [`Capacity: ${capacity.toLocaleString('en')} customers.`]),
    ...(budget === undefined
      ? []
      : [
          `Budget: ${money(budget, currency)}, for contacts and expected offers; customers are ranked by expected value per cost.`,
        ]),
    'The interval is from 4,000 simulated campaigns and reflects chance only: whether customers leave and accept, given correct probabilities. The calibration figure of the training report shows how correct they are.',
    ...(uplift && (reasons || changes)
      ? ['Reasons and changes explain the probability of churn, not why contacting a customer helps.']
      : []),
    ...(changes
      ? [
          'A change is the closest plausible one for which the model would predict that the customer stays. It is empty if the model already does, or if no such change was found. It describes the model, not the effect of the change.',
        ]
      : []),
    ...(rejected > 0
      ? [
          `${rejected.toLocaleString('en')} rows could not be scored, or lack a number that the economics need.`,
        ]
      : []),
  ];
}
