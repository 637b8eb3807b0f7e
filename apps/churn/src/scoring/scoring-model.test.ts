import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveSurvivalModel } from '../testing/survival-model';
import { saveValueModel } from '../testing/value-model';
import { loadAnyModel, ofClasses, timeless } from './scoring-model';

const folder = mkdtempSync(join(tmpdir(), 'churn-scoring-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('says which kind of model is needed, and which one it is', async () => {
  const [value, survival] = ['value.json', 'survival.json'].map((name) => join(folder, name));
  await Promise.all([saveValueModel(value), saveSurvivalModel(survival)]);
  const [ofValues, ofTimes] = [await loadAnyModel(value), await loadAnyModel(survival)];
  expect(() => ofClasses(ofValues, value, 'this')).toThrow(
    `${value}: this needs a classification model, got a regression model`,
  );
  expect(() => ofClasses(ofTimes, survival, 'this')).toThrow(
    `${survival}: this needs a classification model, got a survival model`,
  );
  expect(() => timeless(ofTimes, survival, 'this')).toThrow(
    `${survival}: this needs a classification or regression model, got a survival model`,
  );
  expect(timeless(ofValues, value, 'this')).toBe(ofValues);
});
