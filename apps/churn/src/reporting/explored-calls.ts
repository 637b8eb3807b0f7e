import type { Labels } from '@churn/core';
import { percent, type RowExplorer } from '@churn/eda';
import type { ExplainingConfig } from '../config/explaining.js';
import { changesOfRows } from '../explanation/changes-of-rows.js';
import { createExplainer } from '../explanation/explainer.js';
import type { Split } from '../training/dataset.js';
import { byGroupOf, rowThresholds, withGroupColumn } from '../training/decide.js';
import type { EvaluatedModel } from '../training/evaluate.js';
import { exploredRows, type Kind, MAX_OF_KIND } from './explored-rows.js';

const [HIGHEST, LOWEST] = [
  { label: 'probability, highest first', descending: true },
  { label: 'probability, lowest first', descending: false },
] as const;
const NEAREST = { label: 'closest to the threshold', descending: false } as const;

/**
 * Test rows of a classifier to explore one by one, by correctness of their prediction.
 * @param explain the allowed changes of counterfactuals.
 */
export function exploredCalls(
  model: EvaluatedModel,
  { train, test }: Pick<Split, 'train' | 'test'>,
  explain: ExplainingConfig,
): RowExplorer {
  const { pipeline, threshold, evaluation } = model;
  const { probabilities, predicted } = evaluation;
  const { y, lines } = test;
  const isBinary = y.classes.length === 2;
  const at = rowThresholds(model, test);
  const called = predicted.codes;
  const shownClass = (place: number) => (isBinary ? 1 : called[place]);
  const score = (place: number) => probabilities[shownClass(place)][place];
  const label = (code: number) => `“${y.classes[code]}”`;
  return exploredRows(
    isBinary
      ? callKinds({ y, scores: probabilities[1], called, thresholdOf: at })
      : classKinds(
          y,
          called,
          Float64Array.from(y.codes, (_, place) => score(place)),
        ),
    {
      x: withGroupColumn(model, test),
      lines,
      said: (place) => `${percent(score(place))} ${label(shownClass(place))}, is ${label(y.codes[place])}`,
      orders: isBinary ? [NEAREST, HIGHEST, LOWEST] : [HIGHEST, LOWEST],
      keys: (place) => [
        ...(isBinary ? [Math.abs(score(place) - at(place))] : []),
        score(place),
        score(place),
      ],
      explain: createExplainer(pipeline),
      changes: changesOfRows(pipeline, {
        ...explain,
        ...{ train: train.x, threshold: threshold?.threshold, byGroup: byGroupOf(model) },
      }),
    },
  );
}

/** The predictions of a binary classifier, with the labels of rows. */
interface CalledRows {
  readonly y: Labels;
  /** The probability of the second class. */
  readonly scores: ArrayLike<number>;
  readonly called: ArrayLike<number>;
  readonly thresholdOf: (row: number) => number;
}

/** Rows of two classes by correctness: the clearest of each kind, and those closest to the threshold. */
function callKinds({ y, scores, called, thresholdOf }: CalledRows): Kind[] {
  const places = Array.from(y.codes, (_, i) => i);
  const of = (isCalled: number, is: number, sign: number) =>
    places
      .filter((i) => called[i] === isCalled && y.codes[i] === is)
      .sort((i, j) => sign * (scores[i] - scores[j]));
  return [
    { kind: 'near the threshold', places: nearest(scores, thresholdOf) },
    { kind: 'missed', places: of(0, 1, 1) },
    { kind: 'misclassified', places: of(1, 0, -1) },
    { kind: 'correct', places: of(1, 1, -1) },
    { kind: 'correctly not predicted', places: of(0, 0, 1) },
  ];
}

/** Rows of several classes: the most confident errors, and the least and most confident correct predictions. */
function classKinds(y: Labels, called: ArrayLike<number>, sure: ArrayLike<number>): Kind[] {
  const places = Array.from(y.codes, (_, i) => i).sort((i, j) => sure[j] - sure[i]);
  const right = places.filter((i) => called[i] === y.codes[i]);
  return [
    { kind: 'misclassified', places: places.filter((i) => called[i] !== y.codes[i]) },
    { kind: 'correct, uncertain', places: right.slice(-MAX_OF_KIND).reverse() },
    { kind: 'correct, certain', places: right },
  ];
}

function nearest(scores: ArrayLike<number>, thresholdOf: (row: number) => number): number[] {
  const away = (i: number) => Math.abs(scores[i] - thresholdOf(i));
  return Array.from(scores, (_, i) => i).sort((i, j) => away(i) - away(j));
}
