import { readCsv } from '@churn/io';
import { Labels, Pipeline } from '@churn/core';
import { LogisticRegression } from '@churn/models';
import { trainTestSplit } from '@churn/selection';
import { MeanImputer, ModeImputer, CategoryEncoder, StandardScaler, SkewCorrector, PolynomialFeatures } from '@churn/transforms';
const t = await readCsv(process.env.CHURN_REAL_DATA);
const { codes, levels } = t.category('Attrition_Flag');
const y = Labels.from(Array.from(codes, c => levels[c]), ['Existing Customer', 'Attrited Customer']);
const x = t.drop(t.names.filter(n => /Unnamed|CLIENTNUM|Attrition|Naive/.test(n)));
const { train } = trainTestSplit(y, { testSize: .44, seed: 1 });
let X = x.take(train); const Y = y.take(train);
for (const s of [new MeanImputer(), new ModeImputer(), new SkewCorrector({threshold:.75}), new CategoryEncoder(), new PolynomialFeatures({degree:2}), new StandardScaler()]) X = s.fitTransform(X, Y).output;
console.log(X.nRows, X.names.length);
const specs = [0.001, 0.0063, 0.0398, 0.25, 1.58, 10].flatMap(C => ['l1', 'l2'].map(penalty => new LogisticRegression({ C, penalty, penalizeIntercept: true })));
for (let k = 0; k < 2; k++) {
let t0 = performance.now(); new LogisticRegression({ C: 10, penalty: 'l1' }).fit(X, Y); console.log('l1 C10', performance.now() - t0);
t0 = performance.now(); const f = specs[0].fitMany(X, Y, specs); console.log('fitMany 12', performance.now() - t0, f.map(m => m.state.iterations).join());
}
