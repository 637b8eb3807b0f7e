import type { ProgramDatePart } from '../program/expression.js';
import { type Fragment, fragment } from './fragment.js';
import { between } from './number-range.js';
import type { Scope } from './scope.js';

/** The date formats of `parseIsoDate` of `@churn/core`. */
const ISO_DATE = '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?Z?)?';

/** The position of the first digit of a part, counted from 1, and the number of digits. */
const PLACES = {
  year: [1, 4],
  month: [6, 2],
  day: [9, 2],
  hour: [12, 2],
  minute: [15, 2],
  second: [18, 2],
} as const;

/** The days before each month, in a year without a leap day. */
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** Whether a text is a valid date. */
export function isDateSql(scope: Scope, of: Fragment): Fragment {
  return read(scope, of).isDate;
}

/** A part of a date, computed from its digits, since date functions differ between databases. NULL if the text is not a date. */
export function datePartSql(scope: Scope, of: Fragment, part: ProgramDatePart): Fragment {
  const { isDate, digits, dayOfYear } = read(scope, of);
  if (part === 'dayOfYear') return when(isDate, dayOfYear, between(1, 366));
  if (part !== 'weekday') return when(isDate, digits(part), between(0, 9999));
  const number = scope.dialect.number;
  const { sql: year } = digits('year');
  const before = `(${year} - ${number(1)})`;
  // Days since Monday, 1 January of the year 1, including leap days.
  const days = `${before} * ${number(365)} + FLOOR(${before} / ${number(4)}) - FLOOR(${before} / ${number(100)}) + FLOOR(${before} / ${number(400)}) + ${dayOfYear.sql} - ${number(1)}`;
  const count = scope.layers.column(fragment(days, [digits('year'), dayOfYear]));
  const weekday = `${count.sql} - FLOOR(${count.sql} / ${number(7)}) * ${number(7)} + ${number(1)}`;
  return when(isDate, fragment(weekday, [count]), between(1, 7));
}

function read({ dialect, layers }: Scope, of: Fragment) {
  const number = dialect.number;
  const text = layers.bind(of);
  const hasForm = layers.column(fragment(dialect.matches(text.sql, ISO_DATE), [text]));
  const digits = (part: keyof typeof PLACES): Fragment => {
    const [first, length] = PLACES[part];
    const value = dialect.digitsToNumber(`SUBSTR(${text.sql}, ${first}, ${length})`);
    const isThere = first < 12 ? hasForm.sql : `${hasForm.sql} AND LENGTH(${text.sql}) >= ${first + 1}`;
    const missing = first < 12 ? '' : ` WHEN ${hasForm.sql} THEN ${number(0)}`;
    return layers.column(fragment(`CASE WHEN ${isThere} THEN ${value}${missing} END`, [text, hasForm]));
  };
  const [year, month, day] = [digits('year'), digits('month'), digits('day')];
  const isMultiple = (of: number) => `FLOOR(${year.sql} / ${number(of)}) * ${number(of)} = ${year.sql}`;
  const leapDay = layers.column(
    fragment(
      `CASE WHEN ${isMultiple(400)} OR (${isMultiple(4)} AND NOT ${isMultiple(100)}) THEN ${number(1)} ELSE ${number(0)} END`,
      [year],
    ),
  );
  const ofThirtyDays = [4, 6, 9, 11].map(number).join(', ');
  const lengthOfMonth = `CASE WHEN ${month.sql} IN (${ofThirtyDays}) THEN ${number(30)} WHEN ${month.sql} = ${number(2)} THEN ${number(28)} + ${leapDay.sql} ELSE ${number(31)} END`;
  const conditions = [
    hasForm.sql,
    `${month.sql} >= ${number(1)}`,
    `${month.sql} <= ${number(12)}`,
    `${day.sql} >= ${number(1)}`,
    `${day.sql} <= ${lengthOfMonth}`,
    `${digits('hour').sql} < ${number(24)}`,
    `${digits('minute').sql} < ${number(60)}`,
    `${digits('second').sql} < ${number(60)}`,
  ];
  const isDate = layers.column(
    fragment(conditions.join(' AND '), [
      hasForm,
      month,
      day,
      leapDay,
      digits('hour'),
      digits('minute'),
      digits('second'),
    ]),
  );
  const before = DAYS_BEFORE.map((count, i) => `WHEN ${month.sql} = ${number(i + 1)} THEN ${number(count)}`);
  const dayOfYear = layers.column(
    fragment(
      `CASE ${before.join(' ')} END + ${day.sql} + CASE WHEN ${month.sql} > ${number(2)} THEN ${leapDay.sql} ELSE ${number(0)} END`,
      [month, day, leapDay],
    ),
  );
  return { isDate, digits, dayOfYear };
}

function when(isDate: Fragment, value: Fragment, range: Fragment['range']): Fragment {
  return fragment(`CASE WHEN ${isDate.sql} THEN ${value.sql} END`, [isDate, value], { isAtom: true, range });
}
