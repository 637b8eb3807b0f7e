import { square } from '@churn/core';

/** A hexagon of a honeycomb, by its centre, and how many points lie in it. */
export interface Hexagon {
  readonly x: number;
  readonly y: number;
  readonly points: number;
}

/**
 * Counts points in a honeycomb whose hexagons stand on a corner. The centres are two grids of rectangles, one shifted by half a step
 * both ways, and a point belongs to the nearest centre (Carr and others, "Scatterplot matrix techniques for large N", 1987).
 *
 * @param radius the distance of a corner from its centre, in the unit of `x` and `y`.
 * @returns the hexagons that hold a point.
 */
export function hexagons(x: ArrayLike<number>, y: ArrayLike<number>, radius: number): Hexagon[] {
  const stepX = Math.sqrt(3) * radius;
  const stepY = 3 * radius;
  const found = new Map<string, { x: number; y: number; points: number }>();
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i] / stepX, y[i] / stepY];
    const [column, row] = [Math.round(a), Math.round(b)];
    const [shiftedColumn, shiftedRow] = [Math.floor(a) + 0.5, Math.floor(b) + 0.5];
    const distance = square((a - column) * stepX) + square((b - row) * stepY);
    const isShifted = square((a - shiftedColumn) * stepX) + square((b - shiftedRow) * stepY) < distance;
    const [atX, atY] = isShifted ? [shiftedColumn, shiftedRow] : [column, row];
    const key = `${atX} ${atY}`;
    const hexagon = found.get(key);
    if (hexagon) hexagon.points++;
    else found.set(key, { x: atX * stepX, y: atY * stepY, points: 1 });
  }
  return [...found.values()];
}
