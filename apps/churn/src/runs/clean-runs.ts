import type { Config } from '../config/config.js';
import { latestId, surveyRuns } from './read-run.js';
import { aliasesOfRuns } from './run-aliases.js';
import { startOf } from './start-of.js';

export interface CleanOptions {
  /** The number of newest complete runs to keep. */
  readonly keep?: number;
  /** Only runs that started more than this many seconds ago are removed. */
  readonly olderThan?: number;
}

/** The runs to remove, and those that must stay. */
export interface Cleaning {
  /** Failed runs with a log, oldest first. */
  readonly failed: readonly string[];
  /** Complete runs, oldest first. */
  readonly complete: readonly string[];
  /** Runs that would be removed if `latest` or an alias did not point to them. */
  readonly held: readonly { readonly id: string; readonly by: readonly string[] }[];
}

/**
 * Chooses the runs to remove: failed ones, and complete ones that neither `keep` nor `olderThan` retains; without either, all complete runs
 * stay. It never chooses a run that `latest` or an alias points to, that is in progress, or that cannot be read.
 */
export async function chooseRuns(
  config: Pick<Config, 'registry' | 'output'>,
  { keep, olderThan }: CleanOptions,
): Promise<Cleaning> {
  const { folder } = config.output;
  // Aliases are read last, so that one set meanwhile still protects its run.
  const { complete, failed } = await surveyRuns(folder);
  const latest = await latestId(folder);
  const aliases = await aliasesOfRuns(config);
  const before = olderThan === undefined ? Infinity : Date.now() - olderThan * 1000;
  const isOld = (started: string) => olderThan === undefined || Date.parse(started) < before;
  const isLimited = keep !== undefined || olderThan !== undefined;
  const beyond = isLimited ? complete.slice(keep ?? 0).filter(({ started }) => isOld(started)) : [];
  const candidates = beyond.map(({ id }) => {
    return { id, by: [...(id === latest ? ['latest'] : []), ...(aliases.get(id) ?? [])] };
  });
  return {
    failed: failed.filter((id) => isOld(startOf(id))).reverse(),
    complete: candidates.flatMap(({ id, by }) => (by.length === 0 ? [id] : [])).reverse(),
    held: candidates.filter(({ by }) => by.length > 0),
  };
}
