/** The profile of the file repeated a hundred times, with its relation to the target. Prints its figures as JSON. */
import { profile } from '@churn/eda';
import { readCustomers } from './data.js';

const { x, y } = await readCustomers(100);

const started = performance.now();
const { duplicateRows, correlations } = profile(x, {
  target: { name: 'Attrition_Flag', values: y, positive: 'Attrited Customer' },
});
const profileSeconds = (performance.now() - started) / 1000;
if (correlations.pearson.columns.length === 0) throw new Error('no numeric columns were profiled');

process.stdout.write(
  JSON.stringify({
    rows: x.nRows,
    duplicateRows,
    'profile, seconds': profileSeconds,
    'peak memory, megabytes': process.resourceUsage().maxRSS / 1024,
  }),
);
