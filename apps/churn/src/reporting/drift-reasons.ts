import type { ColumnDrift, DriftReason } from '@churn/monitor';

const TEXTS: Readonly<Record<DriftReason, string>> = {
  distribution: 'values',
  missing: 'missing',
  unseen: 'unseen',
};

/** What of a column has drifted; empty where nothing has. */
export function driftReasons({ reasons }: Pick<ColumnDrift, 'reasons'>): string {
  return reasons.map((reason) => TEXTS[reason]).join(', ');
}
