/**
 * The places of the `most` largest sizes, in ascending order: what is drawn if there is too much for a figure. Of equal sizes the first
 * stay.
 */
export function placesOfLargest(sizes: readonly number[], most: number): number[] {
  const places = Array.from(sizes, (_, i) => i);
  if (places.length <= most) return places;
  return places
    .sort((a, b) => sizes[b] - sizes[a] || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}
