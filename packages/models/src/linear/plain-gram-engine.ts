import { type GramEngine, type GramSizes, WIDTH } from './gram-engine.js';

const TILE = WIDTH * WIDTH;

/** The counterpart of wasm/gram.ts for when WebAssembly does not compile; results are bit-identical. */
export function plainGramEngine({ nLeft, nRight, nRows }: GramSizes): GramEngine {
  const panel = nRows * WIDTH;
  const left = new Float64Array(nLeft * panel);
  const right = new Float64Array(nRight * panel);
  const tiles = new Float64Array(nLeft * nRight * TILE);
  return {
    left,
    right,
    tiles,
    addProducts(rows, upperOnly) {
      for (let g = 0; g < nLeft; g++) {
        for (let h = upperOnly ? g : 0; h < nRight; h++) {
          const tile = (g * nRight + h) * TILE;
          for (let row = 0, s = g * panel, t = h * panel; row < rows; row++, s += WIDTH, t += WIDTH) {
            for (let at = 0; at < TILE; at++) tiles[tile + at] += left[s + (at >> 2)] * right[t + (at & 3)];
          }
        }
      }
    },
  };
}
