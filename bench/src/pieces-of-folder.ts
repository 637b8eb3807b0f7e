import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimulatedPiece } from './simulated-search.js';

/** The number of groups whose first folds run together in a search that prunes. */
const GROUPS_A_BLOCK = 8;

interface SavedPiece {
  readonly predictions: readonly {
    readonly candidate: number;
    readonly fitMs: number;
    readonly scoreMs: number;
  }[];
}

/**
 * The tasks that `churn search` left in a folder, as lists, each of which starts when the previous one is done. In a search that prunes, a
 * list has the first folds of eight groups, the next their other folds; otherwise there is a single list.
 */
export function piecesOfFolder(folder: string, prunes: boolean): SimulatedPiece[][] {
  const groups = new Map<string, { readonly first: number; readonly pieces: SimulatedPiece[] }>();
  for (const name of readdirSync(folder).filter((each) => /^[0-9a-f]{64}\.json$/.test(each))) {
    const { predictions } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as SavedPiece;
    // Some candidates of a group may be pruned after the first fold.
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
