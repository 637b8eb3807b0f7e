import { percent } from '@churn/eda';
import type { CampaignComparison, CampaignOutcome } from '../training/campaign-outcome.js';
import type { TrainingReport } from '../training/training-report.js';
import { money } from './money.js';

/** The profit of the chosen threshold on test customers, compared with the threshold of the highest F1 and decisions per customer. */
export function campaignText(
  { customers, chosen, f1, byCustomer }: CampaignComparison,
  { currency, uplift }: Pick<TrainingReport, 'currency' | 'uplift'>,
): string {
  const all = customers.toLocaleString('en');
  const outcomeText = ({ contacted, profit }: CampaignOutcome) =>
    `${contacted.toLocaleString('en')} (${percent(contacted / customers)}) and earns ${money(profit, currency)}`;
  // With uplift, churn campaign ranks differently.
  const [asCampaign, assumed] = uplift?.model
    ? [
        '',
        ' All this assumes an acceptance rate; a list by uplift uses the measured effect of the treatment.',
      ]
    : [', as churn campaign does,', ''];
  return (
    `Of ${all} test customers, the threshold of the highest profit, ${chosen.threshold.toFixed(3)}, contacts ${outcomeText(chosen)}; ` +
    `that of the highest F1, ${f1.threshold.toFixed(3)}, contacts ${outcomeText(f1)}. ` +
    `Contacting all whose expected net value is above 0${asCampaign} reaches ${outcomeText(byCustomer).replace('earns', 'would have earned')}.${assumed}`
  );
}
