/**
 * Fits regression and survival models to the rows of a file with one thread, and prints seconds as JSON; peers/regression.py does the same.
 */
import { Durations } from '@churn/core';
import { readCsv } from '@churn/io';
import {
  ElasticNet,
  GammaRegressor,
  GradientBoostingRegressor,
  Lasso,
  LinearRegression,
  PoissonRegressor,
  RandomForestRegressor,
  Ridge,
  setThreads,
} from '@churn/models';
import { CoxRegression, kaplanMeier } from '@churn/survival';
import { median } from './measure.js';

setThreads(1);
const table = await readCsv(process.argv[2]);
const targets = ['amount', 'count', 'cost', 'time', 'weeks', 'left'];
const x = table.drop(targets);
const [amount, count, cost] = ['amount', 'count', 'cost'].map((name) => table.numeric(name));
const events = table.numeric('left');
const times = Durations.from({ durations: table.numeric('time'), events });
const weeks = Durations.from({ durations: table.numeric('weeks'), events });

const fits: Readonly<Record<string, () => unknown>> = {
  'linear regression': () => new LinearRegression().fit(x, amount),
  'ridge, alpha = 1': () => new Ridge({ alpha: 1 }).fit(x, amount),
  'lasso, alpha = 0.01': () => new Lasso({ alpha: 0.01 }).fit(x, amount),
  'elastic net, alpha = 0.01': () => new ElasticNet({ alpha: 0.01 }).fit(x, amount),
  'Poisson, alpha = 0.001': () => new PoissonRegressor({ alpha: 0.001 }).fit(x, count),
  'Gamma, alpha = 0.001': () => new GammaRegressor({ alpha: 0.001 }).fit(x, cost),
  'boosting, 300 rounds, 31 leaves': () =>
    new GradientBoostingRegressor({
      growth: 'leaf',
      nEstimators: 300,
      learningRate: 0.1,
      l2Regularization: 0,
      randomStrength: 0,
    }).fit(x, amount),
  'forest, 20 trees': () => new RandomForestRegressor({ nEstimators: 20, seed: 1 }).fit(x, amount),
  'Cox, distinct times': () => new CoxRegression().fit(x, times),
  'Cox, 52 times': () => new CoxRegression().fit(x, weeks),
  'Kaplan-Meier, distinct times': () => kaplanMeier(times),
};

const seconds = Object.entries(fits).map(([name, fit]) => {
  const runs: number[] = [];
  // Short runs are repeated; the first includes compilation.
  for (let run = 0; run < 2 || (run < 6 && runs[1] < 2); run++) {
    const start = performance.now();
    fit();
    runs.push((performance.now() - start) / 1000);
  }
  return [`${name}: fit, seconds`, median(runs.slice(1))];
});
process.stdout.write(JSON.stringify(Object.fromEntries(seconds)));
