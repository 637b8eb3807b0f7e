import { likelyPositive } from './positive-label.js';

const label = (text: string, rows: number) => ({
  text,
  rows,
  spellings: [{ text, rows, line: 2, level: 0 }],
});

it.each([
  ['1', '0'],
  ['1.0', '0.0'],
  ['1', '-1'],
  ['true', 'false'],
  ['True', 'False'],
  ['Yes', 'No'],
  ['Y', 'N'],
  ['ja', 'nein'],
  ['Oui', 'Non'],
  ['SIM', 'não'],
  ['Churn', 'No Churn'],
  ['default', 'not_default'],
  ['Subscribed', 'Unsubscribed'],
])('of %s and %s is the first, whatever is rarer', (yes, no) => {
  for (const [a, b] of [
    [900, 100],
    [100, 900],
  ]) {
    expect(likelyPositive([label(yes, a), label(no, b)]).label.text).toBe(yes);
    expect(likelyPositive([label(no, b), label(yes, a)]).label.text).toBe(yes);
  }
});

it('otherwise is the rarer, or the last by name if both are equally frequent', () => {
  expect(likelyPositive([label('stays', 90), label('leaves', 10)])).toMatchObject({
    label: { text: 'leaves' },
    reason: 'it is the rarer label',
  });
  expect(likelyPositive([label('2', 50), label('1', 50)]).label.text).toBe('2');
  expect(likelyPositive([label('1', 50), label('2', 50)]).label.text).toBe('2');
});
