/** Relations to a target, those first of which the columns tell the most of it. */
export function mostTelling<R extends { readonly mutualInformation: number }>(relations: readonly R[]): R[] {
  return [...relations].sort((a, b) => b.mutualInformation - a.mutualInformation);
}
