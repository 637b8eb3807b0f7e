import type { Durations } from '@churn/core';
import { kaplanMeier, survivalAt } from '@churn/survival';

/** What is told of the rows of about the same risk. */
interface RiskGroup {
  readonly name: string;
  readonly rows: number;
  readonly events: number;
  /** The share without the event after each of the times, by the Kaplan-Meier estimate. */
  readonly survival: readonly number[];
  /** How many are under observation just before each time. */
  readonly atRisk: readonly number[];
}

/** Rows by risk, over time. */
export interface RiskGroups {
  readonly times: readonly number[];
  /** From the lowest risk to the highest. */
  readonly groups: readonly RiskGroup[];
}

const NAMES = ['lowest risk', 'lower risk', 'higher risk', 'highest risk'];

/** The group of each row: quarters by risk, rows of equal risk together. */
export function riskGroupOf(risk: Float64Array): string[] {
  const sorted = risk.slice().sort();
  const ends = NAMES.slice(1).map((_, i) => sorted[Math.floor(((i + 1) * sorted.length) / NAMES.length)]);
  return Array.from(risk, (value) => NAMES[ends.filter((end) => value >= end).length]);
}

/** What became of the rows of each quarter by risk. */
export function riskGroups(y: Durations, risk: Float64Array, times: readonly number[]): RiskGroups {
  const groupOf = riskGroupOf(risk);
  const groups = NAMES.flatMap((name): RiskGroup[] => {
    const rows = Array.from(groupOf.keys()).filter((row) => groupOf[row] === name);
    if (rows.length === 0) return [];
    const own = y.take(rows);
    const events = own.events.reduce((sum, event) => sum + event, 0);
    const survival = Array.from(survivalAt(kaplanMeier(own), times));
    return [{ name, rows: rows.length, events, survival, atRisk: times.map((time) => atRiskAt(own, time)) }];
  });
  return { times, groups };
}

function atRiskAt({ values, entry }: Durations, time: number): number {
  return values.filter((duration, row) => duration >= time && (entry?.[row] ?? -1) < time).length;
}

/** So many times are told besides the start. */
const TIMES = 6;

/** Evenly spaced times up to the longest duration, the horizons among them. */
export function toldTimes({ values }: Durations, horizons: readonly number[]): number[] {
  const longest = values.reduce((most, value) => Math.max(most, value), 0);
  const step = roundStep(longest / TIMES);
  const even = Array.from({ length: TIMES + 1 }, (_, i) => step * i).filter((time) => time <= longest);
  return [...new Set([...even, ...horizons])].sort((a, b) => a - b);
}

/** Down to a number of one digit, such as 0.2, 5 or 60. */
function roundStep(step: number): number {
  return Number(step.toPrecision(1));
}
