import { unwatchFile, watchFile } from 'node:fs';
import type { Logger } from '../terminal/logger.js';
import type { Followed } from './followed-alias.js';
import { loadServedModel, type ServedModel } from './served-model.js';

/** The interval at which the file is checked. */
const INTERVAL_MS = 1000;

/**
 * Loads a model, and reloads it when its file changes. Requests in progress continue with their model.
 * @throws as `loadModel` does, at the start.
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
      logger.error(`${reason}; the previous model is still served`);
    }
  };
  const reload = () => {
    turn = turn.then(load);
    return turn;
  };
  watchFile(file, { interval: INTERVAL_MS, persistent: false }, () => void reload());
  return { current: () => served, reload, stop: () => unwatchFile(file) };
}
