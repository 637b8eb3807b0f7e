import { type GramEngine, type GramSizes, WIDTH } from './gram-engine.js';

const TILE = WIDTH * WIDTH;

/** The counterpart of wasm/gram.ts for when WebAssembly does not compile; results are bit-identical. */
export function plainGramEngine({ nLeft, nRight, nRows }: GramSizes): GramEngine {
  const panelSize = nRows * WIDTH;
  const columns = new Float64Array(panelSize);
  const centres = new Float64Array(WIDTH);
  const weights = new Float64Array(nRows);
  const moments = new Float64Array(2 * WIDTH);
  const left = new Float64Array(nLeft * panelSize);
  const right = new Float64Array(nRight * panelSize);
  const tiles = new Float64Array(nLeft * nRight * TILE);
  // WebAssembly keeps separate sums of every fourth row.
  const sums = new Float64Array(4);
  const squares = new Float64Array(4);
  const total = ([s0, s1, s2, s3]: Float64Array) => s0 + s2 + (s1 + s3);
  return {
    columns,
    centres,
    weights,
    moments,
    tiles,
    addMoments() {
      for (let k = 0; k < WIDTH; k++) {
        sums.fill(0);
        squares.fill(0);
        for (let row = 0; row < nRows; row++) {
          const value = columns[k * nRows + row] - centres[k];
          sums[row & 3] += weights[row] * value;
          squares[row & 3] += weights[row] * value * value;
        }
        moments[2 * k] += total(sums);
        moments[2 * k + 1] += total(squares);
      }
    },
    pack(panel, isLeft) {
      const side = isLeft ? left : right;
      for (let row = 0, to = panel * panelSize; row < nRows; row++) {
        const weight = isLeft ? weights[row] : 1;
        for (let k = 0; k < WIDTH; k++, to++) side[to] = weight * (columns[k * nRows + row] - centres[k]);
      }
    },
    addProducts(upperOnly) {
      for (let g = 0; g < nLeft; g++) {
        for (let h = upperOnly ? g : 0; h < nRight; h++) {
          const tile = (g * nRight + h) * TILE;
          for (
            let row = 0, s = g * panelSize, t = h * panelSize;
            row < nRows;
            row++, s += WIDTH, t += WIDTH
          ) {
            for (let at = 0; at < TILE; at++) tiles[tile + at] += left[s + (at >> 2)] * right[t + (at & 3)];
          }
        }
      }
    },
  };
}
