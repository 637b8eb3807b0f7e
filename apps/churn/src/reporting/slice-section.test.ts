import type { ErrorSlice } from '@churn/selection';
import { CLASS_LOSS, sliceMarkdown, VALUE_LOSS, worseSlices } from './slice-section';

const overall = { rows: 1500, meanLoss: 0.1, interval: [0.09, 0.11] as const };
const slice = (text: string, low: number): ErrorSlice => ({
  ...{ conditions: [], text, rows: 60, meanLoss: 0.3 },
  interval: [low, 0.5],
});
const blocks = (slices: readonly ErrorSlice[], loss = CLASS_LOSS) =>
  sliceMarkdown({ best: 'forest', slices: { overall, slices } }, loss).map(String);

it('shows slices with a significantly larger error', () => {
  const slices = [slice('card is Gold', 0.05), slice('age <= 30', 0.2)];
  expect(worseSlices({ overall, slices }).map(({ text }) => text)).toEqual(['age <= 30']);
  const [, text, table] = blocks(slices);
  expect(text).toMatch(
    /^forest performs worst where age \\<= 30: the log loss of 60 such rows is 0\.3000, compared with 0\.1000 for all 1,500 rows\. /,
  );
  expect(table.split('\n').slice(2)).toEqual([
    '| age \\<= 30 | 60 | 0.3000 (0.2000 to 0.5000) |',
    '| all rows of this half | 1,500 | 0.1000 (0.0900 to 0.1100) |',
  ]);
});

it('says if there are none', () => {
  const found = blocks([slice('card is Gold', 0.05)], VALUE_LOSS);
  expect(found).toHaveLength(2);
  expect(found[1]).toMatch(
    /^No group of test rows has a significantly higher mean absolute error with forest\. /,
  );
});
