import type { Labels } from '@churn/core';

/** The number of rows of each class, in the order of the classes. */
export function classCounts(labels: Labels): { readonly label: string; readonly rows: number }[] {
  const counts = labels.counts();
  return labels.classes.map((label, code) => ({ label: String(label), rows: counts[code] }));
}
