import type { Config } from '../config/config.js';
import type { Outcome } from '../terminal/outcome.js';
import { syncRuns } from '../tracking/track-runs.js';

/** Sends runs and aliases to MLflow that it lacks. */
export async function sendRuns(config: Config): Promise<Outcome> {
  const { server, runs, aliases, lacking } = await syncRuns(config);
  const lines = [`${server}: ${counted(runs.sent)} sent, ${runs.there} already there`];
  if (runs.busy > 0) lines.push(`${counted(runs.busy)} being sent by another process`);
  if (aliases.length > 0) lines.push(`aliases: ${aliases.join(', ')}`);
  if (lacking.length > 0) lines.push(`aliases whose runs no longer exist: ${lacking.join(', ')}`);
  return { text: lines.join('\n'), figures: { server, runs, aliases, lacking } };
}

function counted(runs: number): string {
  return `${runs} ${runs === 1 ? 'run' : 'runs'}`;
}
