import type { Table, TargetLike } from '@churn/core';
import type { AnyModel } from '../model.js';
import { type ParamGrid, type ParamsOf, paramGrid } from './param-grid.js';
import {
  type Refitted,
  type SearchFitOptions,
  type SearchOptions,
  type SearchResult,
  search,
} from './search.js';

export interface GridSearchOptions<
  G extends ParamGrid | readonly ParamGrid[],
  M extends AnyModel = AnyModel,
  R extends boolean = boolean,
> extends SearchOptions<ParamsOf<G>, M, R> {
  /** The values of each parameter, all of whose combinations are candidates; or several such grids. */
  readonly grid: G;
}

/**
 * Tries all combinations of a grid by cross-validation.
 *
 * ```ts
 * const { best, model } = await gridSearch(
 *   {
 *     grid: { penalty: ['l1', 'l2'], C: geomspace(1e-3, 10, 6) },
 *     pipeline: ({ penalty, C }) => new Pipeline([new StandardScaler()], new LogisticRegression({ penalty, C })),
 *   },
 *   x,
 *   y,
 * );
 * ```
 *
 * @throws as `search` does; `invalid-parameter` where a parameter has no values.
 */
export async function gridSearch<
  const G extends ParamGrid | readonly ParamGrid[],
  M extends AnyModel,
  R extends boolean = true,
>(
  { grid, ...options }: GridSearchOptions<G, M, R>,
  x: Table,
  y: TargetLike,
  fitOptions?: SearchFitOptions,
): Promise<SearchResult<ParamsOf<G>, Refitted<M, R>>> {
  return search<ParamsOf<G>, M, R>(paramGrid(grid), options, x, y, fitOptions);
}
