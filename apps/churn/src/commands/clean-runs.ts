import type { Config } from '../config/config.js';
import { type CleanOptions, chooseRuns } from '../runs/clean-runs.js';
import { removeRun } from '../runs/run-folder.js';
import type { Outcome } from '../terminal/outcome.js';

/** Removes failed runs, and complete ones that are not to be kept. */
export async function cleanRuns(
  config: Pick<Config, 'output' | 'registry'>,
  { dryRun, ...options }: CleanOptions & { readonly dryRun?: boolean },
): Promise<Outcome> {
  const { failed, complete, held } = await chooseRuns(config, options);
  const chosen = [...failed, ...complete];
  if (!dryRun) {
    for (const id of chosen) await removeRun(config.output.folder, id);
  }
  const done = dryRun ? 'would be removed' : 'removed';
  const lines = chosen.map((id) => `${done}: ${id}`);
  for (const { id, by } of held)
    lines.push(`kept: ${id}, which ${by.join(' and ')} ${by.length === 1 ? 'points' : 'point'} to`);
  return {
    text: lines.length > 0 ? lines.join('\n') : 'nothing to remove',
    figures: { isDryRun: dryRun === true, removed: chosen, held },
  };
}
