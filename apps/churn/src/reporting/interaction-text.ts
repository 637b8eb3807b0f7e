import type { ReportBlock } from '@churn/eda';
import type { Interaction } from '../explanation/interactions.js';
import { sameDecimals } from './same-decimals.js';

/** The maximum number of pairs. */
const MAX_INTERACTIONS = 5;

/** A table of the strongest interactions; empty if there are none. */
export function interactionBlocks(interactions: readonly Interaction[]): ReportBlock[] {
  if (interactions.length === 0) return [];
  const strongest = interactions.slice(0, MAX_INTERACTIONS);
  const text = sameDecimals(strongest.map(({ strength }) => strength));
  const nRows = interactions[0].values.length;
  return [
    {
      kind: 'table',
      caption: `Strongest interactions: the joint contribution of two columns beyond their separate ones (mean absolute SHAP interaction value on ${nRows} test rows)`,
      head: ['column', 'with', 'strength'],
      rows: strongest.map(({ columns: [first, second], strength }) => [first, second, text(strength)]),
    },
  ];
}
