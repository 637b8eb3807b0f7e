/** The result of a check of the machine or the project. */
export interface Check {
  /** What was checked. */
  readonly name: string;
  /** `warning` if only something optional is missing. */
  readonly state: 'ok' | 'warning' | 'error';
  /** What was found. */
  readonly found: string;
  /** How to fix it. */
  readonly advice?: string;
}

/** The worst state of several checks. */
export function worstOf(checks: readonly Check[]): Check['state'] {
  const states = new Set(checks.map(({ state }) => state));
  return states.has('error') ? 'error' : states.has('warning') ? 'warning' : 'ok';
}
