/** What a model was trained with, in words. `node` is `browser` for models of the playground. */
export function describeVersions({ churn, node }: { readonly churn: string; readonly node: string }): string {
  return `churn ${churn}, ${node === 'browser' ? 'in a browser' : `Node ${node}`}`;
}
