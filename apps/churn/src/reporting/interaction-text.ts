import { fourDigits, type ReportBlock } from '@churn/eda';
import type { Interaction } from '../explanation/interactions.js';

/** So many pairs are told. */
const MOST = 5;

/** Which pairs of columns interact most, as a table; nothing where there are none. */
export function interactionBlocks(interactions: readonly Interaction[]): ReportBlock[] {
  if (interactions.length === 0) return [];
  const nRows = interactions[0].values.length;
  return [
    {
      kind: 'table',
      caption: `Strongest interactions: what two columns add to or take from the score together, beyond what each does alone (mean absolute SHAP interaction value of ${nRows} test rows)`,
      head: ['column', 'with', 'strength'],
      rows: interactions
        .slice(0, MOST)
        .map(({ columns: [first, second], strength }) => [first, second, fourDigits(strength)]),
    },
  ];
}
