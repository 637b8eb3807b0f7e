import { counted } from '../reporting/counted.js';

/** A reason why rows are rejected, without the values of single rows. */
export interface RejectionReason {
  readonly reason: string;
  readonly rows: number;
}

/** The maximum number of reasons counted, and shown. */
const MAX_REASONS = 1000;
const SHOWN = 3;

/** Counts rejected rows by reason. */
export class RejectionReasons {
  readonly #rows = new Map<string, number>();

  /** Adds rows. Further reasons are left out if there are very many. */
  add(reason: string, rows = 1): void {
    const general = withoutValues(reason);
    const before = this.#rows.get(general);
    if (before === undefined && this.#rows.size >= MAX_REASONS) return;
    this.#rows.set(general, (before ?? 0) + rows);
  }

  /** Adds the counts of further rows. */
  merge({ all }: Pick<RejectionReasons, 'all'>): void {
    for (const { reason, rows } of all) this.add(reason, rows);
  }

  /** The most frequent first. */
  get all(): readonly RejectionReason[] {
    return Array.from(this.#rows, ([reason, rows]) => ({ reason, rows })).sort((a, b) => b.rows - a.rows);
  }
}

/** The reason without what was received: rows differ in that. */
function withoutValues(reason: string): string {
  return reason.replace(/, got (?:"(?:[^"\\]|\\.)*"|[^";]+)/g, '');
}

/** The number of rejected rows, with the most frequent reasons: `2 of 4 rows rejected: column "plan": expected a value`. */
export function rejectionText(
  rejected: number,
  scored: number,
  { all }: Pick<RejectionReasons, 'all'>,
): string {
  const text = `${rejected.toLocaleString('en')} of ${counted(rejected + scored, 'row')} rejected:`;
  const [first, ...others] = all;
  if (others.length === 0) return `${text} ${first.reason}`;
  const lines = all.slice(0, SHOWN).map(({ reason, rows }) => `${reason} (${counted(rows, 'row')})`);
  const more = all.length - SHOWN;
  return [text, ...lines, ...(more > 0 ? [counted(more, 'more reason')] : [])].join('\n  ');
}
