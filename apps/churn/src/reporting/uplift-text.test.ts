import type { UpliftModelReport, UpliftReport } from '../uplift/uplift-report';
import { upliftMarkdown } from './uplift-markdown';
import { upliftSection } from './uplift-section';
import { listText, policyText, upliftConclusions, upliftSummary } from './uplift-text';

const at = (value: number) => ({ value, low: value - 0.05, high: value + 0.05, standardError: 0.025 });
const part = (value: number) => ({
  ...{ from: 0, to: 0.1, predicted: value },
  ...{ treated: { nRows: 50, meanOutcome: 0.8 }, control: { nRows: 50, meanOutcome: 0.7 } },
  uplift: at(value),
});
const money = (value: number) => ({ value, low: value - 100, high: value + 100 });
const model: UpliftModelReport = {
  learner: 'forest',
  compared: [{ learner: 'forest', qini: 0.12, seconds: 1 }],
  test: { treated: 500, control: 500 },
  effect: at(-0.02),
  qini: at(0.1),
  upliftAuc: at(0.1),
  parts: [0.2, -0.1].map(part),
  policy: { share: 0.4, from: 0.01, treated: 380, gain: at(0.06), ofAll: at(-0.02) },
  lists: {
    customers: 1000,
    byUplift: { contacted: 200, profit: money(900) },
    byChurn: { contacted: 300, profit: money(-150) },
    gain: money(1050),
  },
};
const uplift: UpliftReport = {
  treatment: { column: 'offer', control: 'none', treated: 'sent|' },
  rows: { treated: 1500, control: 1500 },
  balance: {
    rows: [
      { column: 'age', treated: 40, control: 41, difference: -0.05 },
      { column: 'plan', level: null, treated: 0.1, control: 0, difference: Infinity },
    ],
    auc: 0.51,
    pValue: 0.4,
  },
  refused: [],
  model,
};
const told = (given: UpliftReport, predicts = 'churn') => {
  const all = upliftSummary({ uplift: given, currency: 'EUR' }, 'left', predicts);
  if (!all) throw new Error('nothing is told');
  return all;
};

it('effects, also those of both ends of the list, are shown with their direction', () => {
  expect(upliftConclusions(told(uplift))[0]).toBe(
    '“sent|” in “offer” raises the share of “left” by 2.0 percentage points (95% interval -3.0 to 7.0) on average. Where the predicted uplift is largest, in the first of 2 parts, it lowers it by 20.0 percentage points (95% interval 15.0 to 25.0); in the last, it raises it by 10.0 percentage points (95% interval 5.0 to 15.0).',
  );
});

it('lists are compared in money, and policies by outcomes', () => {
  expect(listText(model.lists as NonNullable<UpliftModelReport['lists']>, 'customers', 'EUR')).toBe(
    'Of 1,000 held-out customers, a list by uplift has 200 and earns EUR 900 (95% interval EUR 800 to EUR 1,000), and one by churn has 300 and earns EUR -150 (95% interval EUR -250 to EUR -50). The difference is EUR 1,050 (95% interval EUR 950 to EUR 1,150).',
  );
  expect(policyText(model, 'rows')).toContain(
    'Of 1,000 rows, treating these turns 60 (95% interval 10 to 110) to the better, and treating all -20 (95% interval -70 to 30).',
  );
});

it('an order that is not significantly better than chance is called a guess', () => {
  const unsure = { ...uplift, model: { ...model, qini: at(0.01) } };
  expect(upliftConclusions(told(uplift)).join()).not.toContain('guess');
  expect(upliftConclusions(told(unsure)).at(-1)).toContain('Do not rely on its ranking');
});

it('a treatment that was not random has a reason instead of a model', () => {
  const given = told({ ...uplift, refused: ['the mean of "age" is 60 among the treated rows'], model: null });
  expect(upliftConclusions(given)).toEqual([
    'There is no uplift model, since “sent|” in “offer” was not assigned at random: its effect cannot be separated from other differences between treated and untreated customers.',
  ]);
  const { blocks } = upliftSection(given, []);
  expect(blocks.map(({ kind }) => kind)).toEqual(['text', 'text', 'table']);
  expect(blocks[1]).toMatchObject({
    text: expect.stringContaining(
      'assigned at random: the mean of "age" is 60 among the treated rows. The outcomes',
    ),
  });
});

it('the page has the balance, and Markdown escapes data', () => {
  const { title, blocks } = upliftSection(told(uplift, 'visit'), []);
  expect(title).toBe('Who is affected by the treatment');
  expect(blocks.at(-1)).toMatchObject({
    rows: [
      ['age', 40, 41, -0.05],
      ['plan: missing', 0.1, 0, 'Infinity'],
    ],
  });
  const text = upliftMarkdown(told(uplift)).join('\n');
  expect(text).toContain('“sent\\|” in “offer”');
  expect(text).toContain('| 1 | 50 | 50 | 0.2 | 0.2 | 0.150 to 0.250 |');
});
