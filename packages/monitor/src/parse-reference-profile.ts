import { isNumberOrNull, type Json, StateReader } from '@churn/core';
import type { BetweenFits, NumericReference } from './numeric-reference.js';
import type { PerformanceFigures } from './performance-figures.js';
import type { PredictionReference } from './prediction-reference.js';
import type { ColumnReference, ReferenceProfile } from './reference-profile.js';
import type { ScoreReference } from './score-reference.js';
import { sum } from './sum.js';

/**
 * Parses a reference profile, rejecting any that `referenceProfile`, `scoreReference` and `predictionReference` cannot have returned.
 *
 * @param value parsed JSON.
 * @param where the name of its source, for messages.
 * @throws `model-file` if it is not such a profile, naming the field.
 */
export function parseReferenceProfile(value: Json, where: string): ReferenceProfile {
  const state = new StateReader(where, value);
  const format = state.oneOf('format', [1] as const);
  const rows = state.integer('rows', { from: 0 });
  const columns = state.children('columns').map((each) => parseColumn(each, rows));
  const names = new Set(columns.map(({ name }) => name));
  state.expect(names.size === columns.length, 'columns', 'columns with distinct names');
  const score = state.get('score') === null ? null : parseScore(state.child('score'));
  if (!state.has('predicted')) return { format, rows, columns, score };
  state.expect(score === null, 'score', 'null, since there are other predictions');
  return { format, rows, columns, score, predicted: parsePredictions(state.child('predicted')) };
}

function parseColumn(state: StateReader, rows: number): ColumnReference {
  if (state.oneOf('kind', ['numeric', 'category']) === 'numeric') return parseNumeric(state, rows);
  const levels = state.names('levels');
  const counts = countsIn(state, 'counts', levels.length);
  const others = state.integer('others', { from: 0 });
  const missing = state.integer('missing', { from: 0 });
  requireRows(state, 'counts', sum(counts) + others + missing, rows);
  return { kind: 'category', name: state.string('name'), levels, counts, others, missing };
}

function parseNumeric(state: StateReader, rows: number): NumericReference {
  state.oneOf('kind', ['numeric']);
  const breakpoints = state.numbers('breakpoints');
  const areAscending = breakpoints.every((each, i) => i === 0 || each > breakpoints[i - 1]);
  state.expect(areAscending, 'breakpoints', 'ascending numbers');
  const counts = countsIn(state, 'counts', breakpoints.length + 1);
  const missing = state.integer('missing', { from: 0 });
  requireRows(state, 'counts', sum(counts) + missing, rows);
  const min = state.number('min');
  const betweenFits = state.has('betweenFits') ? parseBetweenFits(state.child('betweenFits')) : undefined;
  return {
    kind: 'numeric',
    name: state.string('name'),
    breakpoints,
    counts,
    isDiscrete: state.boolean('isDiscrete'),
    missing,
    mean: state.number('mean'),
    sd: state.number('sd', { from: 0 }),
    min,
    max: state.number('max', { from: min }),
    ...(betweenFits && { betweenFits }),
  };
}

function parseBetweenFits(state: StateReader): BetweenFits {
  return { psi: state.number('psi', { from: 0 }), shift: state.number('shift', { from: 0 }) };
}

function parseScore(state: StateReader): ScoreReference {
  const classes = state.classes('classes');
  const rows = state.integer('rows', { from: 0 });
  const probabilities = state.children('probabilities').map((each) => parseNumeric(each, rows));
  const expected = classes.length === 2 ? 1 : classes.length;
  const areAll = probabilities.length === expected;
  state.expect(areAll, 'probabilities', `${expected}, for ${classes.length} classes`);
  const isOfCells = (list: unknown, i: number): list is number[] =>
    Array.isArray(list) &&
    list.length === probabilities[i].counts.length &&
    list.every((each, cell) => isCount(each) && each <= probabilities[i].counts[cell]);
  const positives = state.get('positives');
  const areCounts =
    positives === null ||
    (Array.isArray(positives) && positives.length === expected && positives.every(isOfCells));
  state.expect(areCounts, 'positives', 'null, or integers of at most the counts of the cells');
  const threshold = state.get('threshold') === null ? null : state.number('threshold', { from: 0 });
  state.expect((threshold === null) === classes.length > 2, 'threshold', 'a number for two classes only');
  const figures = state.get('figures') === null ? null : parseFigures(state.child('figures'));
  state.expect(
    (figures === null) === (positives === null),
    'figures',
    'null if positives is null, and only then',
  );
  return {
    classes,
    probabilities,
    positives: positives as number[][] | null,
    threshold,
    figures,
    rows,
  };
}

function parsePredictions(state: StateReader): PredictionReference {
  const rows = state.integer('rows', { from: 0 });
  const predictions = state.children('predictions').map((each) => parseNumeric(each, rows));
  const names = new Set(predictions.map(({ name }) => name));
  const areNamed = names.size === predictions.length && names.size > 0;
  state.expect(areNamed, 'predictions', 'predictions with distinct names');
  const figures = state.get('figures');
  const isPlain = typeof figures === 'object' && !Array.isArray(figures);
  const areNumbers = isPlain && Object.values(figures ?? {}).every(isNumberOrNull);
  state.expect(areNumbers, 'figures', 'null, or figures that are numbers or null');
  return { predictions, rows, figures: figures as PredictionReference['figures'] };
}

const FIGURES = [
  'rocAuc',
  'logLoss',
  'brierScore',
  'calibrationError',
  'accuracy',
  'precision',
  'recall',
  'f1',
] as const satisfies readonly (keyof PerformanceFigures)[];

function parseFigures(state: StateReader): PerformanceFigures {
  const entries = FIGURES.map((name) => {
    const value = state.get(name);
    state.expect(isNumberOrNull(value), name, 'a number or null');
    return [name, value];
  });
  return Object.fromEntries(entries);
}

function countsIn(state: StateReader, key: string, length: number): number[] {
  const counts = state.numbers(key, { length, from: 0 });
  state.expect(counts.every(isCount), key, 'integers');
  return counts;
}

function requireRows(state: StateReader, key: string, found: number, rows: number): void {
  state.expect(found === rows, key, `counts of ${rows} rows`);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
