import type { Config } from '../config/config.js';
import { BASELINE } from '../model/portfolio.js';
import { alone } from './blend.js';
import { bestByMean } from './choose-best.js';
import type { Chosen } from './chosen.js';
import type { SearchResult } from './found.js';

/**
 * The models to write without blending: the listed ones, or with automatic selection, the best one and the baseline. The best model has the
 * best mean of the deciding scorer.
 */
export function chooseSingleModels({ models: found }: SearchResult, _: unknown, config: Config): Chosen {
  const best = bestByMean(found, config.crossValidation.scoring[0]);
  const isWritten = ({ name }: { readonly name: string }) =>
    config.models !== 'auto' || name === best || name === BASELINE;
  return { models: found.filter(isWritten).map(alone), best, leftOut: [] };
}
