import { taskOfScorer } from '../config/scorer.js';
import { ENSEMBLE } from '../model/blend.js';
import type { LeaderboardEntry } from '../training/leaderboard.js';
import type { CommonReport } from '../training/training-report.js';
import { ensembleName } from './ensemble-text.js';
import { figureText } from './figure-text.js';

/** The maximum number of candidates shown; the JSON report has all. */
const MAX_SHOWN = 20;

/** A table of candidates, best first: its head, a list of cells per row, and the number of others. */
export function leaderboardCells({
  leaderboard,
  models,
  search: { scoring },
}: Pick<CommonReport, 'leaderboard' | 'models' | 'search'>): {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly more: number;
} {
  const [scorer] = scoring;
  // A single weight of 1 is not informative.
  const isBlended = leaderboard.filter(({ weight }) => weight).length > 1;
  const isOfClasses = taskOfScorer(scorer) === 'classes';
  const figures = isOfClasses ? [...new Set([scorer, 'logLoss'])] : scoring;
  return {
    head: [
      'candidate',
      ...figures.map((each) => `CV ${each}`),
      'fit s',
      'score s',
      ...(isBlended ? ['weight'] : []),
    ],
    rows: leaderboard
      .slice(0, MAX_SHOWN)
      .map((entry) => ({
        ...entry,
        called: entry.name === ENSEMBLE ? ensembleName({ models }) : calledAmong(entry, leaderboard),
      }))
      .map(({ called, cv, fitSeconds, scoreSeconds, weight }) => [
        called,
        ...figures.map((each) => (cv[each] ? figureText(cv[each].mean, 4) : '-')),
        fitSeconds.toFixed(2),
        scoreSeconds.toFixed(3),
        ...(isBlended ? [weight ? weight.toFixed(2) : '-'] : []),
      ]),
    more: Math.max(0, leaderboard.length - MAX_SHOWN),
  };
}

/** The name of a candidate, with the parameters that distinguish it from others with the same name. */
function calledAmong({ name, parameters }: LeaderboardEntry, all: readonly LeaderboardEntry[]): string {
  const others = all.filter((each) => each.name === name && each.parameters !== parameters);
  const own = Object.entries(parameters).flatMap(([key, value]) => {
    const isTelling = others.some((each) => JSON.stringify(each.parameters[key]) !== JSON.stringify(value));
    const rounded = typeof value === 'number' ? Number(value.toPrecision(3)) : value;
    return isTelling ? [`${key} ${typeof rounded === 'string' ? rounded : JSON.stringify(rounded)}`] : [];
  });
  return own.length > 0 ? `${name}: ${own.join(', ')}` : name;
}
