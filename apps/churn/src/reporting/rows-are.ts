/** The noun for the rows of a business case. */
export function rowsAre(predicts: string): string {
  return predicts === 'churn' ? 'customers' : 'rows';
}
