import { smallRecord } from '../testing/run-record';
import { runModelTable, runTable } from './run-table';

const { models } = smallRecord('2026-11-27T15-56-05Z');
const ofValues = {
  tree: {
    ...models.tree,
    metrics: { r2: 0.77412, rootMeanSquaredError: 92.0845, meanAbsoluteError: 12345.6 },
  },
};

it('shows four digits of metrics in the unit of the target', () => {
  const table = runModelTable({
    best: 'tree',
    models: { tree: { ...ofValues.tree, hash: null } },
  });
  expect(table).toMatch(/│ tree \(best\) │ 0\.7741 │ 92\.08 │ +12,350 │/);
  const runs = [
    smallRecord('2026-11-27T15-56-05Z'),
    smallRecord('2026-11-28T15-56-05Z', { models: ofValues }),
  ];
  const shown = runTable(runs, new Map([[runs[1].id, ['champion']]]));
  expect(shown).toMatch(/│ +0\.7500 │ +0\.5000 │ +│ +│ +2\.5 │/);
  expect(shown).toMatch(/│ 0\.7741 │ 92\.08 │ +2\.5 │ champion │/);
});
