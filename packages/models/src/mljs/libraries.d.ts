/** The types used by tests of libraries that come without types. */
declare module 'ml-logistic-regression' {
  import type { Matrix } from 'ml-matrix';

  export default class LogisticRegression {
    constructor(options?: { numSteps?: number; learningRate?: number });
    readonly classifiers: { readonly weights: Matrix }[];
    train(rows: Matrix, codes: Matrix): void;
    predict(rows: Matrix): number[];
  }
}

declare module 'libsvm-js/asm.js' {
  export default class SVM {
    constructor(options?: object);
    train(samples: number[][], labels: number[]): void;
    predict(samples: number[][]): number[];
    serializeModel(): string;
    getSVIndices(): number[];
    free(): void;
  }
}
