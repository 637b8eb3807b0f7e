/** A product of features as a step of a plan: the product of one feature and an earlier term. */
export interface PolynomialTerm {
  /** scikit-learn's name for it: `a`, `a b`, `a^2 b`. */
  readonly name: string;
  /** The index of the first feature of the product. */
  readonly feature: number;
  /** The index of the term of the other features; -1 for a single feature. */
  readonly rest: number;
}

/** The largest degree. */
export const MAX_DEGREE = 100;

/** The maximum number of terms: beyond it, the names alone exhaust memory. */
export const MAX_TERMS = 250_000;

/** The number of terms of `polynomialTerms`, if it is at most `MAX_TERMS`. */
export function countTerms(nFeatures: number, degree: number, interactionOnly: boolean): number {
  let ofDegree = 1;
  let count = 0;
  for (let d = 1; d <= degree && ofDegree > 0 && count <= MAX_TERMS; d++) {
    // The ways to choose d features, each once or any number of times, from those to choose d - 1.
    ofDegree *= (interactionOnly ? nFeatures - d + 1 : nFeatures + d - 1) / d;
    count += ofDegree;
  }
  return count;
}

/**
 * The terms of all products of up to `degree` features, in scikit-learn's order: by degree, then by feature. Each term takes one
 * multiplication, of a feature with a term of one degree less.
 *
 * @param interactionOnly whether to omit products with a repeated feature.
 */
export function polynomialTerms(
  features: readonly string[],
  degree: number,
  interactionOnly: boolean,
): PolynomialTerm[] {
  const terms = features.map((name, feature): PolynomialTerm => ({ name, feature, rest: -1 }));
  /** The features of each term in order, which make up its name. */
  const factors = features.map((_, feature) => [feature]);
  let below = 0;
  for (let current = 2; current <= degree; current++) {
    const end = terms.length;
    for (let feature = 0; feature < features.length; feature++) {
      for (let rest = below; rest < end; rest++) {
        const fits = interactionOnly ? terms[rest].feature > feature : terms[rest].feature >= feature;
        if (!fits) continue;
        const product = [feature, ...factors[rest]];
        factors.push(product);
        terms.push({ name: nameOf(product, features), feature, rest });
      }
    }
    below = end;
  }
  return terms;
}

function nameOf(product: readonly number[], features: readonly string[]): string {
  const powers = new Map<number, number>();
  for (const feature of product) powers.set(feature, (powers.get(feature) ?? 0) + 1);
  return Array.from(powers, ([feature, power]) =>
    power === 1 ? features[feature] : `${features[feature]}^${power}`,
  ).join(' ');
}
