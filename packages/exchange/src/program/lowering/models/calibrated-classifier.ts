import { exp } from '@churn/core';
import type { Calibrator, FittedCalibratedClassifier } from '@churn/models';
import type { Expression } from '../../expression.js';
import type { ColumnId } from '../../program.js';
import type { ClassifierLowering, Score } from '../classifier-lowering.js';
import {
  add,
  choose,
  column,
  divide,
  less,
  linear,
  multiply,
  negate,
  number,
  subtract,
} from '../expressions.js';
import type { ProgramBuilder } from '../program-builder.js';
import { isBounded } from '../range.js';
import { logOdds } from './log-odds.js';
import { named, ofScores, refuseMissing, withComplement } from './probabilities.js';

export const calibratedClassifier: ClassifierLowering = ({ fitted, frame, builder, lower }) => {
  const { type, classifier, calibrators, scale, classes } = fitted as FittedCalibratedClassifier;
  const { probabilities, scores } = lower(classifier, frame);
  if (calibrators.length === 0) return { probabilities };
  const isTwo = classes.length === 2;
  const ofProbabilities = () => (isTwo ? [probabilities()[1]] : probabilities());
  const taken: readonly Score[] =
    scale === 'log-odds'
      ? builder.compute(
          type,
          ofProbabilities().map((id, k) => ({ name: named('log-odds', k), value: logOdds(column(id)) })),
        )
      : (scores?.() ?? ofProbabilities());
  return { probabilities: () => calibratedProbabilities(type, calibrators, taken, builder) };
};

function calibratedProbabilities(
  of: string,
  calibrators: readonly Calibrator[],
  taken: readonly Score[],
  builder: ProgramBuilder,
): ColumnId[] {
  const [first] = calibrators;
  if ('temperature' in first) return atTemperature(of, taken, first.temperature, builder);
  const values = taken.map((score, k) =>
    score === undefined ? number(atMinusInfinity(calibrators[k])) : calibrated(calibrators[k], column(score)),
  );
  const mayOverflow = taken.some((id) => id !== undefined && !isBounded(builder.rangeOfColumn(id)));
  if (values.length === 1) {
    const made = withComplement(of, values[0], builder);
    if (mayOverflow) refuseMissing(made, builder);
    return made;
  }
  const ids = builder.compute(
    of,
    values.map((value, k) => ({ name: named('share', k), value })),
  );
  if (mayOverflow) refuseMissing(ids, builder);
  return divided(of, ids, builder);
}

/** Shares of the sum; equal ones if the sum is 0. */
export function divided(of: string, ids: readonly ColumnId[], builder: ProgramBuilder): ColumnId[] {
  const [sum] = builder.compute(of, [{ name: 'sum', value: add(...ids.map(column)) }]);
  return builder.compute(
    of,
    ids.map((id, k) => ({
      name: named('probability', k),
      value: choose(less(number(0), column(sum)), divide(column(id), column(sum)), number(1 / ids.length)),
    })),
  );
}

function atTemperature(
  of: string,
  logOddsOf: readonly Score[],
  temperature: number,
  builder: ProgramBuilder,
): ColumnId[] {
  const isTwo = logOddsOf.length === 1;
  const logits = builder.compute(
    of,
    logOddsOf.map((id, k) => {
      const z = column(id as ColumnId);
      const logit = isTwo ? z : negate(softplus(negate(z)));
      return { name: named('logit', k), value: divide(logit, number(temperature)) };
    }),
  );
  return ofScores(of, logits, builder);
}

function calibrated(calibrator: Calibrator, score: Expression): Expression {
  if ('slope' in calibrator) {
    const { slope, intercept } = calibrator;
    return { op: 'sigmoid', of: slope === 0 ? number(intercept) : linear(intercept, [slope], [score]) };
  }
  if ('a' in calibrator) {
    const { a, b, c } = calibrator;
    const rising = multiply(number(b), softplus(score));
    const falling = multiply(number(a), softplus(negate(score)));
    return { op: 'sigmoid', of: add(subtract(rising, falling), number(c)) };
  }
  if ('x' in calibrator) return { op: 'interpolate', of: score, x: calibrator.x, y: calibrator.y };
  throw new TypeError('a temperature applies to all scores together');
}

/** The calibrated value of minus infinity. */
function atMinusInfinity(calibrator: Calibrator): number {
  if ('x' in calibrator) return calibrator.y[0];
  if (!('slope' in calibrator)) return 0;
  const { slope, intercept } = calibrator;
  const never = slope > 0 ? -Infinity : Infinity;
  return 1 / (1 + exp(-(slope === 0 ? intercept : never)));
}

/** `log(1 + exp(z))`, without overflow. */
export function softplus(z: Expression): Expression {
  const positive: Expression = { op: 'max', of: [z, number(0)] };
  return add(positive, { op: 'log1p', of: { op: 'exp', of: negate({ op: 'abs', of: z }) } });
}
