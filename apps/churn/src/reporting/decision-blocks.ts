import type { DecisionAmounts, ReportBlock } from '@churn/eda';
import type { TrainingReport } from '../training/training-report.js';
import { rowsAre } from './rows-are.js';

/** The initial amounts if the configuration has none. */
const EXAMPLE: DecisionAmounts = { value: 100, contact: 1, offer: 10, acceptance: 0.3 };

/** The content of the decision controls. */
interface TriedDecision {
  readonly report: TrainingReport;
  readonly positive: string | undefined;
  readonly predicts: string;
  readonly tested?: TestedRows | undefined;
}

/** The best model's predictions for test rows of two classes. */
export interface TestedRows {
  /** The probability of the second class. */
  readonly scores: Float64Array;
  /** 1 for rows of that class, 0 for others. */
  readonly isPositive: ArrayLike<number>;
}

/** The controls of threshold, costs and capacity for the test rows; empty for more than two classes. */
export function decisionBlocks({ report, positive, predicts, tested }: TriedDecision): ReportBlock[] {
  if (positive === undefined || !tested) return [];
  const { best, models, thresholdRule } = report;
  const known = knownEconomics(thresholdRule);
  const origin = known
    ? 'The amounts are those of the configuration'
    : 'The amounts are examples: enter your own';
  return [
    {
      kind: 'text',
      text: `Try other thresholds, costs and capacities on the held-out rows. ${origin}. Every contact has a cost. A churner who accepts the offer brings the value minus the offer; for customers who would have stayed, the offer is a cost, too.`,
    },
    {
      kind: 'decision',
      decision: {
        positive,
        things: rowsAre(predicts),
        scores: tested.scores,
        isPositive: tested.isPositive,
        threshold: models[best].threshold?.threshold ?? 0.5,
        economics: known ?? EXAMPLE,
        ...(report.currency && { currency: report.currency }),
      },
    },
  ];
}

/**
 * The economics of a rule, if they are the same for all customers. Costs of outcomes are converted to a campaign whose offer everybody
 * accepts, which has the same profit relative to contacting nobody.
 */
export function knownEconomics(rule: TrainingReport['thresholdRule']): DecisionAmounts | undefined {
  if (!rule) return undefined;
  if ('profit' in rule) {
    const { value, contact, offer, acceptance } = rule.profit;
    const accepting = typeof acceptance === 'object' ? meanOfBeta(acceptance) : acceptance;
    const isFixed = [value, contact, offer, accepting].every((each) => typeof each === 'number');
    return isFixed ? ({ value, contact, offer, acceptance: accepting } as DecisionAmounts) : undefined;
  }
  if (!('costs' in rule)) return undefined;
  const { falsePositive, falseNegative, truePositive = 0, trueNegative = 0 } = rule.costs;
  const contact = falsePositive - trueNegative;
  const gain = falseNegative - truePositive;
  return contact >= 0 && gain >= -contact
    ? { value: gain + contact, contact, offer: 0, acceptance: 1 }
    : undefined;
}

function meanOfBeta({ alpha, beta }: { readonly alpha: number; readonly beta: number }): number {
  return alpha / (alpha + beta);
}
