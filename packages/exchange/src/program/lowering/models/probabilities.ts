import type { Expression } from '../../expression.js';
import type { ColumnId } from '../../program.js';
import type { Score } from '../classifier-lowering.js';
import { column, divide, isInfinite, isMissing, negate, number, or, subtract } from '../expressions.js';
import type { Frame } from '../frame.js';
import type { ProgramBuilder } from '../program-builder.js';
import { isBounded } from '../range.js';

/** Rejects rows with infinite features and, unless `takesMissing`, missing ones. */
export function refuseFeatures(
  frame: Frame,
  features: readonly string[],
  builder: ProgramBuilder,
  { takesMissing }: { readonly takesMissing: boolean },
): ColumnId[] {
  return features.map((name) => {
    const id = frame.id(name);
    const { kind } = frame.columns.find((each) => each.name === name) as { kind: string };
    if (kind !== 'numeric') return id;
    const isKnown = isBounded(builder.rangeOfColumn(id));
    const infinite = isInfinite(column(id));
    if (!takesMissing) {
      const missing = isMissing(column(id));
      builder.reject(isKnown ? missing : or(missing, infinite), 'a finite number');
    } else if (!isKnown) builder.reject(infinite, 'a finite number or a missing value');
    return id;
  });
}

/** Rejects rows whose probabilities are missing because scores overflowed. */
export function refuseMissing(ids: readonly ColumnId[], builder: ProgramBuilder): void {
  for (const id of ids) builder.reject(isMissing(column(id)), 'values that have a probability');
}

/** The name of a column for class k. */
export function named(what: string, k: number): string {
  return `${what} ${k}`;
}

/** The class probabilities from raw scores, as in `classProbabilities`; for two classes there is one score. */
export function ofScores(of: string, scores: readonly Score[], builder: ProgramBuilder): ColumnId[] {
  const known = scores.filter((id) => id !== undefined);
  const mayOverflow = known.some((id) => !isBounded(builder.rangeOfColumn(id)));
  const made = scores.length === 1 ? sigmoids(of, known[0], builder) : softmax(of, scores, builder);
  if (mayOverflow) refuseMissing(made, builder);
  return made;
}

function sigmoids(of: string, score: ColumnId, builder: ProgramBuilder): ColumnId[] {
  return builder.compute(of, [
    { name: named('probability', 0), value: { op: 'sigmoid', of: negate(column(score)) } },
    { name: named('probability', 1), value: { op: 'sigmoid', of: column(score) } },
  ]);
}

function softmax(of: string, scores: readonly Score[], builder: ProgramBuilder): ColumnId[] {
  const known = scores.filter((id) => id !== undefined);
  const [largest] = builder.compute(of, [
    { name: 'largest score', value: { op: 'max', of: known.map(column) } },
  ]);
  const sizes = builder.compute(
    of,
    scores.map((id, k) => ({
      name: named('size', k),
      value: id === undefined ? number(0) : { op: 'exp', of: subtract(column(id), column(largest)) },
    })),
  );
  const [total] = builder.compute(of, [{ name: 'total size', value: { op: 'add', of: sizes.map(column) } }]);
  return builder.compute(
    of,
    sizes.map((id, k) => ({
      name: named('probability', k),
      value: divide(column(id), column(total)),
    })),
  );
}

/** The probabilities of two classes, given that of the second. */
export function withComplement(of: string, positive: Expression, builder: ProgramBuilder): ColumnId[] {
  const [second] = builder.compute(of, [{ name: named('probability', 1), value: positive }]);
  const [first] = builder.compute(of, [
    { name: named('probability', 0), value: subtract(number(1), column(second)) },
  ]);
  return [first, second];
}
