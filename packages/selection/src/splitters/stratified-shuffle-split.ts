import {
  integerParameter,
  numberParameter,
  type OptionsOf,
  parameter,
  Random,
  readOptions,
  type TargetLike,
  withDefault,
} from '@churn/core';
import { leastRowsOfParts, type TrainTestSplit, trainTestSplit } from '../train-test-split.js';
import type { ReseedableSplitter } from './splitter.js';
import { rowStrata, strataParameters } from './strata.js';

const parameters = {
  ...strataParameters,
  /** The number of splits, at least 1. Default 10. */
  nSplits: withDefault(integerParameter({ from: 1 }), 10),
  /** The share of test rows, between 0 and 1, or their number. Default 0.1. */
  testSize: withDefault(parameter('a share between 0 and 1, or a number of rows', isSize), 0.1),
  /** The random seed. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type StratifiedShuffleSplitOptions = OptionsOf<typeof parameters>;

/** Several random splits as by `trainTestSplit`, stratified by class or stratum. Test parts may overlap. */
export class StratifiedShuffleSplit implements ReseedableSplitter {
  static readonly parameters = parameters;
  readonly nSplits: number;
  readonly testSize: number;
  readonly seed: number;
  readonly strata: number;

  /** @throws `invalid-parameter` if an option is invalid. */
  constructor(options?: StratifiedShuffleSplitOptions) {
    const { nSplits, testSize, seed, strata } = readOptions(parameters, options);
    this.nSplits = nSplits;
    this.testSize = testSize;
    this.seed = seed;
    this.strata = strata;
  }

  withSeed(seed: number): StratifiedShuffleSplit {
    return new StratifiedShuffleSplit({
      nSplits: this.nSplits,
      testSize: this.testSize,
      strata: this.strata,
      seed,
    });
  }

  /** @throws as `trainTestSplit`, and `invalid-data` if `y` is missing, or differs in length. */
  split(x: { readonly nRows: number }, y?: TargetLike): TrainTestSplit[] {
    const { testSize, strata } = this;
    const labels = rowStrata(y, x, { strata, leastRows: leastRowsOfParts(x.nRows, testSize) });
    const random = new Random(this.seed).stream('StratifiedShuffleSplit');
    return Array.from({ length: this.nSplits }, (_, i) =>
      trainTestSplit(labels, { testSize, seed: random.stream(i).uint32() }),
    );
  }
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && (value < 1 || Number.isInteger(value));
}
