// AssemblyScript. The best split that each feature offers.

import { nFeatures, OFFER, offers } from './memory';

// f64 gain, or score of a level; i32 last bin, or position among the sorted categories, on the left; i32 direction; i32x4 sum on the left.
export const OFFER_AT: i32 = 8;
export const OFFER_DIRECTION: i32 = 12;
export const OFFER_LEFT: i32 = 16;

/** The offer of a feature to the first or second of two leaves. */
@inline
export function offerOf(leaf: i32, feature: i32): usize {
  return offers + <usize>OFFER * (leaf * nFeatures + feature);
}

@inline
export function offer(to: usize, gain: f64, at: i32, direction: i32, left: v128): void {
  store<f64>(to, gain);
  store<i32>(to, at, OFFER_AT);
  store<i32>(to, direction, OFFER_DIRECTION);
  v128.store(to, left, OFFER_LEFT);
}
