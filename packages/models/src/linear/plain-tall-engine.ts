import { expOf } from '../plain-exponential.js';
import type { RowLoss, TallEngine, TallSizes } from './tall-engine.js';

/** The counterpart of wasm/tall.ts for when WebAssembly does not compile; results are bit-identical. */
export function plainTallEngine(
  { nColumns, nRows, nBlocks, nPieces }: TallSizes,
  { isTweedie, power }: RowLoss,
): TallEngine {
  const rows = new Float64Array(nBlocks * nColumns * nRows);
  const targets = new Float64Array(nBlocks * nRows);
  const weights = new Float64Array(nBlocks * nRows);
  const coefficients = new Float64Array(nColumns);
  const gradient = new Float64Array(nColumns);
  const hessian = new Float64Array(nColumns * nColumns);
  const slopes = new Float64Array(nRows);
  const curvatures = new Float64Array(nRows);
  const scaled = new Float64Array(nRows);

  const deriveRows = (block: number): void => {
    const first = block * nRows;
    for (let row = 0; row < nRows; row++) {
      let score = 0;
      for (let j = 0, at = first * nColumns + row; j < nColumns; j++, at += nRows)
        score += rows[at] * coefficients[j];
      if (isTweedie) deriveTweedie(row, score, targets[first + row], weights[first + row]);
      else deriveLogistic(row, score, targets[first + row], weights[first + row]);
    }
  };

  const deriveLogistic = (row: number, score: number, y: number, weight: number): void => {
    const less = expOf(-Math.abs(score));
    const larger = 1 / (1 + less);
    const smaller = less * larger;
    slopes[row] = weight * ((score < 0 ? smaller : larger) - y);
    curvatures[row] = weight * (larger * smaller);
  };

  const deriveTweedie = (row: number, score: number, y: number, weight: number): void => {
    const grown = power < 2 ? expOf((2 - power) * score) : 1;
    const shrunk = power > 1 ? y * expOf((1 - power) * score) : y;
    slopes[row] = weight * (grown - shrunk);
    curvatures[row] = weight * ((2 - power) * grown - (1 - power) * shrunk);
  };

  const addSlopes = (block: number, sums: Float64Array): void => {
    for (let j = 0, from = block * nColumns * nRows; j < nColumns; j++, from += nRows) {
      // WebAssembly keeps separate sums of every fourth row.
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let row = 0; row < nRows; row += 4) {
        s0 += rows[from + row] * slopes[row];
        s1 += rows[from + row + 1] * slopes[row + 1];
        s2 += rows[from + row + 2] * slopes[row + 2];
        s3 += rows[from + row + 3] * slopes[row + 3];
      }
      sums[j] += s0 + s2 + (s1 + s3);
    }
  };

  const addCurvatures = (block: number, sums: Float64Array): void => {
    const first = block * nColumns * nRows;
    for (let j = 0; j < nColumns; j++) {
      for (let row = 0; row < nRows; row++) scaled[row] = curvatures[row] * rows[first + j * nRows + row];
      for (let k = j & ~3; k < nColumns; k++) {
        let even = 0;
        let odd = 0;
        for (let row = 0, from = first + k * nRows; row < nRows; row += 2) {
          even += rows[from + row] * scaled[row];
          odd += rows[from + row + 1] * scaled[row + 1];
        }
        sums[j * nColumns + k] += even + odd;
      }
    }
  };

  /** Sums over the blocks of each piece, and of these over the pieces. */
  const sumUp = (
    total: Float64Array,
    step: number,
    add: (block: number, sums: Float64Array) => void,
  ): void => {
    const nTaken = Math.ceil((nBlocks - (step >> 1)) / step);
    const sums = new Float64Array(total.length);
    total.fill(0);
    for (let piece = 0; piece < nPieces; piece++) {
      const end = Math.floor(((piece + 1) * nTaken) / nPieces);
      sums.fill(0);
      for (let at = Math.floor((piece * nTaken) / nPieces); at < end; at++)
        add(at * step + (step >> 1), sums);
      for (let at = 0; at < total.length; at++) total[at] += sums[at];
    }
  };

  return {
    rows,
    targets,
    weights,
    coefficients,
    gradient,
    hessian,
    standardise(at, length, centre, factor) {
      for (let i = at; i < at + length; i++) rows[i] = factor * (rows[i] - centre);
    },
    derive(withHessian, step) {
      sumUp(gradient, step, (block, sums) => {
        deriveRows(block);
        addSlopes(block, sums);
      });
      if (!withHessian) return;
      sumUp(hessian, step, (block, sums) => {
        deriveRows(block);
        addCurvatures(block, sums);
      });
    },
    close() {},
  };
}
