/** The sides of a split. */
export type Side = 'left' | 'right';

/** A node of a tree grown by another library; `left` and `right` are indices of nodes of the same tree, whose root is the first. */
export type EnsembleNode = NumberSplit | CategorySplit | EnsembleLeaf;

interface SplitParts {
  /** The index of its feature among those of the ensemble. */
  readonly feature: number;
  readonly left: number;
  readonly right: number;
  /** The side of missing values. */
  readonly missing: Side;
  /** The gain of the split in training, if the file contains it. */
  readonly gain?: number | undefined;
}

/** Numbers up to the threshold go left, larger ones right. */
export interface NumberSplit extends SplitParts {
  readonly kind: 'number';
  readonly threshold: number;
}

/** The listed levels, as indices into those of the feature, go left, the others right. */
export interface CategorySplit extends SplitParts {
  readonly kind: 'category';
  readonly levels: readonly number[];
  /** The side of levels that the feature does not list. */
  readonly unseen: Side;
}

/** A leaf with a value for each score that its tree contributes to. */
export interface EnsembleLeaf {
  readonly kind: 'leaf';
  readonly values: readonly number[];
  /** The weight of its training rows, if the file contains it. */
  readonly cover?: number | undefined;
}

/** A column used by trees. */
export interface EnsembleFeature {
  readonly name: string;
  /** The levels of a category; absent for a numeric column. */
  readonly levels?: readonly string[] | undefined;
  /** Whether numbers of absolute value at most 1e-35 (in single precision) count as missing, like LightGBM's `zero_as_missing`. */
  readonly zeroIsMissing?: boolean | undefined;
}

/** The largest number that LightGBM treats as zero: 1e-35 in single precision. */
export const LARGEST_ZERO = Math.fround(1e-35);

/** The codes of a category: the index of a level, or one of these two additional codes. */
export function unseenCode({ levels = [] }: EnsembleFeature): number {
  return levels.length;
}

export function missingCode({ levels = [] }: EnsembleFeature): number {
  return levels.length + 1;
}

/** The number of 32-bit words with one bit for each code of a category. */
export function setWords({ levels = [] }: EnsembleFeature): number {
  return Math.ceil((levels.length + 2) / 32);
}
