import { levelRules, numberRules } from './column-rules';

it('checks the rules of numeric columns; missing values satisfy all rules', () => {
  const rules = numberRules({ name: 'age', kind: 'numeric', min: 0, max: 120, integer: true });
  const broken = (value: number) =>
    rules.filter((rule) => !rule.allows(value)).map(({ expected }) => expected);
  expect([0, 40, 120, NaN].map(broken)).toEqual([[], [], [], []]);
  expect(broken(-40.5)).toEqual(['0 or more', 'an integer']);
  expect(broken(Infinity)).toEqual(['120 or less', 'an integer']);
  expect(numberRules({ name: 'age', kind: 'numeric' })).toEqual([]);
});

it('categories must be declared levels, if there are any', () => {
  const [rule] = levelRules({ name: 'plan', kind: 'category', levels: ['basic', 'plus'] });
  expect(rule.expected).toBe('one of "basic", "plus"');
  expect(['basic', 'Basic', ''].map((level) => rule.allows(level))).toEqual([true, false, false]);
  expect(levelRules({ name: 'plan', kind: 'category' })).toEqual([]);
});
