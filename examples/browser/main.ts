import { type Classifier, Pipeline } from '@churn/core';
import { rocChart } from '@churn/eda';
import { LogisticRegression, RandomForestClassifier } from '@churn/models';
import { rocAuc, rocCurve, trainTestSplit } from '@churn/selection';
import { CategoryEncoder, MeanImputer, StandardScaler } from '@churn/transforms';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import { customers } from './customers.js';

const seed = document.querySelector('#seed') as HTMLInputElement;
const summary = document.querySelector('#summary') as HTMLElement;
seed.addEventListener('change', show);
show();

async function show(): Promise<void> {
  const started = performance.now();
  const { x, left } = customers(seed.value, 4000);
  const { train, test } = trainTestSplit(left, { testSize: 0.3 });
  const steps = [new MeanImputer(), new CategoryEncoder(), new StandardScaler()];
  const classifiers: Record<string, Classifier> = {
    'logistic regression': new LogisticRegression(),
    'random forest': new RandomForestClassifier({ nEstimators: 100, maxDepth: 6, seed: 1 }),
  };

  const curves = Object.entries(classifiers).map(([name, classifier]) => {
    const model = new Pipeline(steps, classifier).fit(x.take(train), left.take(train));
    const probabilities = model.predictProba(x.take(test));
    const held = left.take(test);
    return { name, ...rocCurve(held, probabilities[1]), auc: rocAuc(held, probabilities) };
  });
  const seconds = (performance.now() - started) / 1000;
  const areas = curves.map(({ name, auc }) => `${name} ${auc.toFixed(3)}`).join(', ');
  summary.textContent = `AUC on ${test.length} customers held out: ${areas} (trained in ${seconds.toFixed(2)} s)`;

  // A chart is a Vega-Lite specification: plain data, that Vega draws.
  await new View(parse(compile(rocChart(curves)).spec), { renderer: 'svg' }).initialize('#chart').runAsync();
}
