/** The models in their order, with the best one in front. */
export function bestFirst<M extends { readonly name: string }>(models: readonly M[], best: string): M[] {
  return [...models].sort((a, b) => Number(b.name === best) - Number(a.name === best));
}
