import { z } from 'zod';

/** A value of a parameter, or several that the search tries. */
function oneOrMore<T extends z.ZodType>(value: T) {
  return z
    .union([value, z.array(value).min(1)])
    .transform((given): z.output<T>[] => (Array.isArray(given) ? given : [given]));
}

const C = oneOrMore(z.number().positive());
/** The degree of the polynomial features that the columns are expanded to; 1 for the columns alone. */
const degree = oneOrMore(z.int().min(1).max(3)).prefault(1);
const count = oneOrMore(z.int().min(1));
const maxFeatures = oneOrMore(z.union([z.enum(['sqrt', 'log2', 'all']), z.number().positive()]));
const gamma = oneOrMore(z.union([z.enum(['scale', 'auto']), z.number().positive()]));
const classWeight = oneOrMore(z.literal('balanced').nullable()).prefault(null);

const logisticRegression = z.strictObject({
  type: z.literal('LogisticRegression'),
  degree,
  penalty: oneOrMore(z.enum(['l1', 'l2'])).prefault('l2'),
  C: C.prefault(1),
  classWeight,
});

const randomForest = z.strictObject({
  type: z.literal('RandomForestClassifier'),
  degree,
  nEstimators: count.prefault(100),
  criterion: oneOrMore(z.enum(['gini', 'entropy'])).prefault('gini'),
  maxDepth: oneOrMore(z.int().min(1).nullable()).prefault(null),
  maxFeatures: maxFeatures.prefault('sqrt'),
  minSamplesLeaf: count.prefault(1),
  classWeight,
});

const gradientBoosting = z.strictObject({
  type: z.literal('GradientBoostingClassifier'),
  degree,
  nEstimators: count.prefault(100),
  learningRate: oneOrMore(z.number().positive()).prefault(0.1),
  maxLeafNodes: oneOrMore(z.int().min(2)).prefault(31),
  minSamplesLeaf: count.prefault(20),
  l2Regularization: oneOrMore(z.number().min(0)).prefault(0),
  classWeight,
});

/** What both machines have, ours and that of libsvm. */
const machine = {
  degree,
  C: C.prefault(1),
  kernel: oneOrMore(z.enum(['linear', 'poly', 'rbf', 'sigmoid'])).prefault('rbf'),
  gamma: gamma.prefault('scale'),
  /** The degree of the polynomial kernel. */
  kernelDegree: count.prefault(3),
};

const svc = z.strictObject({ type: z.literal('SVC'), ...machine, classWeight });

const mlLogisticRegression = z.strictObject({
  type: z.literal('MlLogisticRegression'),
  degree,
  numSteps: count.prefault(1000),
  learningRate: oneOrMore(z.number().positive()).prefault(0.005),
});

const mlRandomForest = z.strictObject({
  type: z.literal('MlRandomForest'),
  degree,
  nEstimators: count.prefault(50),
  maxFeatures: maxFeatures.prefault('all'),
  maxDepth: oneOrMore(z.int().min(1).nullable()).prefault(null),
});

const libsvmSvc = z.strictObject({ type: z.literal('LibsvmSvc'), ...machine });

/** A model of a configuration, each parameter a value or a list of values: all their combinations are candidates. */
export const modelGrid = z.discriminatedUnion('type', [
  logisticRegression,
  randomForest,
  gradientBoosting,
  svc,
  mlLogisticRegression,
  mlRandomForest,
  libsvmSvc,
]);

/** The values of each parameter of a model, as a list even of one. */
type ModelGrid = z.infer<typeof modelGrid>;

/** One combination of the values of a grid. */
export type ModelParameters = Single<ModelGrid>;

/** A candidate of the search: which model of the configuration it is, and its parameters. */
export type Candidate = ModelParameters & { readonly model: string };

type Single<T> = T extends unknown
  ? { readonly [K in keyof T]: T[K] extends readonly (infer V)[] ? V : T[K] }
  : never;
