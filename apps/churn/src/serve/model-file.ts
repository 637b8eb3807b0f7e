import { unwatchFile, watchFile } from 'node:fs';
import type { Logger } from '../terminal/logger.js';
import type { Followed } from './followed-alias.js';
import { loadServedModel, type ServedModel } from './served-model.js';

/** How often the file is looked at. */
const INTERVAL_MS = 1000;

/**
 * Loads a model, and loads it again when its file changes. Requests that have begun go on with the model that they began with.
 * @throws the errors of `loadModel`, at the start.
 */
export async function watchModel(file: string, logger: Logger): Promise<Followed<ServedModel>> {
  let served = await loadServedModel(file);
  let turn: Promise<void> = Promise.resolve();
  const load = async () => {
    try {
      const fresh = await loadServedModel(file);
      if (fresh.hash === served.hash) return;
      served = fresh;
      logger.info(`serving a new model from ${file}: ${fresh.hash.slice(0, 12)}`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.error(`${reason}; the model before it is still served`);
    }
  };
  const reload = () => {
    turn = turn.then(load);
    return turn;
  };
  watchFile(file, { interval: INTERVAL_MS, persistent: false }, () => void reload());
  return { current: () => served, reload, stop: () => unwatchFile(file) };
}
