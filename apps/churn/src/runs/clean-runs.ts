import type { Config } from '../config/config.js';
import { latestId, surveyRuns } from './read-run.js';
import { aliasesOfRuns } from './run-aliases.js';
import { startOf } from './start-of.js';

export interface CleanOptions {
  /** How many of the newest complete runs stay. */
  readonly keep?: number;
  /** Only what began more than so many seconds ago goes. */
  readonly olderThan?: number;
}

/** What can be removed of the folder of runs, and what cannot. */
export interface Cleaning {
  /** Runs that failed, of which there is a log, the oldest first. */
  readonly failed: readonly string[];
  /** Complete runs, the oldest first. */
  readonly complete: readonly string[];
  /** Runs that would be among them, had not `latest` or an alias led there. */
  readonly held: readonly { readonly id: string; readonly by: readonly string[] }[];
}

/**
 * Chooses what is to be removed: runs that failed, and complete ones that neither `keep` nor `olderThan` lets stay; without both, all of
 * these stay. Never a run that `latest` or an alias leads to, one that is under way, or one that cannot be read.
 */
export async function chooseRuns(
  config: Pick<Config, 'registry' | 'output'>,
  { keep, olderThan }: CleanOptions,
): Promise<Cleaning> {
  const { folder } = config.output;
  // Aliases are read last: one that was set in between still holds its run.
  const { complete, failed } = await surveyRuns(folder);
  const latest = await latestId(folder);
  const aliases = await aliasesOfRuns(config);
  const before = olderThan === undefined ? Infinity : Date.now() - olderThan * 1000;
  const isOld = (started: string) => olderThan === undefined || Date.parse(started) < before;
  const isLimited = keep !== undefined || olderThan !== undefined;
  const beyond = isLimited ? complete.slice(keep ?? 0).filter(({ started }) => isOld(started)) : [];
  const wanted = beyond.map(({ id }) => {
    return { id, by: [...(id === latest ? ['latest'] : []), ...(aliases.get(id) ?? [])] };
  });
  return {
    failed: failed.filter((id) => isOld(startOf(id))).reverse(),
    complete: wanted.flatMap(({ id, by }) => (by.length === 0 ? [id] : [])).reverse(),
    held: wanted.filter(({ by }) => by.length > 0),
  };
}
