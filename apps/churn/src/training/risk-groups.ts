import type { Durations } from '@churn/core';
import { kaplanMeier, survivalAt } from '@churn/survival';

/** The survival of rows with similar risk. */
interface RiskGroup {
  readonly name: string;
  readonly rows: number;
  readonly events: number;
  /** The share without the event after each of the times, by the Kaplan-Meier estimate. */
  readonly survival: readonly number[];
  /** The number at risk just before each time. */
  readonly atRisk: readonly number[];
}

/** Survival by risk group. */
export interface RiskGroups {
  readonly times: readonly number[];
  /** From lowest to highest risk. */
  readonly groups: readonly RiskGroup[];
}

/** The names of the quarters by risk, lowest first. */
export const RISK_GROUPS = ['lowest risk', 'lower risk', 'higher risk', 'highest risk'];

/** The group of each row: quarters by risk, keeping equal risks together. */
export function riskGroupOf(risk: Float64Array): string[] {
  const sorted = risk.slice().sort();
  const ends = RISK_GROUPS.slice(1).map(
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / RISK_GROUPS.length)],
  );
  return Array.from(risk, (value) => RISK_GROUPS[ends.filter((end) => value >= end).length]);
}

/** The survival of each quarter by risk. */
export function riskGroups(y: Durations, risk: Float64Array, times: readonly number[]): RiskGroups {
  const groupOf = riskGroupOf(risk);
  const groups = RISK_GROUPS.flatMap((name): RiskGroup[] => {
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

/** The number of times, besides the start. */
const TIMES = 6;

/** Evenly spaced times up to the longest duration, including the horizons. */
export function reportedTimes({ values }: Durations, horizons: readonly number[]): number[] {
  const longest = values.reduce((most, value) => Math.max(most, value), 0);
  const step = roundStep(longest / TIMES);
  const even = Array.from({ length: TIMES + 1 }, (_, i) => step * i).filter((time) => time <= longest);
  return [...new Set([...even, ...horizons])].sort((a, b) => a - b);
}

/** Rounds down to one significant digit, such as 0.2, 5 or 60. */
function roundStep(step: number): number {
  return Number(step.toPrecision(1));
}
