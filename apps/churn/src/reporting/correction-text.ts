import type { DriftReport } from '@churn/monitor';
import { counted } from './counted.js';

/** The correction of the p-values of a drift report for multiple testing. */
export function correctionText({ tests }: Pick<DriftReport, 'tests'>): string {
  return `p-values are corrected for ${counted(tests, 'test')} (Holm)`;
}
