import { clearInterval, setInterval } from 'node:timers';
import { currentEntry } from '../registry/alias-history.js';
import { storedModelFile } from '../registry/model-store.js';
import type { Alias } from '../registry/named-model.js';
import { errorText, type Logger } from '../terminal/logger.js';

/** How often the alias is looked at. */
const INTERVAL_MS = 1000;
/** How soon a model that could not be loaded is tried again. */
const RETRY_MS = 30_000;

/** What an alias leads to. */
export interface Followed<Model> {
  /** As it is now. */
  current(): Model;
  /** Looks at the alias at once; a model that cannot be loaded leaves what there is. */
  reload(): Promise<void>;
  stop(): void;
}

/** How what an alias leads to is taken. */
export interface FollowOptions<Model> {
  load(file: string): Promise<Model>;
  /** Called with what takes the place of what. */
  onReplaced(fresh: Model, old: Model): void;
  readonly logger: Logger;
}

/**
 * Loads the model that an alias leads to, and those that it is made to lead to later. One that cannot be loaded leaves the one before it,
 * and is told once.
 *
 * @param file what the alias leads to now.
 * @throws the errors of `load`, at the start.
 */
export async function followAlias<Model>(
  { registry, name }: Alias,
  file: string,
  { load, onReplaced, logger }: FollowOptions<Model>,
): Promise<Followed<Model>> {
  let model = await load(file);
  let loaded = file;
  let failed = { file: '', at: 0 };
  let told = '';
  const look = async (isAsked: boolean) => {
    let next = '';
    try {
      const entry = await currentEntry(registry, name);
      next = entry ? storedModelFile(registry, entry.sha256) : loaded;
      const isTooSoon = next === failed.file && performance.now() - failed.at < RETRY_MS;
      if (next === loaded || (isTooSoon && !isAsked)) return;
      const fresh = await load(next);
      onReplaced(fresh, model);
      [model, loaded, told] = [fresh, next, ''];
    } catch (error) {
      failed = { file: next, at: performance.now() };
      const reason = errorText(error);
      if (reason !== told) logger.error(`${name}: ${reason}; the model before it stays`);
      told = reason;
    }
  };
  let turn: Promise<void> = Promise.resolve();
  let waiting = 0;
  const inTurn = (isAsked: boolean) => {
    waiting++;
    turn = turn.then(() => look(isAsked)).finally(() => void waiting--);
    return turn;
  };
  // A disk that hangs is not asked again and again.
  const timer = setInterval(() => void (waiting === 0 && inTurn(false)), INTERVAL_MS).unref();
  return { current: () => model, reload: () => inTurn(true), stop: () => clearInterval(timer) };
}
