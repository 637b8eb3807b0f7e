/** A share as a reader sees it, with one decimal. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
