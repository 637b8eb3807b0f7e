import { ChurnError, type Target } from '@churn/core';
import { improvement, type RowGroup, type ScorerName, scorers } from '@churn/selection';
import type { Config } from '../config/config.js';
import type { GateConfig } from '../config/registry.js';
import { countedList } from '../reporting/counted-list.js';
import { figureText } from '../reporting/figure-text.js';
import { LEAST_GROUP } from '../training/grouped-column.js';
import { resampledInterval, resamples } from '../training/resamples.js';
import { type ComparedRows, comparedRows } from './compared-rows.js';
import { type Contender, contenderText } from './contender.js';
import { type Judged, scoreOf } from './score-of.js';

/** The metric of a group with both models. */
export interface GroupFigures {
  readonly column: string;
  readonly value: string;
  readonly rows: number;
  /** `null` if there are too few rows, or only one class. */
  readonly challenger: number | null;
  readonly champion: number | null;
  /** The improvement by the challenger; `null` if one of the two is unknown. */
  readonly better: number | null;
  /** Whether the challenger is worse by more than the tolerance. */
  readonly isWorse: boolean;
}

/** The decision of the gate, as recorded in the entry. */
export interface GateDecision {
  readonly passed: boolean;
  readonly metric: ScorerName;
  /** The required improvement. */
  readonly improve: number;
  readonly tolerance: number;
  readonly confidence: number | null;
  /** The rows that both were compared on; `null` if that was impossible. */
  readonly comparedOn: { readonly what: string; readonly rows: number } | null;
  readonly challenger: number | null;
  readonly champion: { readonly model: string; readonly run: string; readonly value: number | null } | null;
  /** The improvement by the challenger, with its bootstrap interval. */
  readonly better: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly level: number;
  } | null;
  readonly groups: readonly GroupFigures[];
  /** The reasons for refusal. */
  readonly refusals: readonly string[];
  readonly notes: readonly string[];
}

const LEVEL = 0.95;

/**
 * Compares a challenger with the champion by the gate of a configuration. The first challenger has no champion to compare with.
 * @param gate the gate of the configuration.
 * @throws `invalid-data` or `invalid-file` if the two cannot be compared.
 */
export async function askGate(
  challenger: Contender,
  champion: Contender | undefined,
  config: Config,
  gate: GateConfig,
): Promise<GateDecision> {
  const { improve, tolerance, confidence = null } = gate;
  const metric = gate.metric ?? config.crossValidation.scoring[0];
  const rows = await comparedRows({ challenger, champion, config });
  requireSuited(metric, rows.y);
  if (scorers[metric].needs === 'survival') requireSameHorizons(metric, rows);
  const all = Int32Array.from({ length: rows.y.length }, (_, row) => row);
  const better = rows.champion && betterBy(metric, rows, rows.champion, confidence ?? LEVEL, config.seed);
  const groups = rows.groups.flatMap(({ column, groups }) =>
    groups.map((group) => figuresOf(column, group, metric, rows, tolerance)),
  );
  const value = (of: Judged) => scoreOf(metric, rows.y, of, all);
  const refusals: string[] = [];
  if (better) {
    if (!isEnough(better, { improve, confidence }))
      refusals.push(improvementText(metric, better, improve, confidence));
  }
  for (const group of groups.filter(({ isWorse }) => isWorse)) {
    refusals.push(groupText(metric, group, tolerance));
  }
  return {
    passed: refusals.length === 0,
    metric,
    improve,
    tolerance,
    confidence,
    comparedOn: { what: rows.what, rows: rows.y.length },
    challenger: value(rows.challenger),
    champion: champion
      ? { model: champion.model, run: champion.run, value: rows.champion ? value(rows.champion) : null }
      : null,
    better: better ?? null,
    groups,
    refusals,
    notes: [...rows.notes, ...fewRows(rows), ...smallGroups(groups)],
  };
}

/** The decision if the models cannot be compared. */
export function unaskedGate(
  reason: string,
  champion: Contender | undefined,
  config: Config,
  { metric, improve, tolerance, confidence }: GateConfig,
): GateDecision {
  return {
    passed: false,
    metric: metric ?? config.crossValidation.scoring[0],
    improve,
    tolerance,
    confidence: confidence ?? null,
    comparedOn: null,
    challenger: null,
    champion: champion ? { model: champion.model, run: champion.run, value: null } : null,
    better: null,
    groups: [],
    refusals: [reason],
    notes: [],
  };
}

const TARGETS = { classes: 'classes', values: 'values', durations: 'times' } as const;

/** @throws `invalid-parameter` if the metric does not fit the task of the models. */
function requireSuited(metric: ScorerName, { kind }: Target): void {
  const { needs } = scorers[metric];
  const isOfTimes = needs === 'risk' || needs === 'survival';
  const about = needs === 'values' ? 'values' : isOfTimes ? 'durations' : 'classes';
  if (about === kind) return;
  const [expected, got] = [TARGETS[kind], TARGETS[about]];
  throw new ChurnError(
    'invalid-parameter',
    `registry.gate.metric: expected a metric of ${expected}, which the models predict, got ${metric}, a metric of ${got}`,
  );
}

/** @throws `invalid-data` if the models have different horizons. */
function requireSameHorizons(metric: ScorerName, { challenger, champion }: ComparedRows): void {
  const [own, other] = [challenger, champion ?? challenger].map(({ horizons = [] }) => horizons.join(', '));
  if (own === other) return;
  throw new ChurnError(
    'invalid-data',
    `registry.gate.metric: ${metric} compares survival at the same horizons, got models of ${own} and of ${other}; use concordance for different horizons`,
  );
}

function isEnough(
  { value, low }: NonNullable<GateDecision['better']>,
  { improve, confidence }: Pick<GateDecision, 'improve' | 'confidence'>,
): boolean {
  // Ignores rounding errors.
  return (confidence === null ? value : low) >= improve - 1e-12;
}

function betterBy(
  metric: ScorerName,
  { y, challenger }: ComparedRows,
  champion: Judged,
  level: number,
  seed: number,
): NonNullable<GateDecision['better']> {
  const difference = (drawn: Target, rows: ArrayLike<number>) =>
    improvement(
      scorers[metric],
      scoreOf(metric, drawn, challenger, rows),
      scoreOf(metric, drawn, champion, rows),
    );
  const { estimate, low, high } = resampledInterval(y, difference, {
    seed,
    confidenceLevel: level,
    stratified: y.kind === 'classes' && y.classes.length > 2,
    nResamples: resamples(y.length),
  });
  return { value: estimate, low, high, level };
}

function figuresOf(
  column: string,
  { group, rows }: RowGroup,
  metric: ScorerName,
  { y, challenger, champion }: ComparedRows,
  tolerance: number,
): GroupFigures {
  const ofGroup = y.take(rows);
  const figure = (of: Judged | undefined) => (of ? knownScore(metric, ofGroup, of, rows) : null);
  const [own, other] = [figure(challenger), figure(champion)];
  const better = own === null || other === null ? null : improvement(scorers[metric], own, other);
  const isWorse = better !== null && better < -tolerance - 1e-12;
  return { column, value: group, rows: rows.length, challenger: own, champion: other, better, isWorse };
}

/** `null` if the group is too small. */
function knownScore(metric: ScorerName, y: Target, of: Judged, rows: ArrayLike<number>): number | null {
  if (y.length < LEAST_GROUP) return null;
  try {
    const score = scoreOf(metric, y, of, rows);
    return Number.isFinite(score) ? score : null;
  } catch (error) {
    // Such as the ROC AUC with a single class.
    if (ChurnError.is(error)) return null;
    throw error;
  }
}

function improvementText(
  metric: string,
  { value, low, high, level }: NonNullable<GateDecision['better']>,
  improve: number,
  confidence: number | null,
): string {
  const least = improve < 0 ? `no more than ${-improve} worse` : `an improvement of ${improve} or more`;
  const how = value < 0 ? `${figure(-value)} worse` : `${figure(value)} better`;
  const certainty = confidence === null ? '' : `, with ${100 * confidence} % confidence`;
  return `${metric} is ${how} (${100 * level} % interval ${figure(low)} to ${figure(high)}), expected ${improve === 0 ? 'a model that is no worse' : least}${certainty}`;
}

function groupText(metric: string, { column, value, rows, better }: GroupFigures, tolerance: number): string {
  return `${metric} of the ${rows} rows with ${column} ${JSON.stringify(value)} is ${figure(-(better as number))} worse, more than the ${tolerance} that registry.gate.tolerance allows`;
}

function fewRows({ y }: ComparedRows): string[] {
  return y.length < LEAST_GROUP ? [`of ${y.length} rows a metric is mostly chance`] : [];
}

function smallGroups(groups: readonly GroupFigures[]): string[] {
  const unknown = groups.filter(({ challenger }) => challenger === null);
  if (unknown.length === 0) return [];
  const named = unknown.map(({ column, value }) => `${column} ${JSON.stringify(value)}`);
  return [`not judged (fewer than ${LEAST_GROUP} rows or one class): ${countedList(named, 5)}`];
}

/** The decision of the gate as lines of text, without refusals. */
export function decisionLines(decision: GateDecision): string[] {
  const { metric, challenger, champion, better, groups, comparedOn, notes } = decision;
  const lines: string[] = [];
  if (comparedOn && challenger !== null) {
    const on = `on ${comparedOn.rows.toLocaleString('en')} ${comparedOn.what}`;
    const than = champion?.value == null ? '' : `, ${figure(champion.value)} of ${contenderText(champion)}`;
    lines.push(`${metric} ${figure(challenger)}${than}, ${on}`);
  }
  // A refusal for the improvement already contains it.
  if (better && isEnough(better, decision)) {
    lines.push(
      `improvement ${groups.length > 0 ? 'over all rows ' : ''}${figure(better.value)} (${100 * better.level} % interval ${figure(better.low)} to ${figure(better.high)})`,
    );
  }
  return [...lines, ...notes];
}

function figure(value: number): string {
  return figureText(value, 4);
}
