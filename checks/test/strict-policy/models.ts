// Used in Node, in workerd and in a page: models of each family, what they give, and what fitting them comes to.
import {
  type Classifier,
  type FittedClassifier,
  Labels,
  Pipeline,
  parseModel,
  serializeModel,
  type Table,
} from '@churn/core';
import { formatCsv, parseCsv, toTable } from '@churn/io';
import {
  CalibratedClassifier,
  DecisionTreeClassifier,
  DummyClassifier,
  GradientBoostingClassifier,
  LogisticRegression,
  RandomForestClassifier,
  SVC,
} from '@churn/models';
import { CategoryEncoder, MeanImputer, ModeImputer, StandardScaler } from '@churn/transforms';

const forest = new RandomForestClassifier({ nEstimators: 20, maxDepth: 6, seed: 1 });
export const CLASSIFIERS: Readonly<Record<string, Classifier>> = {
  'a baseline': new DummyClassifier(),
  'logistic regression': new LogisticRegression({ C: 0.5 }),
  'a decision tree': new DecisionTreeClassifier({ maxDepth: 5 }),
  'a random forest': forest,
  'gradient boosting': new GradientBoostingClassifier({ nEstimators: 20 }),
  'a machine with a linear kernel': new SVC({ kernel: 'linear' }),
  'a machine with a Gaussian kernel': new SVC({ kernel: 'rbf', C: 3 }),
  'a machine with a polynomial kernel': new SVC({ kernel: 'poly', degree: 2 }),
  'a machine with a sigmoid kernel': new SVC({ kernel: 'sigmoid', gamma: 0.1 }),
  'a calibrated forest': new CalibratedClassifier({ classifier: forest, cv: 3 }),
};
const RESTORABLE = [
  CategoryEncoder,
  MeanImputer,
  ModeImputer,
  StandardScaler,
  DummyClassifier,
  LogisticRegression,
  DecisionTreeClassifier,
  RandomForestClassifier,
  GradientBoostingClassifier,
  SVC,
  CalibratedClassifier,
];

/** Rows that go through CSV, with quotes and gaps: enough of them to be scored in all the ways that there are. */
function customers(): { readonly x: Table; readonly y: Labels } {
  const rows = Array.from({ length: 2500 }, (_, row) => [
    row % 17 === 0 ? '' : String(20 + ((row * 37) % 50)),
    String((row * 101) % 997),
    row % 19 === 0 ? '' : ['basic, old', 'the "plus"', 'pro'][row % 3],
  ]);
  const x = toTable(parseCsv(formatCsv(['age', 'spent', 'plan'], rows)));
  return { x, y: Labels.from(rows.map(([, spent, plan]) => Number(spent) > 500 !== (plan === 'pro'))) };
}

function fit(name: string): FittedClassifier {
  const { x, y } = customers();
  const rows = Int32Array.from({ length: 300 }, (_, row) => row);
  const steps = [new MeanImputer(), new ModeImputer(), new CategoryEncoder(), new StandardScaler()];
  return new Pipeline(steps, CLASSIFIERS[name]).fit(x.take(rows), y.take(rows));
}

/** The numbers to the last bit, as text. */
function bitsOf(columns: readonly Float64Array[]): string {
  return columns
    .map((column) =>
      Array.from(new BigUint64Array(column.slice().buffer), (bits) => bits.toString(36)).join(),
    )
    .join(' ');
}

const scoresOf = (model: FittedClassifier): string => bitsOf(model.predictProba(customers().x));

export async function modelFile(name: string): Promise<string> {
  return serializeModel(fit(name));
}

/** What the model in a file gives. */
export async function scoreFile(text: string): Promise<string> {
  const { model } = await parseModel(text, RESTORABLE);
  return scoresOf(model);
}

/** What a model fitted here gives, or why it cannot be. */
function scoreFitted(name: string): string {
  try {
    return scoresOf(fit(name));
  } catch (error) {
    const { name: type, code, message } = error as { name: string; code: string; message: string };
    return `${type} ${code}: ${message}`;
  }
}

/** Whether bytes become WebAssembly here. `(module)` */
function compilesBytes(): boolean {
  const { Module } = (
    globalThis as unknown as { WebAssembly: { Module: new (bytes: Uint8Array) => unknown } }
  ).WebAssembly;
  try {
    new Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    return true;
  } catch {
    return false;
  }
}

export interface Report {
  readonly compilesBytes: boolean;
  /** What the model of each file gives, and each model fitted here. */
  readonly scored: Readonly<Record<string, string>>;
  readonly fitted: Readonly<Record<string, string>>;
}

/** All of it, in a place that has nothing but the model files. */
export async function reportOn(files: Readonly<Record<string, string>>): Promise<Report> {
  const scored: Record<string, string> = {};
  for (const [name, text] of Object.entries(files)) scored[name] = await scoreFile(text);
  const fitted = Object.fromEntries(Object.keys(files).map((name) => [name, scoreFitted(name)]));
  return { compilesBytes: compilesBytes(), scored, fitted };
}
