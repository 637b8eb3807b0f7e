import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChurnError } from '@churn/core';
import type { ExecutorSession, FittedCandidate, Piece, Prediction } from '@churn/selection';
import { type Deferred, deferred } from '../deferred.js';
import { reasonOf } from '../reason-of.js';
import { numbered, readResult, resultText } from '../result.js';
import { writeWhole } from '../whole-file.js';
import { beat, type Claim, claimsIn, lastBeat, makeClaim, removeClaims } from './claim.js';
import { ShareDone } from './share-done.js';

export interface FolderSessionOptions {
  readonly folder: string;
  /** Where among the waiting pieces this process begins, from 0 to below 1. */
  readonly place: number;
  /** How many pieces are run here at once. */
  readonly concurrency: number;
  readonly expiryMs: number;
  readonly pollMs: number;
  /** Which pieces are this process's; all where it sees what others do. */
  readonly isOwn?: (key: string) => boolean;
  /** Opens what runs pieces here; called when there is one to run. */
  readonly open: () => Promise<ExecutorSession>;
  readonly onPiece?: ((key: string, ms: number) => void) | undefined;
}

/** A piece that somebody is to do. */
interface Waiting extends Deferred<Prediction[]> {
  readonly key: string;
  readonly piece: Piece;
  isRunning: boolean;
}

/** What was seen of another's claim: how long ago it changed is told by this process's clock alone. */
interface Seen {
  readonly number: number;
  readonly beat: number;
  readonly at: number;
}

/** The pieces of a search that are done here or by others who see the folder, whoever is first. */
export class FolderSession {
  readonly #waiting = new Map<string, Waiting>();
  readonly #claimed = new Map<string, Claim>();
  readonly #seen = new Map<string, Seen>();
  #session: Promise<ExecutorSession> | undefined;
  #isLooking = false;
  #isClosed = false;
  #wake = new AbortController();
  readonly #heart: NodeJS.Timeout;

  constructor(readonly options: FolderSessionOptions) {
    // A few signs of life may come late.
    this.#heart = setInterval(() => this.#beat(), options.expiryMs / 6).unref();
  }

  /** @param key the same for pieces of the same candidates and fold. */
  async run(key: string, piece: Piece): Promise<Prediction[]> {
    const { promise } = this.#waiting.get(key) ?? this.#wait(key, piece);
    return numbered(await promise, piece.candidates);
  }

  async fit(candidate: number): Promise<FittedCandidate> {
    return (await this.#opened()).fit(candidate);
  }

  /** Stops what runs here, and leaves the pieces to others. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#wake.abort();
    clearInterval(this.#heart);
    const session = this.#session;
    await (await session?.catch(() => undefined))?.close();
    await Promise.all(
      Array.from(this.#claimed.values(), (claim) => removeClaims(this.options.folder, claim)),
    );
  }

  #wait(key: string, piece: Piece): Waiting {
    const waiting: Waiting = { ...deferred<Prediction[]>(), key, piece, isRunning: false };
    this.#waiting.set(key, waiting);
    this.#wake.abort();
    if (!this.#isLooking) void this.#look();
    return waiting;
  }

  /** Looks for results of others, and for pieces to run, for as long as there is one that waits. */
  async #look(): Promise<void> {
    this.#isLooking = true;
    try {
      while (!this.#isClosed && this.#waiting.size > 0) {
        this.#wake = new AbortController();
        const { signal } = this.#wake;
        await this.#lookOnce();
        // Awake at once where a piece has come or is done.
        await sleep(this.options.pollMs, undefined, { signal }).catch(() => undefined);
      }
    } catch (error) {
      const all = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const { reject } of all) reject(error);
    } finally {
      this.#isLooking = false;
    }
  }

  async #lookOnce(): Promise<void> {
    const { folder, place, concurrency } = this.options;
    const names = await namesIn(folder);
    const present = new Set(names);
    const claims = claimsIn(names);
    for (const waiting of [...this.#waiting.values()]) {
      if (waiting.isRunning || !present.has(`${waiting.key}.json`)) continue;
      await this.#takeResult(waiting);
    }
    const { isOwn = () => true } = this.options;
    if (![...this.#waiting.keys()].some(isOwn)) {
      for (const { key, reject } of [...this.#waiting.values()]) {
        this.#waiting.delete(key);
        reject(new ShareDone());
      }
      return;
    }
    const others = [...this.#waiting.values()].filter(({ key, isRunning }) => !isRunning && isOwn(key));
    const from = Math.floor(place * others.length);
    for (const waiting of [...others.slice(from), ...others.slice(0, from)]) {
      if (this.#claimed.size >= concurrency || this.#isClosed) return;
      const claim = await this.#freeClaim(waiting.key, claims.get(waiting.key));
      if (!claim || !(await makeClaim(folder, claim))) continue;
      this.#claimed.set(waiting.key, claim);
      // Whoever had it may have finished since the folder was read.
      if (await this.#takeResult(waiting)) await this.#release(claim);
      else void this.#runHere(waiting, claim);
    }
  }

  /** The claim by which a piece can be had now, if there is one. */
  async #freeClaim(key: string, other: Claim | undefined): Promise<Claim | undefined> {
    if (!other) return { key, number: 0 };
    const { folder, expiryMs } = this.options;
    const last = await lastBeat(folder, other);
    if (last === undefined) return undefined;
    const now = performance.now();
    const seen = this.#seen.get(key);
    if (seen?.number !== other.number || seen.beat !== last) {
      this.#seen.set(key, { number: other.number, beat: last, at: now });
      return undefined;
    }
    return now - seen.at > expiryMs ? { key, number: other.number + 1 } : undefined;
  }

  /** Whether there is a result, which is then handed over. */
  async #takeResult(waiting: Waiting): Promise<boolean> {
    const { key } = waiting;
    const text = await readFile(this.#resultFile(key), 'utf8').catch(() => '');
    const result = readResult(text);
    // One that is damaged counts as missing.
    if (!result || !('predictions' in result)) return false;
    this.#waiting.delete(key);
    waiting.resolve(result.predictions);
    return true;
  }

  async #runHere(waiting: Waiting, claim: Claim): Promise<void> {
    const { key, piece, resolve, reject } = waiting;
    waiting.isRunning = true;
    const started = performance.now();
    try {
      const session = await this.#opened();
      const predictions = await session.run(piece);
      await writeWhole(this.#resultFile(key), resultText({ predictions }));
      this.options.onPiece?.(key, performance.now() - started);
      resolve(predictions);
    } catch (error) {
      reject(error);
    }
    this.#waiting.delete(key);
    await this.#release(claim);
    this.#wake.abort();
  }

  async #release(claim: Claim): Promise<void> {
    await removeClaims(this.options.folder, claim);
    this.#claimed.delete(claim.key);
  }

  #opened(): Promise<ExecutorSession> {
    this.#session ??= this.options.open();
    return this.#session;
  }

  #beat(): void {
    for (const claim of this.#claimed.values()) void beat(this.options.folder, claim);
  }

  #resultFile(key: string): string {
    return join(this.options.folder, `${key}.json`);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw new ChurnError('invalid-file', `cannot read ${folder}: ${reasonOf(error)}`, { cause: error });
  }
}
