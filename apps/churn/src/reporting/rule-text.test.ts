import { checkedConfig } from '../config/config';
import { ruleText } from './rule-text';

it.each([
  [{ maximise: 'youden' }, "the highest Youden's J"],
  [{ minPrecision: 0.8 }, 'precision of at least 0.8'],
  [{ minRecall: 0.9 }, 'recall of at least 0.9'],
  [
    { costs: { falsePositive: 1, falseNegative: 5, truePositive: 0 } },
    'the lowest cost (1 per false positive, 5 per false negative, 0 per true positive)',
  ],
])('words the rule %j', (threshold, text) => {
  const config = checkedConfig(
    { data: { file: 'a.csv', target: 'left', positive: 'yes' }, threshold },
    'c.yaml',
  );
  expect(config.threshold && ruleText(config.threshold)).toBe(text);
});
