import { afterPredict, afterRuns, afterTrain } from './next-steps.js';

it('names the configuration and the model if they are not the default', () => {
  expect(afterTrain('config/churn.yaml', { data: 'data/rows.csv' })).toEqual([
    'churn predict --input data/rows.csv --output scored.csv',
    'churn promote latest --as champion',
  ]);
  const own = afterPredict('my rows.csv', { config: 'own.yaml', model: 'champion' }, true);
  expect(own).toEqual([
    'churn explain --input "my rows.csv" --model champion --config own.yaml',
    'churn monitor --input "my rows.csv" --model champion --config own.yaml',
  ]);
});

it('suggests only commands that can run', () => {
  expect(afterTrain('c.yaml', { data: 'rows.csv', out: 'elsewhere' })).toEqual([]);
  expect(afterPredict('-', {}, false)).toEqual([]);
  expect(afterRuns([], 'config/churn.yaml')).toEqual(['churn train']);
  expect(afterRuns([{ id: 'b' }, { id: 'a' }], 'config/churn.yaml')).toEqual([
    'churn runs show latest',
    'churn runs compare a latest',
  ]);
});
