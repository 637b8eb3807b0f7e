import type { Config } from '../config/config.js';
import type { EconomicsConfig } from '../config/economics.js';

const COSTS = {
  falsePositive: 'false positive',
  falseNegative: 'false negative',
  truePositive: 'true positive',
  trueNegative: 'true negative',
} as const;

/** The names of the parity criteria. */
const ALIKE = { equalOpportunity: 'recall', demographicParity: 'selection rate' } as const;

/** Describes a threshold rule, or one by group. */
export function ruleText(rule: NonNullable<Config['threshold']>): string {
  const { by, parity } = rule;
  if (by === undefined) return plainText(rule);
  const how = parity ? `with the same ${ALIKE[parity]} for all groups of` : 'in each group of';
  return `${plainText(rule)}, ${how} “${by}”`;
}

function plainText(rule: NonNullable<Config['threshold']>): string {
  if ('maximise' in rule) return `the highest ${rule.maximise === 'f1' ? 'F1' : "Youden's J"}`;
  if ('minPrecision' in rule) return `precision of at least ${rule.minPrecision}`;
  if ('minRecall' in rule) return `recall of at least ${rule.minRecall}`;
  if ('capacity' in rule) return `a capacity of ${rule.capacity}`;
  if ('profit' in rule) return `the highest profit (${economicsText(rule.profit)})`;
  const costs = Object.entries(COSTS).flatMap(([kind, name]) => {
    const cost = rule.costs[kind as keyof typeof COSTS];
    return cost === undefined ? [] : [`${cost} per ${name}`];
  });
  return `the lowest cost (${costs.join(', ')})`;
}

/** Describes the economics of a campaign. */
export function economicsText({ value, contact, offer, acceptance }: EconomicsConfig): string {
  const accepted =
    typeof acceptance === 'object'
      ? `drawn from Beta(${acceptance.alpha}, ${acceptance.beta})`
      : shown(acceptance);
  return `value ${shown(value)}, contact ${shown(contact)}, offer ${shown(offer)}, acceptance ${accepted}`;
}

function shown(amount: number | string): string {
  return typeof amount === 'number' ? String(amount) : `by customer, “${amount}”`;
}
