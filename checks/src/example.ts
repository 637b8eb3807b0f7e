/** The packages that the example uses. */
export const EXAMPLE_PACKAGES = ['core', 'transforms', 'models'] as const;

const NAMES = {
  core: 'Labels, Pipeline, Table',
  transforms: 'CategoryEncoder, MeanImputer, ModeImputer, StandardScaler',
  models: 'LogisticRegression',
};

/** The lines that import what the example uses. */
export function exampleImports(format: 'esm' | 'cjs'): string {
  return EXAMPLE_PACKAGES.map((name) =>
    format === 'esm'
      ? `import { ${NAMES[name]} } from '@churn/${name}';`
      : `const { ${NAMES[name]} } = require('@churn/${name}');`,
  ).join('\n');
}

/** What a project elsewhere runs, in JavaScript that is TypeScript too: it prints "works". */
export const EXAMPLE = `
const customers = Table.fromRows([
  { age: 45, plan: 'basic' },
  { age: null, plan: 'plus' },
  { age: 31, plan: 'basic' },
  { age: 62, plan: 'plus' },
]);
const steps = [new MeanImputer(), new ModeImputer(), new CategoryEncoder(), new StandardScaler()];
const model = new Pipeline(steps, new LogisticRegression({ C: 0.5 })).fit(customers, Labels.from([false, true, false, true]));
const [stays, leaves] = model.predictProba(Table.fromRows([{ age: 50, plan: 'plus' }]));
if (!(Math.abs(stays[0] + leaves[0] - 1) < 1e-12 && leaves[0] > 0.5)) throw new Error('not what was expected');
console.log('works');
`;
