import type { Json } from '@churn/core';
import { classifiers, regressors } from '@churn/models';
import { mljsClassifiers } from '@churn/models/mljs';
import { modelGrid } from '../config/model-config';
import { configurable, createModel, models } from '../model/models';
import { listModels } from './models';

it('lists every model, and the parameters of one', () => {
  const list = listModels().text.split('\n');
  expect(list).toEqual(models.map(({ type }) => type));
  const { text: table } = listModels('LogisticRegression');
  for (const name of ['penalty', 'l1Ratio', 'C', 'classWeight']) expect(table).toContain(name);
  expect(table).toContain('one of l1, l2, elasticnet, none');
  expect(listModels('SVC').text).toContain('kernelDegree');
  expect(listModels('SVC').figures).toMatchObject({
    parameters: expect.arrayContaining([expect.objectContaining({ name: 'kernel', default: 'rbf' })]),
  });
  expect(() => listModels('SVCC')).toThrow('did you mean SVC?');
  expect(() => listModels('SVM')).toThrow(/models: expected one of .*SVC.*, got SVM/);
});

it('accepts the name of every model of the packages', () => {
  const types = [...classifiers, ...mljsClassifiers, ...regressors].map(({ type }) => type);
  expect(models.map(({ type }) => type)).toEqual([...types, 'CoxRegression']);
});

describe.each(models.map((definition) => [definition.type, definition] as const))(
  '%s',
  (type, definition) => {
    it('accepts the default of every parameter, alone or in a list, and creates the model', () => {
      const given = Array.from(configurable(definition)).flatMap(([name, parameter]) =>
        parameter.default === undefined ? [] : [[name, parameter.default as Json] as const],
      );
      const lists = given.map(([name, value]) => [name, [value]]);
      const alone = modelGrid.parse({ type, ...Object.fromEntries(given) });
      expect(modelGrid.parse({ type, ...Object.fromEntries(lists) })).toEqual(alone);
      const model = createModel(type, Object.fromEntries(given), { seed: 3 });
      expect(model).toMatchObject({ options: { ...('seed' in definition.parameters && { seed: 3 }) } });
    });

    it('accepts values worth searching, and rejects others with the path of the parameter', () => {
      for (const [name, { grid, accepts }] of configurable(definition)) {
        if (grid) expect(modelGrid.safeParse({ type, [name]: grid }).success).toBe(true);
        const wrong = [{ no: 'such value' }, []];
        for (const value of wrong) {
          if (accepts(value)) continue;
          const { error } = modelGrid.safeParse({ type, [name]: value });
          expect(error?.issues[0]).toMatchObject({
            path: [name],
            message: expect.stringMatching(/^expected /),
          });
        }
      }
      expect(modelGrid.safeParse({ type, unknown: 1 }).success).toBe(false);
    });
  },
);
