import { ChurnError, requireParameter, similarName, type Target } from '@churn/core';
import type { AnyScorer, Scorer } from './scorer.js';
import { type ScorerName, scorers } from './scorers.js';
import { onOwnColumns, type SurvivalScorer } from './survival-scorer.js';

/** A scorer, or the name of a ready-made one. */
export type Scoring = AnyScorer | ScorerName;

/** What scores a target where nothing is said. */
const DEFAULT_SCORING = { classes: 'rocAuc', values: 'r2', durations: 'concordance' } as const;

/**
 * The scorer that is meant by `scoring`. Default `rocAuc` for classes, `r2` for regression and `concordance` for durations.
 *
 * @param y what is to be scored, by whose durations a scorer of survival takes its times.
 * @throws `invalid-parameter` if there is no such scorer, or it scores another kind of target.
 */
export function scorerOf<T extends Target>(scoring: Scoring | undefined, y: T): Scorer<T> {
  return scorersOf(scoring, y)[0];
}

function ofKind<T extends Target>(scoring: Scoring | undefined, { kind }: T): Scorer<T> {
  const scorer = ready(scoring ?? DEFAULT_SCORING[kind]);
  const scored = kindScored(scorer);
  if (scored === kind) return scorer as Scorer as Scorer<T>;
  throw new ChurnError(
    'invalid-parameter',
    `scoring: expected a scorer of ${kind}, got ${scorer.name}, which scores ${scored}`,
  );
}

function kindScored({ needs }: AnyScorer): Target['kind'] {
  if (needs === 'values') return 'values';
  return needs === 'risk' || needs === 'survival' ? 'durations' : 'classes';
}

/**
 * The scorers that are meant by one or more of `scoring`, of which the first decides.
 * @throws as `scorerOf`, and `invalid-parameter` if the list is empty or two scorers have one name.
 */
export function scorersOf<T extends Target>(
  scoring: Scoring | readonly Scoring[] | undefined,
  y: T,
): readonly [Scorer<T>, ...Scorer<T>[]] {
  const given = Array.isArray(scoring) ? (scoring as readonly Scoring[]) : [scoring as Scoring | undefined];
  requireParameter(given.length > 0, 'scoring', 'a scorer or several', scoring);
  const all = given.map((each) => ofKind(each, y));
  const names = all.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  requireParameter(twice === undefined, 'scoring', 'scorers of different names', names);
  return onOwnColumns(all, y) as [Scorer<T>, ...Scorer<T>[]];
}

function ready(scoring: Scoring): AnyScorer {
  if (typeof scoring !== 'string') {
    const { name, score, needs, at } = (scoring ?? {}) as Partial<Scorer & Pick<SurvivalScorer, 'at'>>;
    const isScorer =
      typeof name === 'string' &&
      typeof score === 'function' &&
      typeof needs === 'string' &&
      ((needs as string) !== 'survival' || typeof at === 'function');
    const expected = 'a scorer, as labelScorer makes one of a metric, or the name of one';
    requireParameter(isScorer, 'scoring', expected, scoring);
    return scoring;
  }
  if (Object.hasOwn(scorers, scoring)) return scorers[scoring];
  const similar = similarName(scoring, Object.keys(scorers));
  const hint = similar ? `did you mean ${similar}?` : `the scorers are ${Object.keys(scorers).join(', ')}`;
  throw new ChurnError('invalid-parameter', `scoring: unknown scorer ${JSON.stringify(scoring)}; ${hint}`);
}

/** Whether models may predict an order alone; of more than two classes, that of one pair of classes does not decide the others. */
export function orderIsEnough(scorers: readonly Scorer[], target: Target): boolean {
  return (
    target.kind === 'classes' &&
    target.classes.length === 2 &&
    scorers.every(({ needs }) => needs === 'order')
  );
}
