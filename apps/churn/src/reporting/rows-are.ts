/** What the rows of a business case are called. */
export function rowsAre(predicts: string): string {
  return predicts === 'churn' ? 'customers' : 'rows';
}
