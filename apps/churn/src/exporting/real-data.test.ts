import { type Classifier, Labels, Pipeline, type Table } from '@churn/core';
import { lower, toJavaScript } from '@churn/exchange';
import { readCsv } from '@churn/io';
import {
  CalibratedClassifier,
  GradientBoostingClassifier,
  LogisticRegression,
  RandomForestClassifier,
  VotingClassifier,
} from '@churn/models';
import {
  CategoryEncoder,
  MeanImputer,
  ModeImputer,
  OneHotEncoder,
  SkewCorrector,
  SplineTransformer,
  StandardScaler,
} from '@churn/transforms';

const file = process.env.CHURN_REAL_DATA;
const describeReal = file ? describe : describe.skip;
const why = file ? '' : ' (skipped: CHURN_REAL_DATA does not name the real file)';

const numeric = (classifier: Classifier, ...encoding: ConstructorParameters<typeof Pipeline>[0]) =>
  new Pipeline(
    [new MeanImputer(), new ModeImputer(), new SkewCorrector(), ...encoding, new StandardScaler()],
    classifier,
  );

const classifiers: Readonly<Record<string, () => Classifier>> = {
  boosting: () => new GradientBoostingClassifier(),
  'logistic regression of splines': () =>
    numeric(new LogisticRegression(), new SplineTransformer(), new OneHotEncoder()),
  'a random forest': () => numeric(new RandomForestClassifier(), new CategoryEncoder()),
  'a calibrated blend': () =>
    new CalibratedClassifier({
      classifier: new VotingClassifier({
        classifiers: [
          new GradientBoostingClassifier(),
          numeric(new LogisticRegression(), new OneHotEncoder()),
        ],
      }),
      method: 'beta',
      cv: 2,
    }),
};

describeReal(`exported to JavaScript, on all rows of the real file${why}`, () => {
  let x: Table;
  let y: Labels;

  beforeAll(async () => {
    const table = await readCsv(file as string);
    const { codes, levels } = table.category('Attrition_Flag');
    const labels = Array.from(codes, (code) => levels[code]);
    y = Labels.from(labels, ['Existing Customer', 'Attrited Customer']);
    x = table.drop(['Unnamed: 0', 'CLIENTNUM', 'Attrition_Flag']);
  });

  it.each(Object.keys(classifiers))('%s has the same probabilities within 1e-12', (name) => {
    const fitted = new Pipeline([], classifiers[name]()).fit(x, y);
    const { code } = toJavaScript(lower(fitted));
    const predict = new Function(`${code.replace(/^export /gm, '')}\nreturn predict;`)();
    const [, expected] = fitted.predictProba(x);
    const received: readonly { readonly probability: number }[] = predict(x.toRows());
    const gaps = received.map(({ probability }, row) => Math.abs(probability - expected[row]));
    expect(gaps).toHaveLength(x.nRows);
    expect(gaps.reduce((most, gap) => Math.max(most, gap), 0)).toBeLessThan(1e-12);
  });
});
