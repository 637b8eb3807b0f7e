import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChurnError } from '@churn/core';
import type { ExecutorSession, FittedCandidate, Piece, Prediction } from '@churn/selection';
import { type Deferred, deferred } from '../deferred.js';
import { reasonOf } from '../reason-of.js';
import { numbered, readResult, resultText } from '../result.js';
import { writeWhole } from '../whole-file.js';
import { type Claim, claimsIn, lastHeartbeat, makeClaim, removeClaims, renewClaim } from './claim.js';
import { ShareDone } from './share-done.js';

export interface FolderSessionOptions {
  readonly folder: string;
  /** Where among the pending pieces this process starts, as a fraction below 1. */
  readonly offset: number;
  /** How many pieces this process runs at once. */
  readonly concurrency: number;
  readonly expiryMs: number;
  readonly pollMs: number;
  /** Whether this process may run a piece; by default all, since it sees what others do. */
  readonly isOwn?: (key: string) => boolean;
  /** Opens the session that runs pieces; called when there is a piece to run. */
  readonly open: () => Promise<ExecutorSession>;
  readonly onPiece?: ((key: string, ms: number) => void) | undefined;
}

/** A piece whose result is awaited. */
interface PendingPiece extends Deferred<Prediction[]> {
  readonly key: string;
  readonly piece: Piece;
  isRunning: boolean;
}

/** An observed claim of another process. `at` is by this process's clock, with which alone its age is measured. */
interface ObservedClaim {
  readonly number: number;
  readonly heartbeat: number;
  readonly at: number;
}

/** Runs the pieces of a search, each in whichever process that shares the folder claims it first. */
export class FolderSession {
  readonly #pending = new Map<string, PendingPiece>();
  readonly #claimed = new Map<string, Claim>();
  readonly #observed = new Map<string, ObservedClaim>();
  #session: Promise<ExecutorSession> | undefined;
  #isPolling = false;
  #isClosed = false;
  #wake = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(readonly options: FolderSessionOptions) {
    // A few heartbeats may be late.
    this.#heartbeat = setInterval(() => this.#renewClaims(), options.expiryMs / 6).unref();
  }

  /** @param key identifies the candidates and the fold. */
  async run(key: string, piece: Piece): Promise<Prediction[]> {
    const { promise } = this.#pending.get(key) ?? this.#add(key, piece);
    return numbered(await promise, piece.candidates);
  }

  async fit(candidate: number): Promise<FittedCandidate> {
    return (await this.#opened()).fit(candidate);
  }

  /** Stops the running pieces and leaves them to others. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#wake.abort();
    clearInterval(this.#heartbeat);
    const session = this.#session;
    await (await session?.catch(() => undefined))?.close();
    await Promise.all(
      Array.from(this.#claimed.values(), (claim) => removeClaims(this.options.folder, claim)),
    );
  }

  #add(key: string, piece: Piece): PendingPiece {
    const pending: PendingPiece = { ...deferred<Prediction[]>(), key, piece, isRunning: false };
    this.#pending.set(key, pending);
    this.#wake.abort();
    if (!this.#isPolling) void this.#poll();
    return pending;
  }

  /** Polls for results of others and for pieces to run until none is pending. */
  async #poll(): Promise<void> {
    this.#isPolling = true;
    try {
      while (!this.#isClosed && this.#pending.size > 0) {
        this.#wake = new AbortController();
        const { signal } = this.#wake;
        await this.#pollOnce();
        // A new or finished piece ends the wait.
        await sleep(this.options.pollMs, undefined, { signal }).catch(() => undefined);
      }
    } catch (error) {
      const all = [...this.#pending.values()];
      this.#pending.clear();
      for (const { reject } of all) reject(error);
    } finally {
      this.#isPolling = false;
    }
  }

  async #pollOnce(): Promise<void> {
    const { folder, offset, concurrency } = this.options;
    const names = await namesIn(folder);
    const present = new Set(names);
    const claims = claimsIn(names);
    for (const pending of [...this.#pending.values()]) {
      if (pending.isRunning || !present.has(`${pending.key}.json`)) continue;
      await this.#takeResult(pending);
    }
    const { isOwn = () => true } = this.options;
    if (![...this.#pending.keys()].some(isOwn)) {
      for (const { key, reject } of [...this.#pending.values()]) {
        this.#pending.delete(key);
        reject(new ShareDone());
      }
      return;
    }
    const others = [...this.#pending.values()].filter(({ key, isRunning }) => !isRunning && isOwn(key));
    const from = Math.floor(offset * others.length);
    for (const pending of [...others.slice(from), ...others.slice(0, from)]) {
      if (this.#claimed.size >= concurrency || this.#isClosed) return;
      const claim = await this.#availableClaim(pending.key, claims.get(pending.key));
      if (!claim || !(await makeClaim(folder, claim))) continue;
      this.#claimed.set(pending.key, claim);
      // Its former owner may have finished since the folder was read.
      if (await this.#takeResult(pending)) await this.#release(claim);
      else void this.#runHere(pending, claim);
    }
  }

  /** The claim with which this process can take a piece now, if it can. */
  async #availableClaim(key: string, other: Claim | undefined): Promise<Claim | undefined> {
    if (!other) return { key, number: 0 };
    const { folder, expiryMs } = this.options;
    const last = await lastHeartbeat(folder, other);
    if (last === undefined) return undefined;
    const now = performance.now();
    const observed = this.#observed.get(key);
    if (observed?.number !== other.number || observed.heartbeat !== last) {
      this.#observed.set(key, { number: other.number, heartbeat: last, at: now });
      return undefined;
    }
    return now - observed.at > expiryMs ? { key, number: other.number + 1 } : undefined;
  }

  /** Resolves a pending task with its result, if there is one. @returns whether there is. */
  async #takeResult(pending: PendingPiece): Promise<boolean> {
    const { key } = pending;
    const text = await readFile(this.#resultFile(key), 'utf8').catch(() => '');
    const result = readResult(text);
    // A damaged result counts as missing.
    if (!result || !('predictions' in result)) return false;
    this.#pending.delete(key);
    pending.resolve(result.predictions);
    return true;
  }

  async #runHere(pending: PendingPiece, claim: Claim): Promise<void> {
    const { key, piece, resolve, reject } = pending;
    pending.isRunning = true;
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
    this.#pending.delete(key);
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

  #renewClaims(): void {
    for (const claim of this.#claimed.values()) void renewClaim(this.options.folder, claim);
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
