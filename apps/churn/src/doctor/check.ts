/** How a part of the machine or of the project is. */
export interface Check {
  /** What was looked at. */
  readonly name: string;
  /** `warning` where all works but for something that not everybody needs. */
  readonly state: 'ok' | 'warning' | 'error';
  /** What was found. */
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** The worst state of several checks. */
export function worstOf(checks: readonly Check[]): Check['state'] {
  const states = new Set(checks.map(({ state }) => state));
  return states.has('error') ? 'error' : states.has('warning') ? 'warning' : 'ok';
}
