import { outcomeJson, outcomeText } from './outcome.js';

const outcome = {
  text: 'done\u001b[2J',
  files: [{ what: 'report', path: 'outputs/report.md' }],
  figures: { rows: 3 },
  next: ['churn train'],
};

it('suggests next steps only on a terminal', () => {
  expect(outcomeText(outcome, true)).toBe('done\\u001b[2J\n\nnext:\n  churn train');
  expect(outcomeText(outcome, false)).toBe('done\\u001b[2J');
  expect(outcomeText({ text: 'done' }, true)).toBe('done');
});

it('has one shape as JSON', () => {
  const { text: _, ...told } = outcome;
  expect(JSON.parse(outcomeJson('train', outcome))).toEqual({ command: 'train', ...told });
  expect(JSON.parse(outcomeJson('models', { text: '' }))).toEqual({
    ...{ command: 'models', files: [], figures: {}, next: [] },
  });
});
