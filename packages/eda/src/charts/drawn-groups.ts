import type { ColumnGroup } from '../profile/column-groups.js';
import { othersNote } from './figure.js';
import { placesOfLargest } from './largest.js';

/** No more levels or ranges than this are drawn. */
const MAX_GROUPS = 50;

/** The levels or ranges of the most rows, up to 50, with what each is called, and a note of what is left out. */
export function drawnGroups<T extends ColumnGroup & { readonly rows: number }>(
  groups: readonly T[],
): { readonly drawn: readonly T[]; readonly labels: readonly string[]; readonly note: string | undefined } {
  const drawn = placesOfLargest(
    groups.map(({ rows }) => rows),
    MAX_GROUPS,
  ).map((place) => groups[place]);
  const note = othersNote(`the ${drawn.length} with the most rows`, groups.length - drawn.length);
  return { drawn, labels: labelsOf(drawn), note };
}

/** What ranges are called: with as many digits as it takes to tell them apart. */
function labelsOf(bins: readonly ColumnGroup[]): string[] {
  for (const digits of [4, 6, 9, 12]) {
    const labels = bins.map((bin) => labelOf(bin, digits));
    if (new Set(labels).size === labels.length) return labels;
  }
  return bins.map((bin) => labelOf(bin, 17));
}

function labelOf({ kind, level, from, to }: ColumnGroup, digits: number): string {
  if (kind === 'level') return level;
  if (kind === 'other') return 'all other levels';
  if (kind === 'missing') return 'missing';
  if (from === to) return String(from);
  const round = (value: number) => String(Number(value.toPrecision(digits)));
  return `${from === null ? '-∞' : round(from)} to ${to === null ? '∞' : round(to)}`;
}
