import { dropWarnings, type ReadColumn } from './learned-columns';

const columns = ['visits', 'plan'].map((name) => ({ column: { name } }) as ReadColumn);

it('warns about names to drop that match no column, but not about patterns', () => {
  expect(dropWarnings(['plan', 'secret_*', 'visit', 'region'], columns)).toEqual([
    'data.drop: column "visit" is missing; did you mean visits?',
    'data.drop: column "region" is missing',
  ]);
  expect(dropWarnings(['visits', 'visit'], columns)).toEqual(['data.drop: column "visit" is missing']);
});
