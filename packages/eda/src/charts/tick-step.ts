/** A round step, 1, 2 or 5 times a power of ten, of which 4 to 10 make up `length`. @param length above 0. */
export function tickStep(length: number): number {
  let scale = 1;
  while (scale * 10 <= length) scale *= 10;
  while (scale > length) scale /= 10;
  const steps = length / scale;
  return steps > 5 ? scale : steps > 2 ? scale / 2 : scale / 5;
}
