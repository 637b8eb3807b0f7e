import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimulatedPiece } from './simulated-search.js';

/** Groups that go through their first folds together, as in a search that prunes. */
const GROUPS_A_BLOCK = 8;

interface SavedPiece {
  readonly predictions: readonly {
    readonly candidate: number;
    readonly fitMs: number;
    readonly scoreMs: number;
  }[];
}

/**
 * The pieces that `churn search` has left in a folder, as lists of which each begins when the one before is done: in a search that prunes the
 * first folds of eight groups and then their other folds, in one that does not all at once.
 */
export function piecesOfFolder(folder: string, prunes: boolean): SimulatedPiece[][] {
  const groups = new Map<string, { readonly first: number; readonly pieces: SimulatedPiece[] }>();
  for (const name of readdirSync(folder).filter((each) => /^[0-9a-f]{64}\.json$/.test(each))) {
    const { predictions } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as SavedPiece;
    // Of a group some candidates may be given up after the first fold.
    const first = predictions[0].candidate;
    const ms = predictions.reduce((sum, { fitMs, scoreMs }) => sum + fitMs + scoreMs, 0);
    const group = groups.get(String(first)) ?? { first, pieces: [] };
    group.pieces.push({ group: String(first), ms });
    groups.set(String(first), group);
  }
  const ordered = [...groups.values()].sort((a, b) => a.first - b.first).map(({ pieces }) => pieces);
  if (!prunes) return [ordered.flat()];
  const lists: SimulatedPiece[][] = [];
  for (let at = 0; at < ordered.length; at += GROUPS_A_BLOCK) {
    const block = ordered.slice(at, at + GROUPS_A_BLOCK);
    const nFirst = at === 0 ? 2 : 1;
    lists.push(block.flatMap((pieces) => pieces.slice(0, nFirst)));
    lists.push(block.flatMap((pieces) => pieces.slice(nFirst)));
  }
  return lists.filter((list) => list.length > 0);
}
