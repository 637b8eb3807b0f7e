/** Types of libraries without their own, as far as the benchmarks use them. */
declare module 'libsvm-js' {
  type Engine = import('@churn/models/mljs').LibsvmEngine;
  const loading: Promise<Engine & { readonly prototype: InstanceType<Engine> }>;
  export default loading;
}

declare module 'ml-logistic-regression' {
  type Engine = import('@churn/models/mljs').MlLogisticRegressionEngine<import('ml-matrix').Matrix>;
  const LogisticRegression: Engine['LogisticRegression'] & {
    readonly prototype: InstanceType<Engine['LogisticRegression']>;
  };
  export default LogisticRegression;
}
