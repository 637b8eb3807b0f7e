import { mkdir, writeFile } from 'node:fs/promises';
import { readCsv, writeCsv } from '@churn/io';
import { CategoryEncoder, MedianImputer, OneHotEncoder, StandardScaler } from '@churn/transforms';

await mkdir('outputs', { recursive: true });
await writeFile(
  'outputs/flats.csv',
  `district,heating,rooms,area,sold_fast
harbour,gas,3,82,yes
harbour,,2,61,no
old town,wood,4,,yes
old town,gas,1,34,no
hill,gas,5,140,no
old town,wood,3,75,yes
`,
);
const flats = await readCsv('outputs/flats.csv');
const x = flats.drop(['sold_fast']);
const soldFast = flats.toRows().map((row) => row.sold_fast === 'yes');

// Each fit learns from the table it is given, and returns a new object; its state is there to be looked at.
const imputer = new MedianImputer().fit(x);
console.log('medians:', imputer.state.medians);

const oneHot = new OneHotEncoder({ columns: ['heating'] }).fit(x);
console.log('heating becomes:', oneHot.transform(x.select(['heating'])).names);

// A target encoder is told the target. The rows that it learns from are encoded out of fold: none sees its own label.
const shares = new CategoryEncoder({ columns: ['district'], smoothing: 1, folds: 3 }).fitTransform(
  oneHot.transform(imputer.transform(x)),
  soldFast,
);
console.log('shares sold fast:', shares.fitted.state.ratios.district);

const scaler = new StandardScaler().fit(shares.output);
await writeCsv('outputs/prepared.csv', scaler.transform(shares.output));

// A new flat takes the same steps. "beach" was never seen, and counts as the average district.
const steps = [imputer, oneHot, shares.fitted, scaler];
const flat = x.take([0]).with({ district: ['beach'], area: [null] });
const prepared = steps.reduce((table, step) => step.transform(table), flat);
console.log(
  'a new flat:',
  prepared.toArray()[0]?.map((value) => value.toFixed(2)),
); // for any library of matrices
