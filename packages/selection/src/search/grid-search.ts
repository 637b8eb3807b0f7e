import { parameter, required, type TargetLike } from '@churn/core';
import { isAnything } from '../cross-val-options.js';
import type { AnyModel } from '../model.js';
import type { TableLike } from '../table-like.js';
import { type ParamGrid, type ParamsOf, paramGrid } from './param-grid.js';
import {
  type Refitted,
  type SearchFitOptions,
  type SearchOptions,
  type SearchResult,
  search,
} from './search.js';
import { requireSearchOptions, searchParameters } from './search-parameters.js';

const parameters = {
  ...searchParameters,
  grid: required(parameter('a list of values of each parameter', isAnything)),
};

export interface GridSearchOptions<
  G extends ParamGrid | readonly ParamGrid[],
  M extends AnyModel = AnyModel,
  R extends boolean = boolean,
> extends SearchOptions<ParamsOf<G>, M, R> {
  /** The values of each parameter, whose combinations are the candidates; or several such grids. */
  readonly grid: G;
}

/**
 * Grid search: tries all combinations of a grid by cross-validation.
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
 * @throws as `search`; `invalid-parameter` if a parameter has no values.
 */
export async function gridSearch<
  const G extends ParamGrid | readonly ParamGrid[],
  M extends AnyModel,
  R extends boolean = true,
>(
  options: GridSearchOptions<G, M, R>,
  x: TableLike,
  y: TargetLike,
  fitOptions?: SearchFitOptions,
): Promise<SearchResult<ParamsOf<G>, Refitted<M, R>>> {
  requireSearchOptions(parameters, options, fitOptions);
  const { grid, ...others } = options;
  return search<ParamsOf<G>, M, R>(paramGrid(grid), others, x, y, fitOptions);
}
