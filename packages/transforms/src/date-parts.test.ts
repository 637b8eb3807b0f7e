import { Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { refusedStates } from '../test/refused-states';
import { type DatePart, DateParts } from './date-parts';

const x = Table.fromColumns({
  a: [1, 2, 3, 4],
  joined: ['2024-02-29', '2023-12-31T23:59:58Z', null, '0024-01-01 00:30'],
  kind: ['p', 'q', null, 'p'],
});
const parts: DatePart[] = ['year', 'month', 'day', 'weekday', 'dayOfYear', 'hour', 'minute', 'second'];
const transformer = new DateParts({ columns: ['joined'], parts, invalid: 'missing' });

it.each(transformerConformance({ transformer, restorable: DateParts, x, needs: 'joined' }))(
  '$name',
  ({ run }) => run(),
);

it('expands dates in place', () => {
  const { fitted, output } = transformer.fitTransform(x);
  expect(output.names).toEqual(['a', ...parts.map((part) => `joined_${part}`), 'kind']);
  expect(fitted.dates).toEqual(['joined']);
  const made = output.select(parts.map((part) => `joined_${part}`)).toArray();
  expect(made[0]).toEqual([2024, 2, 29, 4, 60, 0, 0, 0]);
  expect(made[1]).toEqual([2023, 12, 31, 7, 365, 23, 59, 58]);
  expect(made[2]).toEqual(parts.map(() => NaN));
  expect(made[3].slice(0, 3)).toEqual([24, 1, 1]);
  expect(fitted.describe()).toBe(`DateParts: ${parts.join(', ')} of "joined"`);
});

it.each([
  '2023-02-29',
  '2024-13-01',
  '2024-1-1',
  '2024-01-01T24:00',
  '2024-01-01T10:60',
  '2024-01-01T10:00:60',
  '2024-01-01T10:00+02:00',
  'soon',
])('rejects %s, or treats it as missing', (text) => {
  const rows = Table.fromColumns({ joined: ['2024-01-01', text] });
  expect(() => new DateParts().fitTransform(rows)).toThrow(`column "joined", row 1: expected a date`);
  const output = new DateParts({ invalid: 'missing' }).fitTransform(rows).output;
  expect(output.numeric('joined_year')).toEqual(Float64Array.of(2024, NaN));
});

it('rejects unknown options', () => {
  expect(() => new DateParts({ parts: ['toString' as DatePart] })).toThrow(
    'parts: expected a list of distinct parts among year',
  );
  expect(() => new DateParts({ invalid: 'skip' as 'error' })).toThrow('invalid: expected');
});

it.each(
  refusedStates(
    DateParts,
    { columns: ['d'], parts: ['year'], invalid: 'missing' },
    { columns: ['d', [1]], parts: [['toString'], [1], 'year'], invalid: ['skip'] },
  ),
)('$name', ({ run }) => run());

it.each([['year'], [['year', 'year']], [[1]]])('rejects the parts %j', (given) => {
  const wrong = given as unknown as DatePart[];
  expect(() => new DateParts({ parts: wrong })).toThrow(
    'parts: expected a list of distinct parts among year, month, day',
  );
});
