import type { Target } from '@churn/core';
import { ShareDone } from '@churn/distributed';
import { type Config, withFoundDates } from '../config/config.js';
import type { FolderWorkers } from '../config/workers.js';
import { timeLimit } from '../runs/time-limit.js';
import { isStreamed } from '../streaming/is-streamed.js';
import { streamedConfig } from '../streaming/streamed-config.js';
import { drawnRows } from '../streaming/train-streamed.js';
import { classTask } from '../task/class-task.js';
import { taskOf } from '../task/task-of.js';
import type { Interruption } from '../terminal/interruption.js';
import type { Logger } from '../terminal/logger.js';
import type { Outcome } from '../terminal/outcome.js';
import { loadDataset } from '../training/data.js';
import type { LabelledRows } from '../training/dataset.js';
import { searchModels } from '../training/search.js';
import { splitData } from '../training/split.js';

/**
 * Runs a share of a training's search: as many tasks as other processes with the same folder leave. Results are written to the folder, for
 * `train` with the same folder.
 *
 * @returns the number of candidates tried.
 */
export async function searchShard(
  given: Config,
  workers: FolderWorkers,
  logger: Logger,
  interruption?: Interruption,
): Promise<Outcome> {
  const limit = timeLimit(given);
  const task = taskOf(given);
  const { config, train } = await rowsToSearch({ ...given, workers }, logger);
  const shard = `shard ${workers.shard}/${workers.shards}`;
  const found = await searchModels(task, train, config, { limit, interruption }, logger).catch((error) => {
    if (error instanceof ShareDone) return undefined;
    throw error;
  });
  const files = [{ what: 'results', path: workers.folder }];
  const place = { shard: workers.shard, shards: workers.shards };
  if (!found) return { text: `${shard}: done; results: ${workers.folder}`, files, figures: place };
  const { models, seconds, unfinished } = found;
  const nTried = models.reduce((sum, { candidates }) => sum + candidates.length, 0);
  const left = unfinished > 0 ? `, not tried: ${unfinished}` : '';
  return {
    text: `${shard}: ${nTried} candidates tried in ${seconds.toFixed(1)} s${left}; results: ${workers.folder}`,
    files,
    figures: { ...place, tried: nTried, unfinished, seconds },
  };
}

/** The rows that a training with the same configuration searches on. */
async function rowsToSearch(
  userConfig: Config,
  logger: Logger,
): Promise<{ readonly config: Config; readonly train: LabelledRows<Target> }> {
  if (await isStreamed(userConfig)) {
    const given = streamedConfig(userConfig);
    const { all } = await drawnRows(given, logger);
    const config = withFoundDates(given, all.schema);
    return { config, train: splitData(classTask, all, config).train };
  }
  const task = taskOf(userConfig);
  const data = await loadDataset(task, userConfig.data, userConfig.processing.dates?.columns);
  const config = withFoundDates(userConfig, data.schema);
  return { config, train: splitData(task, data, config).train };
}
