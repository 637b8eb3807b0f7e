/** Just above any probability: no row is called positive. */
export const NOBODY = 1 + Number.EPSILON;
