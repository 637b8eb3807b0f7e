import { expOf } from '../plain-exponential.js';
import { type DesignEngine, type DesignSizes, PANEL } from './design-engine.js';

/** The counterpart of wasm/design.ts for when WebAssembly does not compile; results are bit-identical. */
export function plainDesignEngine({ nPanels, nColumns, nGroups, nClasses }: DesignSizes): DesignEngine {
  const design = new Float64Array(nPanels * nColumns * PANEL);
  const coefficients = new Float64Array(nGroups * nColumns * PANEL);
  const scores = new Float64Array(nGroups * nPanels * PANEL * PANEL);
  const sums = new Float64Array(2 * coefficients.length);
  const shares = new Float64Array(scores.length);
  const nRows = nPanels * PANEL;
  const weights = new Float64Array(nRows);
  const all = nClasses * nRows;
  return {
    design,
    coefficients,
    scores,
    shares,
    weights,
    sums,
    score() {
      for (let code = 0; code < nGroups * PANEL; code++) {
        const first = (code >> 2) * nColumns * PANEL + (code & 3);
        for (let row = 0; row < nRows; row++) {
          let x = (row >> 2) * nColumns * PANEL + (row & 3);
          let sum = 0;
          for (let j = 0, w = first; j < nColumns; j++, x += PANEL, w += PANEL)
            sum += design[x] * coefficients[w];
          scores[code * nRows + row] = sum;
        }
      }
    },
    soften() {
      for (let row = 0; row < nRows; row++) {
        let most = scores[row];
        for (let at = row + nRows; at < all; at += nRows) most = Math.max(most, scores[at]);
        let total = 0;
        for (let at = row; at < all; at += nRows) {
          shares[at] = expOf(scores[at] - most);
          total += shares[at];
        }
        for (let at = row; at < all; at += nRows) shares[at] /= total;
      }
    },
    curve() {
      for (let row = 0; row < nRows; row++) {
        let mean = 0;
        for (let at = row; at < all; at += nRows) mean += shares[at] * scores[at];
        for (let at = row; at < all; at += nRows)
          scores[at] = weights[row] * shares[at] * (scores[at] - mean);
      }
    },
    sumUp() {
      sums.fill(0);
      for (let code = 0; code < nGroups * PANEL; code++) {
        const first = 2 * ((code >> 2) * nColumns * PANEL + (code & 3));
        for (let panel = 0, x = 0; panel < nPanels; panel++) {
          const at = code * nRows + panel * PANEL;
          for (let j = 0, to = first; j < nColumns; j++, x += PANEL, to += 2 * PANEL) {
            sums[to] += design[x] * scores[at] + design[x + 2] * scores[at + 2];
            sums[to + 1] += design[x + 1] * scores[at + 1] + design[x + 3] * scores[at + 3];
          }
        }
      }
    },
  };
}
