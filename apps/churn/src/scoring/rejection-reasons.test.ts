import { RejectionReasons, rejectionText } from './rejection-reasons';

function reasonsOf(...reasons: string[]): RejectionReasons {
  const found = new RejectionReasons();
  for (const reason of reasons) found.add(reason);
  return found;
}

const LOTS = 'column "usage": expected a number, got "lots"';
const MANY = 'column "usage": expected a number, got "a \\", b; c"';

it('counts rows by reason, whatever the value, the most frequent first', () => {
  const found = reasonsOf('expected 3 fields, got 2; no value for column "age"', LOTS, MANY);
  expect(found.all).toEqual([
    { reason: 'column "usage": expected a number', rows: 2 },
    { reason: 'expected 3 fields; no value for column "age"', rows: 1 },
  ]);
  found.merge(reasonsOf(LOTS, 'column "age": expected an integer, got 20.5'));
  expect(found.all.map(({ rows }) => rows)).toEqual([3, 1, 1]);
});

it('shows a single reason without its count, and of many the most frequent', () => {
  expect(rejectionText(2, 1998, reasonsOf(LOTS, MANY))).toBe(
    '2 of 2,000 rows rejected: column "usage": expected a number',
  );
  expect(rejectionText(6, 0, reasonsOf('a', 'b', 'c', 'd', 'd', 'd'))).toBe(
    '6 of 6 rows rejected:\n  d (3 rows)\n  a (1 row)\n  b (1 row)\n  1 more reason',
  );
});

it('counts no more than a limited number of different reasons', () => {
  const found = reasonsOf(...Array.from({ length: 1500 }, (_, i) => `reason ${i}`), 'reason 0');
  expect([found.all.length, found.all[0]]).toEqual([1000, { reason: 'reason 0', rows: 2 }]);
});
