import { percent } from '@churn/eda';
import type { ColumnDrift, DriftReason } from '@churn/monitor';

const TEXTS: Readonly<Record<DriftReason, string>> = {
  distribution: 'values',
  missing: 'missing',
  unseen: 'unseen',
};

/** The reasons why a column has drifted; empty if it has not. */
export function driftReasons({ reasons, unseen }: Pick<ColumnDrift, 'reasons' | 'unseen'>): string {
  return reasons
    .map((reason) => TEXTS[reason] + (reason === 'unseen' && unseen ? ` (${percent(unseen.current)})` : ''))
    .join(', ');
}
