import { Labels, Pipeline } from '@churn/core';
import { readCsv } from '@churn/io';
import { LogisticRegression } from '@churn/models';
import {
  classificationReport,
  formatClassificationReport,
  gridSearch,
  rocAuc,
  StratifiedKFold,
  scorers,
} from '@churn/selection';
import { MedianImputer, ModeImputer, OneHotEncoder, StandardScaler } from '@churn/transforms';

const data = (await readCsv('../../data/bank_data.csv')).drop(['Unnamed: 0', 'CLIENTNUM']);
const x = data.drop(['Attrition_Flag']);
const y = Labels.from(data.toRows().map((row) => (row.Attrition_Flag === 'Attrited Customer' ? 1 : 0)));

const rows = [...Array(x.nRows).keys()];
const [train, test] = [rows.filter((row) => row % 4 !== 3), rows.filter((row) => row % 4 === 3)];

// Each step knows the columns of its kind, so no column transformer is needed; new columns of 0 and 1 come last.
const prepare = [
  new MedianImputer(),
  new StandardScaler(),
  new ModeImputer(),
  new OneHotEncoder({ drop: 'first' }),
];
const pipeline = ({ C }: { C: number }) => new Pipeline(prepare, new LogisticRegression({ C }));

const grid = { C: [0.01, 0.1, 1, 10] };
const search = await gridSearch(
  { grid, pipeline, scoring: scorers.rocAuc, cv: new StratifiedKFold({ nSplits: 5 }), refit: false },
  x.take(train),
  y.take(train),
);
for (const { params, scores } of search.candidates) {
  console.log(`C=${params.C}: AUC ${scores.rocAuc?.mean.toFixed(5)}`);
}

const model = pipeline(search.best.params).fit(x.take(train), y.take(train));
console.log(`test AUC ${rocAuc(y.take(test), model.predictProba(x.take(test))).toFixed(5)}`);
const report = classificationReport(y.take(test), model.predict(x.take(test)));
console.log(formatClassificationReport(report, { digits: 4 }));
