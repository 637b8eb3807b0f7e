/** A way down from a node. */
export type Side = 'left' | 'right';

/** A node of a tree as other libraries grow it; `left` and `right` are places of nodes of the same tree, whose root is the first. */
export type EnsembleNode = NumberSplit | CategorySplit | EnsembleLeaf;

interface SplitParts {
  /** The place of its feature among those of the ensemble. */
  readonly feature: number;
  readonly left: number;
  readonly right: number;
  /** Where missing values go. */
  readonly missing: Side;
  /** What the split gained in training, where the file says it. */
  readonly gain?: number | undefined;
}

/** Numbers up to the threshold go left, larger ones right. */
export interface NumberSplit extends SplitParts {
  readonly kind: 'number';
  readonly threshold: number;
}

/** The levels listed, by their places among those of the feature, go left, the others right. */
export interface CategorySplit extends SplitParts {
  readonly kind: 'category';
  readonly levels: readonly number[];
  /** Where levels go that the feature does not list. */
  readonly unseen: Side;
}

/** A leaf with a value for each score that its tree counts for. */
export interface EnsembleLeaf {
  readonly kind: 'leaf';
  readonly values: readonly number[];
  /** The weight of the training rows that fell into it, where the file says it. */
  readonly cover?: number | undefined;
}

/** A column that trees look at. */
export interface EnsembleFeature {
  readonly name: string;
  /** The levels of a category; without them it is a number. */
  readonly levels?: readonly string[] | undefined;
  /** Whether numbers of at most 1e-35 (as 32 bits hold it) in size count as missing, as LightGBM's `zero_as_missing` has it. */
  readonly zeroIsMissing?: boolean | undefined;
}

/** The largest number that LightGBM takes for zero: 1e-35 as 32 bits hold it. */
export const LARGEST_ZERO = Math.fround(1e-35);

/** The codes of a category: a place among the levels, or one of these two beyond. */
export function unseenCode({ levels = [] }: EnsembleFeature): number {
  return levels.length;
}

export function missingCode({ levels = [] }: EnsembleFeature): number {
  return levels.length + 1;
}

/** How many words of 32 bits hold a bit for each code of a category. */
export function setWords({ levels = [] }: EnsembleFeature): number {
  return Math.ceil((levels.length + 2) / 32);
}
