import type { AmountRelation } from '@churn/eda';

/** Relations to a target of values, those first whose columns explain the most of its variance. */
export function byExplained(relations: readonly AmountRelation[]): AmountRelation[] {
  const shareOf = ({ epsilonSquared }: AmountRelation) => epsilonSquared ?? -1;
  return [...relations].sort((a, b) => shareOf(b) - shareOf(a));
}
