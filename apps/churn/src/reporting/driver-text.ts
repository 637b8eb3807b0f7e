import { percent } from '@churn/eda';
import type { Driver } from '../explanation/drivers.js';

/** The maximum number of columns. */
const MOST = 4;

/** The main drivers in a sentence. @param to the prediction that they affect: `the probability` or `the prediction`. */
export function driverText(drivers: readonly Driver[], to: string): string[] {
  const told = drivers.filter(({ share }) => share > 0).slice(0, MOST);
  if (told.length === 0) return [];
  const names = told.map(({ column, raisedBy }) =>
    raisedBy === null ? column : `${column} (${raisedBy} raise ${to})`,
  );
  const share = told.reduce((sum, each) => sum + each.share, 0);
  return [
    `Main drivers: ${names.join(', ')}. Together they account for ${percent(share)} of all contributions to ${to}.`,
  ];
}
