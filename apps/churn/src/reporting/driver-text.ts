import { percent } from '@churn/eda';
import type { Driver } from '../explanation/drivers.js';

/** The maximum number of columns. */
const MAX_DRIVERS = 4;

/** The main drivers in a sentence. @param to the prediction that they affect: `the probability` or `the prediction`. */
export function driverText(drivers: readonly Driver[], to: string): string[] {
  const named = drivers.filter(({ share }) => share > 0).slice(0, MAX_DRIVERS);
  if (named.length === 0) return [];
  const names = named.map(({ column, raisedBy }) =>
    raisedBy === null ? column : `${column} (${raisedBy} raise ${to})`,
  );
  const share = named.reduce((sum, each) => sum + each.share, 0);
  return [
    `Main drivers: ${names.join(', ')}. Together they account for ${percent(share)} of all contributions to ${to}.`,
  ];
}
