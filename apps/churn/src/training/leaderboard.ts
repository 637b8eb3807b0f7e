import type { JsonObject } from '@churn/core';
import { type FoldScores, improvement, type ScorerName, scorers } from '@churn/selection';
import { ENSEMBLE } from '../model/blend.js';
import type { Chosen } from './chosen.js';
import type { SearchResult } from './found.js';

/** A candidate, or a blend, with its scores. */
export interface LeaderboardEntry {
  readonly name: string;
  readonly parameters: JsonObject;
  /** Cross-validated scores, by scorer; for listed models, candidates other than the best of their name may lack the log loss. */
  readonly cv: { readonly [scorer: string]: FoldScores };
  /** The mean time to fit it in a fold, and to score the held-out rows, in seconds. */
  readonly fitSeconds: number;
  readonly scoreSeconds: number;
  /** Its weight in the blend, if any. */
  readonly weight: number | null;
}

/** All candidates and the blend, sorted by the deciding scorer; a blend that is the best model comes first. */
export function leaderboard(
  { models }: SearchResult,
  { models: chosen, best }: Chosen,
  scoring: ScorerName,
): LeaderboardEntry[] {
  const ensemble = chosen.find(({ name }) => name === ENSEMBLE);
  const members = ensemble && 'members' in ensemble.made ? ensemble.made.members : undefined;
  const weightOf = (name: string) =>
    members ? (members.find((each) => each.name === name)?.weight ?? 0) : null;
  const entries = models.flatMap(({ name, best: bestOfModel, candidates, scores }) =>
    candidates.map(
      (each): LeaderboardEntry => ({
        name,
        parameters: each.params,
        cv: each === bestOfModel ? scores : each.scores,
        fitSeconds: each.fitMs / 1000,
        scoreSeconds: each.scoreMs / 1000,
        weight: weightOf(name),
      }),
    ),
  );
  if (ensemble && members) {
    const parts = entries.filter(({ name }) => members.some((each) => each.name === name));
    entries.push({
      name: ensemble.name,
      parameters: ensemble.parameters,
      cv: ensemble.scores,
      fitSeconds: ensemble.fitSeconds,
      scoreSeconds: parts.reduce((sum, { scoreSeconds }) => sum + scoreSeconds, 0),
      weight: null,
    });
  }
  const meanOf = (entry: LeaderboardEntry) => entry.cv[scoring].mean;
  const isBestBlend = ({ name }: LeaderboardEntry) => Number(name === ENSEMBLE && name === best);
  return entries.sort(
    (a, b) => isBestBlend(b) - isBestBlend(a) || improvement(scorers[scoring], meanOf(b), meanOf(a)),
  );
}
