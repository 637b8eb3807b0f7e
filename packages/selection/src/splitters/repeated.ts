import { type LabelsLike, Random, requireParameter, type TargetLike } from '@churn/core';
import type { TrainTestSplit } from '../train-test-split.js';
import type { ReseedableSplitter } from './splitter.js';

export interface RepeatedOptions {
  /** How many times, from 1. Default 10. */
  readonly nRepeats?: number;
  /** The same seed gives the same splits. Default 0. */
  readonly seed?: number;
}

/**
 * The splits of another splitter several times over, each time with the rows in another random order.
 *
 * ```ts
 * new Repeated(new StratifiedKFold({ nSplits: 5 }), { nRepeats: 10, seed: 42 }); // 50 splits
 * ```
 */
export class Repeated implements ReseedableSplitter {
  readonly splitter: ReseedableSplitter;
  readonly nRepeats: number;
  readonly seed: number;

  /** @throws `invalid-parameter` where `nRepeats` is not a whole number from 1. */
  constructor(splitter: ReseedableSplitter, { nRepeats = 10, seed = 0 }: RepeatedOptions = {}) {
    const isValid = Number.isInteger(nRepeats) && nRepeats >= 1;
    requireParameter(isValid, 'nRepeats', 'a whole number from 1', nRepeats);
    this.splitter = splitter;
    this.nRepeats = nRepeats;
    this.seed = seed;
  }

  get nSplits(): number {
    return this.nRepeats * this.splitter.nSplits;
  }

  withSeed(seed: number): Repeated {
    return new Repeated(this.splitter, { nRepeats: this.nRepeats, seed });
  }

  /** @throws as the splitter that is repeated. */
  split(x: { readonly nRows: number }, y?: TargetLike, groups?: LabelsLike): TrainTestSplit[] {
    const random = new Random(this.seed).stream('Repeated');
    return Array.from({ length: this.nRepeats }, (_, repeat) =>
      this.splitter.withSeed(random.stream(repeat).uint32()).split(x, y, groups),
    ).flat();
  }
}
