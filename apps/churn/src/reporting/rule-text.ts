import type { Config } from '../config/config.js';

const COSTS = {
  falsePositive: 'false positive',
  falseNegative: 'false negative',
  truePositive: 'true positive',
  trueNegative: 'true negative',
} as const;

/** The rule that chooses a threshold, in words. */
export function ruleText(rule: NonNullable<Config['threshold']>): string {
  if ('maximise' in rule) return `the highest ${rule.maximise === 'f1' ? 'F1' : "Youden's J"}`;
  if ('minPrecision' in rule) return `precision of at least ${rule.minPrecision}`;
  if ('minRecall' in rule) return `recall of at least ${rule.minRecall}`;
  if ('capacity' in rule) return `room for ${rule.capacity} calls`;
  const costs = Object.entries(COSTS).flatMap(([kind, name]) => {
    const cost = rule.costs[kind as keyof typeof COSTS];
    return cost === undefined ? [] : [`${cost} a ${name}`];
  });
  return `the least cost (${costs.join(', ')})`;
}
