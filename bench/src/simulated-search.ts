/** A task of a search; tasks of one group take about equally long. */
export interface SimulatedPiece {
  readonly group: string;
  readonly ms: number;
}

export interface Simulation {
  readonly workers: number;
  /** The overhead of a task, during which the worker is idle. */
  readonly overheadMs: number;
}

/**
 * The time of single-threaded workers for lists of tasks, each of which starts when the previous one is done. Tasks are chosen as by
 * `Evaluation` of @churn/selection: first one of each group that was never run, then the longest by estimate.
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

/** The share of the workers' time spent on tasks. */
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
