import { ChurnError, Durations, Random, Table } from '@churn/core';
import { type SnapshotOptions, snapshots } from './snapshots.js';

const events = Table.fromRows([
  { who: 'a', on: '2024-01-05', what: 'login', amount: null },
  { who: 'b', on: '2024-03-02', what: 'login', amount: null },
  { who: 'a', on: '2024-02-20', what: 'payment', amount: 30 },
  { who: 'a', on: '2024-02-25', what: 'payment', amount: 12 },
  { who: 'a', on: '2024-03-01', what: 'payment', amount: 500 },
  { who: 'c', on: '2024-01-02', what: 'login', amount: null },
  { who: 'c', on: '2024-02-01', what: 'cancel', amount: null },
  { who: 'a', on: '2024-03-11', what: 'cancel', amount: null },
  { who: 'b', on: '2024-03-31T12:00:00Z', what: 'login', amount: null },
]);
const options = {
  ...{ by: 'who', time: 'on', at: ['2024-02-01', '2024-03-01'], windows: [10, 60] },
  ...{ kind: 'what', sums: ['amount'], outcome: 'cancel' },
} satisfies SnapshotOptions;

it('has a row for each moment and known customer, with earlier features and the later outcome', () => {
  const rows = snapshots(events, options).toRows();
  expect(rows).toMatchObject([
    // The outcome at the moment itself is one of after it.
    { who: 'a', on: '2024-02-01', login_count_60: 1, login_recency: 27, duration: 39, event: 1 },
    { who: 'c', on: '2024-02-01', login_count_60: 1, login_recency: 30, duration: 0, event: 1 },
    {
      ...{ who: 'a', on: '2024-03-01', login_count_10: 0, login_count_60: 1, login_recency: 56 },
      // 20 February is ten days before; the payment of the moment itself is not known.
      ...{ payment_count_10: 2, payment_amount_sum_10: 42, payment_recency: 5, duration: 10, event: 1 },
    },
  ]);
  expect(rows[0].payment_recency).toBeNull();
  expect(Object.keys(rows[0]).some((name) => name.startsWith('cancel'))).toBe(false);
});

it('censors customers without the outcome at the end of observation', () => {
  const at = ['2024-03-05'];
  const table = snapshots(events, { ...options, at });
  expect(table.toRows()).toMatchObject([
    { who: 'a', duration: 6, event: 1 },
    { who: 'b', duration: 26.5, event: 0 },
  ]);
  expect(
    Durations.from({ durations: table.numeric('duration'), events: table.numeric('event') }).events,
  ).toEqual(Uint8Array.of(1, 0));
  const until = snapshots(events, { ...options, at, end: '2024-03-10' });
  expect(until.toRows()).toMatchObject([
    { who: 'a', duration: 5, event: 0 },
    { who: 'b', duration: 5, event: 0 },
  ]);
});

it('leaves a gap, in which events are not yet known', () => {
  const [row] = snapshots(events, { ...options, at: ['2024-03-01'], gap: 7 }).toRows();
  // The ten days before 23 February.
  expect(row).toMatchObject({ payment_count_10: 1, payment_amount_sum_10: 30, payment_recency: 10 });
  expect(snapshots(events, { ...options, at: ['2024-03-05'], gap: 7 }).nRows).toBe(1);
});

it('accepts numbers as times, and counts events by kind', () => {
  const plain = Table.fromColumns({ id: [7, 7, 8], t: [1, 4, 2] });
  expect(snapshots(plain, { by: 'id', time: 't', at: [3, 5], windows: [2] }).toRows()).toEqual([
    { id: 7, t: 3, count_2: 1, recency: 2 },
    { id: 8, t: 3, count_2: 1, recency: 1 },
    { id: 7, t: 5, count_2: 1, recency: 1 },
    { id: 8, t: 5, count_2: 0, recency: 3 },
  ]);
  expect(snapshots(plain, { by: 'id', time: 't', at: [0] }).nRows).toBe(0);
});

it('uses nothing of the future: later events change no feature', () => {
  const random = new Random(3);
  const n = 300;
  const draw = (of: () => number) => Float64Array.from({ length: n }, of);
  const table = Table.fromColumns({
    who: draw(() => random.int(20)),
    t: draw(() => random.int(100)),
    x: draw(() => random.normal()),
  });
  const how = { by: 'who', time: 't', at: [50], windows: [5, 30], gap: 3, sums: ['x'] };
  const early = table.filter((row) => (row.t as number) < 47);
  const byWhom = (rows: Table) => new Map(rows.toRows().map((row) => [row.who, row]));
  expect(byWhom(snapshots(table, how))).toEqual(byWhom(snapshots(early, how)));
});

it.each<[string, Partial<SnapshotOptions>, string]>([
  ['a moment that is not a date', { at: ['soon'] }, 'at[0]: expected an ISO date, as the times are'],
  ['a number among dates', { at: [4] }, 'at[0]: expected an ISO date'],
  ['no moment', { at: [] }, 'at: expected one or more distinct moments'],
  [
    'a moment after the end of observation',
    { at: ['2024-05-01'] },
    'at[0]: expected a moment before 2024-03-31',
  ],
  ['an unknown kind', { outcome: 'left' }, 'outcome: expected one of login, payment, cancel'],
  [
    'an outcome without kinds',
    { kind: undefined },
    'outcome: expected none, since there is no column of kinds',
  ],
  ['an empty window', { windows: [0] }, 'windows: expected'],
  ['an unknown column', { by: 'customer' }, 'customer'],
  ['sums of text', { sums: ['what'] }, 'what'],
])('rejects %s', (_, more, message) => {
  expect(() => snapshots(events, { ...options, ...more })).toThrow(message);
});

it('names the rows of events without a time or a customer', () => {
  const broken = events.with({ on: ['2024-01-01', '1.2.2024', null, ...Array(6).fill('2024-01-01')] });
  expect(() => snapshots(broken, options)).toThrow(
    expect.objectContaining({
      code: 'invalid-data',
      faults: [
        { row: 1, column: 'on', detail: 'expected an ISO date, got "1.2.2024"' },
        { row: 2, column: 'on', detail: 'expected an ISO date, got null' },
      ],
    }),
  );
  const nobody = Table.fromColumns({ who: [null, 'a'], on: [1, 2] });
  expect(() => snapshots(nobody, { by: 'who', time: 'on', at: [3] })).toThrow(ChurnError);
});
