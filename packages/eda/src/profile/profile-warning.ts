/** Something in a table worth reading before a model is fitted. */
export type ProfileWarning = {
  readonly code:
    | 'constant'
    | 'duplicate-rows'
    | 'highly-correlated'
    | 'high-skew'
    | 'id-like'
    | 'imbalance'
    | 'infinite'
    | 'leaking'
    | 'many-missing'
    | 'rare-levels'
    | 'similar-levels';
  /** The columns it is about. */
  readonly columns: readonly string[];
  /** The figure that gave rise to it. */
  readonly value: number;
  readonly message: string;
};
