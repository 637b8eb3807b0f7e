import { ChurnError } from '@churn/core';
import { namedModel } from './named-model';

it('names the model and the configuration if a name is not a file and there is no configuration', async () => {
  const config = () =>
    Promise.reject(new ChurnError('invalid-file', 'config/churn.yaml: there is no such file in /work'));
  await expect(namedModel('best', config)).rejects.toThrow(
    'best: expected a model file or an alias; there is no such file, and config/churn.yaml: there is no such file in /work',
  );
});
