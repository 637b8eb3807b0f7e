/** Runs a task of scale.ts on a file with the given number of threads, and prints the figures as JSON. */
import { rmSync } from 'node:fs';
import type { Classifier, FittedClassifier } from '@churn/core';
import { readCsv, writeCsv } from '@churn/io';
import {
  GradientBoostingClassifier,
  LogisticRegression,
  RandomForestClassifier,
  SVC,
  setThreads,
} from '@churn/models';
import { rocAuc } from '@churn/selection';
import { median } from './measure.js';
import type { ScaleFigures } from './scale-figures.js';
import { readRows } from './scale-rows.js';

const NAME = 'churn';
const REPEATS = { atMost: 11, seconds: 3 };
const [task, file] = process.argv.slice(2);
const threads = Number(process.argv[4]);
setThreads(threads);
process.stdout.write(JSON.stringify(task === 'CSV' ? await readAndWrite() : fitAndScore()));

function fitAndScore(): ScaleFigures {
  const { train, yTrain, test, yTest } = readRows(file);
  const model = classifier(train.nRows);
  const few = Int32Array.from({ length: 2000 }, (_, row) => row);
  model.fit(train.take(few), yTrain.take(few)).predictProba(test.take(few));

  let fitted: FittedClassifier;
  const fit = timed(() => {
    fitted = model.fit(train, yTrain);
  });
  let scores: Float64Array = new Float64Array(0);
  const scoring = timed(() => {
    scores = fitted.predictProba(test)[1];
  });
  return { fit, scoring: { [NAME]: scoring }, auc: rocAuc(yTest, scores) };
}

function classifier(rows: number): Classifier {
  switch (task) {
    case 'boosting':
      return new GradientBoostingClassifier({
        growth: 'leaf',
        nEstimators: 300,
        learningRate: 0.1,
        l2Regularization: 0,
        randomStrength: 0,
      });
    case 'forest':
      return new RandomForestClassifier({ nEstimators: 100, seed: 1 });
    case 'logistic regression, l2':
      return new LogisticRegression({ C: 1 });
    case 'logistic regression, l1':
      return new LogisticRegression({ penalty: 'l1', C: 100 / rows });
    case 'SVC':
      return new SVC({ C: 10, probability: false });
    default:
      throw new Error(`unknown task: ${task}`);
  }
}

async function readAndWrite(): Promise<ScaleFigures> {
  const copy = `${file}.ours`;
  const read: number[] = [];
  const write: number[] = [];
  // The first run includes compilation.
  for (let run = 0; run < 4; run++) {
    const start = performance.now();
    const table = await readCsv(file, { threads });
    const middle = performance.now();
    await writeCsv(copy, table);
    read.push((middle - start) / 1000);
    write.push((performance.now() - middle) / 1000);
  }
  rmSync(copy);
  return { fit: median(read.slice(1)), scoring: { [NAME]: median(write.slice(1)) } };
}

/** The median seconds of an action, repeated while it is short, without the first run if there are others. */
function timed(action: () => void): number {
  const seconds: number[] = [];
  let sum = 0;
  while (seconds.length < REPEATS.atMost && sum < REPEATS.seconds) {
    const start = performance.now();
    action();
    seconds.push((performance.now() - start) / 1000);
    sum += seconds[seconds.length - 1];
  }
  return median(seconds.length > 1 ? seconds.slice(1) : seconds);
}
