import type { CategoryColumn } from '@churn/core';

/** The most frequent of `values`, the smallest in case of a tie; `null` if there are none. The values must not be missing. */
export function mode(values: Float64Array): number | null {
  const sorted = values.slice().sort();
  let best: number | null = null;
  let longest = 0;
  let start = 0;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[start]) continue;
    if (i - start > longest) {
      longest = i - start;
      best = sorted[start];
    }
    start = i;
  }
  return best;
}

/** The most frequent level, the smallest by code unit in case of a tie; `null` if every value is missing. */
export function modeLevel({ codes, levels }: CategoryColumn): string | null {
  const counts = new Int32Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  let best = -1;
  for (let code = 0; code < levels.length; code++) {
    if (counts[code] === 0) continue;
    const isTied = best >= 0 && counts[code] === counts[best];
    if (best < 0 || counts[code] > counts[best] || (isTied && levels[code] < levels[best])) best = code;
  }
  return best < 0 ? null : levels[best];
}
