import type { Config } from '../config/config.js';
import type { Outcome } from '../terminal/outcome.js';
import { syncRuns } from '../tracking/track-runs.js';

/** Sends to MLflow what it does not have. */
export async function sendRuns(config: Config): Promise<Outcome> {
  const { server, runs, aliases, lacking } = await syncRuns(config);
  const lines = [`${server}: ${counted(runs.sent)} sent, ${runs.there} there already`];
  if (runs.busy > 0) lines.push(`being sent by another process: ${counted(runs.busy)}`);
  if (aliases.length > 0) lines.push(`aliases: ${aliases.join(', ')}`);
  if (lacking.length > 0) lines.push(`aliases of models whose runs are gone: ${lacking.join(', ')}`);
  return { text: lines.join('\n'), figures: { server, runs, aliases, lacking } };
}

function counted(runs: number): string {
  return `${runs} ${runs === 1 ? 'run' : 'runs'}`;
}
