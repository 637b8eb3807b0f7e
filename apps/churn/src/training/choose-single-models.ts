import type { Config } from '../config/config.js';
import { BASELINE } from '../model/portfolio.js';
import { alone } from './blend.js';
import { bestByMean } from './choose-best.js';
import type { Chosen } from './chosen.js';
import type { SearchResult } from './found.js';

/**
 * The models that are to be written if none are blended: those that are listed or, where models are found, the best one, and the baseline
 * that it has to beat. The best has the best mean of the scorer that decides.
 */
export function chooseSingleModels({ models: found }: SearchResult, _: unknown, config: Config): Chosen {
  const best = bestByMean(found, config.crossValidation.scoring[0]);
  const isWritten = ({ name }: { readonly name: string }) =>
    config.models !== 'auto' || name === best || name === BASELINE;
  return { models: found.filter(isWritten).map(alone), best, leftOut: [] };
}
