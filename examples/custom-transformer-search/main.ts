import { Labels } from '@churn/core';
import { readCsv } from '@churn/io';
import { gridSearch, PipelineModule } from '@churn/selection';
import { threadExecutor } from '@churn/selection/node';
import type { Parameters } from './pipeline.js';

const customers = await readCsv('../../data/bank_data.csv');
const left = Labels.from(customers.toRows().map((row) => row.Attrition_Flag === 'Attrited Customer'));

// A function cannot be sent to a thread, but its name can: each thread imports the module.
const module = new URL('./pipeline.js', import.meta.url);
const { best, candidates } = await gridSearch(
  {
    grid: { ratios: [false, true], C: [0.01, 0.1, 1] },
    pipeline: new PipelineModule<Parameters>(module, 'candidate'),
    executor: threadExecutor(2),
    onPlan: (plan) => console.log(plan.explain()),
  },
  customers.drop(['Attrition_Flag']),
  left,
);

for (const { params, scores, rank } of candidates) {
  console.log(JSON.stringify(params), `AUC ${scores.rocAuc?.mean.toFixed(4)}, rank ${rank}`);
}
console.log('best:', best.params);
