import { ChurnError, isPlainObject, requireParameter } from '@churn/core';

/** The values to try of each parameter. */
export type ParamGrid = Readonly<Record<string, readonly unknown[]>>;

/** The parameters of a candidate of a grid, or of one of several grids. */
export type ParamsOf<G> = G extends readonly (infer Each)[]
  ? ParamsOf<Each>
  : { readonly [K in keyof G]: G[K] extends readonly (infer Value)[] ? Value : never };

/**
 * All combinations of the values of a grid, or of several grids one after another; the last parameter varies fastest.
 *
 * ```ts
 * paramGrid({ penalty: ['l1', 'l2'], C: [1, 10] }); // { penalty: 'l1', C: 1 }, { penalty: 'l1', C: 10 }, …
 * ```
 *
 * @throws `invalid-parameter` if a parameter has no values.
 */
export function paramGrid<const G extends ParamGrid | readonly ParamGrid[]>(grid: G): ParamsOf<G>[] {
  const isGrid = isPlainObject(grid) || (Array.isArray(grid) && grid.length > 0 && grid.every(isPlainObject));
  requireParameter(
    isGrid,
    'grid',
    'an object with a list of values of each parameter, or several of them',
    grid,
  );
  const grids = (Array.isArray(grid) ? grid : [grid]) as readonly ParamGrid[];
  return grids.flatMap(combinations) as ParamsOf<G>[];
}

function combinations(grid: ParamGrid): Record<string, unknown>[] {
  let all: [string, unknown][][] = [[]];
  for (const [name, values] of Object.entries(grid)) {
    if (!Array.isArray(values) || values.length === 0) {
      throw new ChurnError(
        'invalid-parameter',
        `grid.${name}: expected a list of values, got ${JSON.stringify(values)}`,
      );
    }
    all = all.flatMap((pairs) => values.map((value): [string, unknown][] => [...pairs, [name, value]]));
  }
  return all.map((pairs) => Object.fromEntries(pairs));
}
