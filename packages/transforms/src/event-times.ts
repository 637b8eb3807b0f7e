import {
  type Column,
  cellAt,
  isoInstant,
  parseIsoDate,
  type RowFault,
  requireParameter,
  rowFaultError,
} from '@churn/core';

const MS_PER_DAY = 86_400_000;

/** The times of events as numbers; dates as days since 1970-01-01. */
interface EventTimes {
  readonly values: Float64Array;
  readonly areDates: boolean;
  readonly last: number;
  /** Parses a moment of the same kind. @throws `invalid-parameter`, naming the parameter, if it is not one. */
  parse(moment: number | string, name: string): number;
  /** A time in the format of the column. */
  text(time: number): string;
}

/** @throws `invalid-data`, naming the row, for a missing time, or text that is not an ISO date. */
export function eventTimes(column: Column, name: string): EventTimes {
  const areDates = column.kind === 'category';
  const values = areDates
    ? Float64Array.from(column.codes, (code) => (code < 0 ? NaN : dayOf(column.levels[code])))
    : column.values;
  const faults: RowFault[] = [];
  values.forEach((value, row) => {
    if (Number.isFinite(value)) return;
    const detail = `expected ${areDates ? 'an ISO date' : 'a time'}, got ${JSON.stringify(cellAt(column, row)) ?? 'none'}`;
    faults.push({ row, column: name, detail });
  });
  if (faults.length > 0) throw rowFaultError(faults);
  return {
    values,
    areDates,
    last: values.reduce((latest, value) => Math.max(latest, value), -Infinity),
    parse(moment, option) {
      const time = areDates ? dayOf(String(moment)) : moment;
      const isTime = typeof time === 'number' && Number.isFinite(time);
      const expected = areDates ? 'an ISO date, as the times are' : 'a number, as the times are';
      requireParameter(isTime, option, expected, moment);
      return time as number;
    },
    text: (time) => (areDates ? isoInstant(BigInt(Math.round(time * MS_PER_DAY)), 1000n) : String(time)),
  };
}

/** Days since 1970-01-01; `NaN` for text that is not an ISO date. */
function dayOf(text: string): number {
  return (parseIsoDate(text)?.getTime() ?? NaN) / MS_PER_DAY;
}
