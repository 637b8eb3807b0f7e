import { expOf } from '../plain-exponential.js';
import type { LogisticEngine, LogisticSizes } from './logistic-engine.js';

/** Does what wasm/logistic.ts does, in the same order and so bit for bit, where WebAssembly does not compile. */
export function plainLogisticEngine({ nColumns, nRows }: LogisticSizes): LogisticEngine {
  const block = new Float64Array(nColumns * nRows);
  const targets = new Float64Array(nRows);
  const weights = new Float64Array(nRows);
  const coefficients = new Float64Array(nColumns);
  const gradient = new Float64Array(nColumns);
  const gradientAtZero = new Float64Array(nColumns);
  const hessian = new Float64Array(nColumns * nColumns);
  const slopes = new Float64Array(nRows);
  const curvatures = new Float64Array(nRows);
  const scaled = new Float64Array(nRows);

  const addSlopes = (sums: Float64Array): void => {
    for (let j = 0, from = 0; j < nColumns; j++, from += nRows) {
      // WebAssembly adds up every fourth row apart.
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let row = 0; row < nRows; row += 4) {
        s0 += block[from + row] * slopes[row];
        s1 += block[from + row + 1] * slopes[row + 1];
        s2 += block[from + row + 2] * slopes[row + 2];
        s3 += block[from + row + 3] * slopes[row + 3];
      }
      sums[j] += s0 + s2 + (s1 + s3);
    }
  };

  const addCurvatures = (): void => {
    for (let j = 0; j < nColumns; j++) {
      for (let row = 0; row < nRows; row++) scaled[row] = curvatures[row] * block[j * nRows + row];
      for (let k = j & ~3; k < nColumns; k++) {
        let even = 0;
        let odd = 0;
        for (let row = 0, from = k * nRows; row < nRows; row += 2) {
          even += block[from + row] * scaled[row];
          odd += block[from + row + 1] * scaled[row + 1];
        }
        hessian[j * nColumns + k] += even + odd;
      }
    }
  };

  return {
    block,
    targets,
    weights,
    coefficients,
    gradient,
    gradientAtZero,
    hessian,
    begin() {
      for (const sums of [gradient, gradientAtZero, hessian]) sums.fill(0);
    },
    addBlock(withHessian) {
      for (let row = 0; row < nRows; row++) {
        let score = 0;
        for (let j = 0, at = row; j < nColumns; j++, at += nRows) score += block[at] * coefficients[j];
        const power = expOf(-Math.abs(score));
        const less = 1 / (1 + power);
        const rest = power * less;
        slopes[row] = weights[row] * ((score < 0 ? rest : less) - targets[row]);
        curvatures[row] = weights[row] * (less * rest);
      }
      addSlopes(gradient);
      if (withHessian) addCurvatures();
    },
    addBlockAtZero() {
      for (let row = 0; row < nRows; row++) slopes[row] = weights[row] * (0.5 - targets[row]);
      addSlopes(gradientAtZero);
    },
  };
}
