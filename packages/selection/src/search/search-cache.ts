import { packArray, type Table, type Target } from '@churn/core';
import { version } from '../../package.json';
import type { AnyModel } from '../model.js';
import type { SearchData } from './pieces.js';
import { specificationKey } from './specification-key.js';

/** A cache of predictions, so that an interrupted search continues where it stopped. */
export interface SearchCache {
  /** What was kept by this key, a text of 64 hexadecimal digits; `undefined` if that is missing or damaged. */
  get(key: string): Promise<CachedPrediction | undefined>;
  set(key: string, prediction: CachedPrediction): Promise<void>;
}

/** What one candidate predicted on one fold. */
export interface CachedPrediction {
  /** As in `Prediction`. */
  readonly predictions: Float64Array[];
  readonly fitMs: number;
  readonly scoreMs: number;
}

/** The keys of candidates and folds: hashes of all that decides a prediction. */
export interface CacheKeys {
  /** Nothing for a candidate that holds functions, or two classes of the same text: equal text does not make these equal. */
  of(candidate: AnyModel, fold: number): Promise<string | undefined>;
}

/** Hashes the data once, and then keys of its folds. */
export async function cacheKeys({ x, y, splits, sampleWeight, times }: SearchData): Promise<CacheKeys> {
  const weights = sampleWeight ? packArray(Float64Array.from(sampleWeight)) : '';
  const parts = [version, tableText(x), targetText(y), weights, ...(times ? [JSON.stringify(times)] : [])];
  const data = await sha256(parts.join('\n'));
  const folds = splits.map(({ train, test }) =>
    sha256([data, packArray(Int32Array.from(train)), packArray(Int32Array.from(test))].join('\n')),
  );
  const classes = new Map<string, unknown>();
  return {
    async of(candidate, fold) {
      let isSure = true;
      const key = specificationKey(candidate, (each, role) => {
        const text = `${each.name} ${Function.prototype.toString.call(each)}`;
        const same = classes.get(text) ?? each;
        classes.set(text, same);
        if (role === 'function' || same !== each) isSure = false;
        return JSON.stringify(text);
      });
      return isSure ? sha256(`${await folds[fold]}\n${key}`) : undefined;
    },
  };
}

function targetText(y: Target): string {
  if (y.kind === 'durations')
    return [y.values, y.events, ...(y.entry ? [y.entry] : [])].map((each) => packArray(each)).join('\n');
  return y.kind === 'values' ? packArray(y.values) : `${JSON.stringify(y.classes)}\n${packArray(y.codes)}`;
}

function tableText(x: Table): string {
  return Array.from(x.entries(), ([name, column]) =>
    JSON.stringify(
      column.kind === 'numeric'
        ? [name, packArray(column.values)]
        : [name, packArray(column.codes), column.levels],
    ),
  ).join('\n');
}

async function sha256(text: string): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
