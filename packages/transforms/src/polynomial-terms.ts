/** A product of features, as a step of a plan: the product of one feature and a term before it. */
export interface PolynomialTerm {
  /** scikit-learn's name for it: `a`, `a b`, `a^2 b`. */
  readonly name: string;
  /** The index of the first feature of the product. */
  readonly feature: number;
  /** The index of the term that the other features make; -1 of a single feature. */
  readonly rest: number;
}

/** The largest degree. */
export const MOST_DEGREE = 100;

/** The most terms: beyond them their names alone take more memory than there is to be had. */
export const MOST_TERMS = 250_000;

/** How many terms `polynomialTerms` gives, as far as they are no more than `MOST_TERMS`. */
export function countTerms(nFeatures: number, degree: number, interactionOnly: boolean): number {
  let ofDegree = 1;
  let count = 0;
  for (let d = 1; d <= degree && ofDegree > 0 && count <= MOST_TERMS; d++) {
    // The ways to choose d features, each once or any number of times, from those to choose d - 1.
    ofDegree *= (interactionOnly ? nFeatures - d + 1 : nFeatures + d - 1) / d;
    count += ofDegree;
  }
  return count;
}

/**
 * The terms of all products of up to `degree` features, in scikit-learn's order: by degree, then by feature. Each term
 * takes one multiplication, of a feature with a term of the degree below.
 *
 * @param interactionOnly whether to leave out products that have a feature twice.
 */
export function polynomialTerms(
  features: readonly string[],
  degree: number,
  interactionOnly: boolean,
): PolynomialTerm[] {
  const terms = features.map((name, feature): PolynomialTerm => ({ name, feature, rest: -1 }));
  /** Of each term its features, in order, which gives it its name. */
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
