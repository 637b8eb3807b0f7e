import { betaCdf } from './beta-distribution.js';
import type { BetaAcceptance } from './economics.js';
import { gammaCdf } from './gamma-distribution.js';

/** What is not known for sure of all customers alike, from 0 on, such as the share of acceptance. The profit of a list is linear in it. */
export interface RandomFactor {
  readonly mean: number;
  /** The most that it can be. */
  readonly most: number;
  /** The probability that it is below `x`; 0 at 0, and 1 at the most. */
  below(x: number): number;
  /** Its mean, where it counts as 0 unless it is below `x`. */
  meanBelow(x: number): number;
}

/** A share of Beta(alpha, beta). */
export function betaFactor({ alpha, beta }: BetaAcceptance): RandomFactor {
  const mean = alpha / (alpha + beta);
  return {
    mean,
    most: 1,
    below: (x) => betaCdf(x, alpha, beta),
    // The density times the share is that of Beta(alpha + 1, beta) times the mean.
    meanBelow: (x) => mean * betaCdf(x, alpha + 1, beta),
  };
}

/** A gamma distribution by its shape and scale, whose product is its mean. */
export interface GammaContribution {
  readonly shape: number;
  readonly scale: number;
}

/** An amount of a gamma distribution. */
export function gammaFactor({ shape, scale }: GammaContribution): RandomFactor {
  const mean = shape * scale;
  return {
    mean,
    most: Infinity,
    below: (x) => gammaCdf(x / scale, shape),
    meanBelow: (x) => mean * gammaCdf(x / scale, shape + 1),
  };
}
