import { clearInterval, setInterval } from 'node:timers';
import { currentEntry } from '../registry/alias-history.js';
import { storedModelFile } from '../registry/model-store.js';
import type { Alias } from '../registry/named-model.js';
import { errorText, type Logger } from '../terminal/logger.js';

/** The interval at which the alias is checked. */
const INTERVAL_MS = 1000;
/** The interval at which a model that could not be loaded is retried. */
const RETRY_MS = 30_000;

/** The model of an alias. */
export interface Followed<Model> {
  /** The current model. */
  current(): Model;
  /** Checks the alias at once; if the new model cannot be loaded, the current one stays. */
  reload(): Promise<void>;
  stop(): void;
}

/** The options of following an alias. */
export interface FollowOptions<Model> {
  load(file: string): Promise<Model>;
  /** Called with the new and the previous model. */
  onReplaced(fresh: Model, old: Model): void;
  readonly logger: Logger;
}

/**
 * Loads the model of an alias, and reloads it whenever the alias changes. If a model cannot be loaded, the previous one stays, with a
 * single warning.
 *
 * @param file the model file that the alias points to now.
 * @throws as `load` does, at the start.
 */
export async function followAlias<Model>(
  { registry, name }: Alias,
  file: string,
  { load, onReplaced, logger }: FollowOptions<Model>,
): Promise<Followed<Model>> {
  let model = await load(file);
  let loaded = file;
  let failed = { file: '', at: 0 };
  let reported = '';
  const look = async (isAsked: boolean) => {
    let next = '';
    try {
      const entry = await currentEntry(registry, name);
      next = entry ? storedModelFile(registry, entry.sha256) : loaded;
      const isTooSoon = next === failed.file && performance.now() - failed.at < RETRY_MS;
      if (next === loaded || (isTooSoon && !isAsked)) return;
      const fresh = await load(next);
      onReplaced(fresh, model);
      [model, loaded, reported] = [fresh, next, ''];
    } catch (error) {
      failed = { file: next, at: performance.now() };
      const reason = errorText(error);
      if (reason !== reported) logger.error(`${name}: ${reason}; the previous model stays`);
      reported = reason;
    }
  };
  let turn: Promise<void> = Promise.resolve();
  let waiting = 0;
  const inTurn = (isAsked: boolean) => {
    waiting++;
    turn = turn.then(() => look(isAsked)).finally(() => void waiting--);
    return turn;
  };
  // Avoids repeated access to a disk that hangs.
  const timer = setInterval(() => void (waiting === 0 && inTurn(false)), INTERVAL_MS).unref();
  return { current: () => model, reload: () => inTurn(true), stop: () => clearInterval(timer) };
}
