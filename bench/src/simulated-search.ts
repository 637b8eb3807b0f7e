/** A piece of a search: pieces of one group take about as long as each other. */
export interface SimulatedPiece {
  readonly group: string;
  readonly ms: number;
}

export interface Simulation {
  readonly workers: number;
  /** What a piece costs on its way, besides being run: the worker is idle for so long. */
  readonly overheadMs: number;
}

/**
 * How long workers of one thread take for lists of pieces, each of which begins when the one before is done. Pieces are chosen as `Evaluation`
 * of @churn/selection chooses them: one of a group that was never run first, then what takes longest by what is known.
 */
export function simulatedMs(
  lists: readonly (readonly SimulatedPiece[])[],
  { workers, overheadMs }: Simulation,
): number {
  const known = new Map<string, number>();
  let now = 0;
  for (const list of lists) {
    const waiting = [...list];
    const begun = new Set<string>();
    const busy: { readonly until: number; readonly piece: SimulatedPiece }[] = [];
    while (waiting.length > 0 || busy.length > 0) {
      while (busy.length < workers && waiting.length > 0) {
        const [piece] = waiting.splice(next(waiting, known, begun), 1);
        begun.add(piece.group);
        busy.push({ until: now + overheadMs + piece.ms, piece });
      }
      busy.sort((a, b) => a.until - b.until);
      const [done] = busy.splice(0, 1);
      now = done.until;
      known.set(done.piece.group, done.piece.ms);
    }
  }
  return now;
}

/** What share of the time of workers goes into pieces. */
export function efficiency(lists: readonly (readonly SimulatedPiece[])[], simulation: Simulation): number {
  const work = lists.flat().reduce((sum, { ms }) => sum + ms, 0);
  return work / (simulation.workers * simulatedMs(lists, simulation));
}

function next(
  waiting: readonly SimulatedPiece[],
  known: ReadonlyMap<string, number>,
  begun: ReadonlySet<string>,
): number {
  let best = 0;
  let most = -1;
  waiting.forEach(({ group }, i) => {
    const ms = known.get(group) ?? (begun.has(group) ? 0 : Infinity);
    if (ms > most) [best, most] = [i, ms];
  });
  return best;
}
