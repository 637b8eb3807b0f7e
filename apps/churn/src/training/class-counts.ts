import type { Labels } from '@churn/core';

/** How many rows each class has, in the order of the classes. */
export function classCounts(labels: Labels): { readonly label: string; readonly rows: number }[] {
  const counts = labels.counts();
  return labels.classes.map((label, code) => ({ label: String(label), rows: counts[code] }));
}
