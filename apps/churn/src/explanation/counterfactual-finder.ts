import { ChurnError, type FittedModel, isClassifier, type Table } from '@churn/core';
import { counterfactualFinder } from '@churn/explain';
import type { ExplainingConfig } from '../config/explaining.js';
import { openRows } from '../input.js';
import { type GroupDecidingPipeline, withThreshold } from '../model/decision.js';
import { scoreRows } from '../scoring/score-rows.js';
import type { ScoringModel, TimelessScoringModel } from '../scoring/scoring-model.js';
import { counterfactualText, type DescribedCounterfactual } from './counterfactual-text.js';

/** Finds the counterfactuals of each row of a table, closest first. */
export type CounterfactualFinder = (x: Table) => DescribedCounterfactual[][];

export interface CounterfactualSettings extends ExplainingConfig {
  /** The maximum number per row. */
  readonly count?: number;
  /** The class to reach; by default any other. */
  readonly label?: string;
  /** The value to reach, for regression. */
  readonly target?: number;
  /** Whether to ignore settings for columns that the model does not use. Default `false`. */
  readonly passesOver?: boolean;
}

/** The settings for columns that a model uses. */
function explainingOf({ features }: FittedModel, { fixed, monotone }: ExplainingConfig): ExplainingConfig {
  const taken = new Set(features);
  return {
    fixed: fixed.filter((column) => taken.has(column)),
    monotone: Object.fromEntries(Object.entries(monotone).filter(([column]) => taken.has(column))),
  };
}

/**
 * Creates a finder of counterfactuals. That takes a second, and each row some milliseconds.
 *
 * @param seen rows like the training rows, as returned by `seenRows`, which define what is plausible.
 * @throws `invalid-parameter` for a column that the model does not use, and for regression without a value to reach.
 */
export function createCounterfactualFinder(
  { model, byGroup }: Pick<TimelessScoringModel, 'model'> & Pick<ScoringModel, 'byGroup'>,
  seen: Table,
  { count, label, target, passesOver = false, ...said }: CounterfactualSettings,
): CounterfactualFinder {
  const { fixed, monotone } = passesOver ? explainingOf(model, said) : said;
  const wished = isClassifier(model) ? model.classes.find((each) => String(each) === label) : undefined;
  const finderOf = (deciding: TimelessScoringModel['model'], fixed: readonly string[]) => {
    const find = counterfactualFinder(deciding, {
      training: seen,
      ...{ fixed, monotone, count, target },
      label: wished ?? label,
    });
    return (x: Table) =>
      find(x).map(({ counterfactuals }) =>
        counterfactuals.map((each) => ({ ...each, text: counterfactualText(each) })),
      );
  };
  return byGroup ? finderByGroup(byGroup, fixed, finderOf) : finderOf(model, fixed);
}

/** Finds counterfactuals by the threshold of each row's group, which is kept fixed. */
function finderByGroup(
  byGroup: GroupDecidingPipeline,
  fixed: readonly string[],
  finderOf: (deciding: TimelessScoringModel['model'], fixed: readonly string[]) => CounterfactualFinder,
): CounterfactualFinder {
  const { by, classifier } = byGroup;
  const { features } = classifier;
  const all = features.includes(by) ? [...new Set([...fixed, by])] : fixed;
  const finders = new Map<number, CounterfactualFinder>();
  // Others are created when a row needs them, since each takes a second.
  const finderAt = (threshold: number) => {
    const finder = finders.get(threshold) ?? finderOf(withThreshold(classifier, threshold), all);
    finders.set(threshold, finder);
    return finder;
  };
  // Reports invalid settings at once.
  finderAt(byGroup.thresholds.overall);
  return (x) => {
    const thresholds = byGroup.thresholdsOf(x);
    const found: DescribedCounterfactual[][] = new Array(x.nRows);
    for (const threshold of new Set(thresholds)) {
      const rows = Int32Array.from(thresholds.keys()).filter((row) => thresholds[row] === threshold);
      finderAt(threshold)(x.select(features).take(rows)).forEach((ofRow, i) => {
        found[rows[i]] = ofRow;
      });
    }
    return found;
  };
}

/** The maximum number of rows; more hardly improve the result. */
const MAX_ROWS = 20_000;

/**
 * Reads rows like the training rows, with the columns of a model, without those that it cannot score.
 * @throws `invalid-data` if there are none; also as `openRows` does.
 */
export async function seenRows(file: string, scoring: TimelessScoringModel): Promise<Table> {
  const source = await openRows(file, scoring);
  const parts: Table[] = [];
  let count = 0;
  for await (const { table } of source.batches()) {
    const part = table.select(scoring.model.features).take(scoreRows(scoring, table).rows);
    parts.push(part);
    count += part.nRows;
    if (count >= MAX_ROWS) break;
  }
  const [first, ...others] = parts;
  if (count === 0)
    throw new ChurnError('invalid-data', `${file}: expected rows that the model can score, got none`);
  return first.concat(...others);
}
