import {
  integerParameter,
  type LabelsLike,
  numberParameter,
  type OptionsOf,
  Random,
  readOptions,
  requireParameter,
  type TargetLike,
  withDefault,
} from '@churn/core';
import type { TrainTestSplit } from '../train-test-split.js';
import type { ReseedableSplitter } from './splitter.js';

const parameters = {
  /** The number of repetitions, at least 1. Default 10. */
  nRepeats: withDefault(integerParameter({ from: 1 }), 10),
  /** The random seed. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type RepeatedOptions = OptionsOf<typeof parameters>;

/**
 * Repeats another splitter, each time with a different shuffle.
 *
 * ```ts
 * new Repeated(new StratifiedKFold({ nSplits: 5 }), { nRepeats: 10, seed: 42 }); // 50 splits
 * ```
 */
export class Repeated implements ReseedableSplitter {
  static readonly parameters = parameters;
  readonly splitter: ReseedableSplitter;
  readonly nRepeats: number;
  readonly seed: number;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(splitter: ReseedableSplitter, options?: RepeatedOptions) {
    const { nRepeats, seed } = readOptions(parameters, options);
    const isReseedable = typeof (splitter as ReseedableSplitter | null)?.withSeed === 'function';
    requireParameter(isReseedable, 'splitter', 'a splitter that can be shuffled', splitter);
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
