import * as eda from './index.js';

it('@churn/eda exports these names', () => {
  expect(Object.keys(eda).sort()).toEqual(['PROFILE_QUANTILES', 'profile']);
});
