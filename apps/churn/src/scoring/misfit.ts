/** A value that does not fit its column. */
export interface Misfit {
  readonly column: string;
  /** What was expected, and what came. */
  readonly detail: string;
}

/** What does not fit of a row, in one line. */
export function misfitText(misfits: readonly Misfit[]): string {
  return misfits.map(({ column, detail }) => `column "${column}": ${detail}`).join('; ');
}
