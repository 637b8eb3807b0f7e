import type { ShapArrays, ShapEngine, ShapSizes, UnitSizes } from './shap-engine.js';

/** The counterpart of wasm/shap-trees.ts for when WebAssembly does not compile; results are bit-identical. */
export function plainShapEngine(): ShapEngine {
  let rows: PlainShapRows;
  return {
    setUp(sizes) {
      rows = new PlainShapRows(sizes);
      return rows.arrays;
    },
    pass: (column, bin, isRight, earlier, to) =>
      rows.pass(column, (code) => code > bin === isRight, earlier, to),
    passBySet(column, isRight, earlier, to) {
      const { set } = rows.arrays;
      rows.pass(column, (code) => ((set[code >> 5] >>> (code & 31)) & 1) === Number(isRight), earlier, to);
    },
    explain: (unit) => rows.explain(unit),
  };
}

class PlainShapRows {
  readonly arrays: ShapArrays;
  readonly #sizes: ShapSizes;
  /** [nFlags][nRows]: whether a row satisfies all splits up to an edge that use the feature of the edge. */
  readonly #flags: Uint8Array;
  /** Whether the current state has the flag of each edge. */
  readonly #known: Uint8Array;
  /** For each point, the product of the factors on the path to each node, and the sum of the products of the leaves below. */
  readonly #products: Float64Array;
  readonly #sums: Float64Array;

  constructor(sizes: ShapSizes) {
    const { nRows, nColumns, nFlags, nEdges, nNodes, nPoints, nOutputs, nFound } = sizes;
    this.#sizes = sizes;
    this.#flags = new Uint8Array(nFlags * nRows);
    this.#known = new Uint8Array(nEdges);
    this.#products = new Float64Array(nNodes * nPoints);
    this.#sums = new Float64Array(nNodes * nPoints);
    this.arrays = {
      codes: new Uint8Array(nColumns * nRows),
      set: new Int32Array(8),
      found: new Float64Array(nFound * nRows),
      flagsOf: new Int32Array(nEdges),
      before: new Int32Array(nEdges),
      slots: new Int32Array(nEdges),
      targets: new Int32Array(nEdges),
      stays: new Float64Array(nEdges * nPoints),
      ceases: new Float64Array(nEdges * nPoints),
      shares: new Float64Array(nEdges),
      weights: new Float64Array(nEdges * nPoints),
      otherWeights: new Float64Array(nPoints),
      lefts: new Int32Array(nNodes),
      values: new Float64Array(nNodes * nOutputs),
    };
  }

  pass(column: number, goes: (code: number) => boolean, earlier: number, to: number): void {
    const { nRows } = this.#sizes;
    const flags = this.#flags;
    for (let row = 0; row < nRows; row++) {
      const passed = goes(this.arrays.codes[column * nRows + row]);
      flags[to * nRows + row] = Number(passed && (earlier < 0 || flags[earlier * nRows + row] === 1));
    }
  }

  explain(unit: UnitSizes): void {
    const { nRows, nOutputs, nFound } = this.#sizes;
    const { found, targets } = this.arrays;
    for (const rows of this.#states(unit)) {
      this.#take(unit, rows[0]);
      this.#multiply(unit);
      for (let output = 0; output < nOutputs; output++) {
        const added = this.#contributions(unit, output);
        const first = (nFound / nOutputs) * output;
        added.forEach((value, slot) => {
          for (const row of rows) found[(first + targets[slot]) * nRows + row] += value;
        });
      }
    }
  }

  /** The rows that have the same flags. */
  #states({ onPath, nodeCount }: UnitSizes): Iterable<number[]> {
    const { nRows } = this.#sizes;
    const { flagsOf } = this.arrays;
    const telling = Array.from({ length: onPath + (nodeCount >> 1) }, (_, number) =>
      number < onPath ? number : 2 * number - onPath,
    );
    const states = new Map<string, number[]>();
    for (let row = 0; row < nRows; row++) {
      const key = telling.map((edge) => this.#flags[flagsOf[edge] * nRows + row]).join('');
      const rows = states.get(key);
      if (rows) rows.push(row);
      else states.set(key, [row]);
    }
    return states.values();
  }

  /** Reads the flags of a row. */
  #take({ onPath, nodeCount }: UnitSizes, row: number): void {
    const { nRows } = this.#sizes;
    const { flagsOf, before } = this.arrays;
    const known = this.#known;
    for (let edge = 0; edge < onPath + nodeCount - 1; edge++) {
      if (edge < onPath || (edge - onPath) % 2 === 0) known[edge] = this.#flags[flagsOf[edge] * nRows + row];
      else known[edge] = Number((before[edge] < 0 || known[before[edge]]) && !known[edge - 1]);
    }
  }

  /** The product of the factors of all features on the path to each node. */
  #multiply({ onPath, nodeCount, pointCount }: UnitSizes): void {
    const { nPoints } = this.#sizes;
    const { lefts, before, stays, ceases, shares } = this.arrays;
    const known = this.#known;
    const products = this.#products;
    for (let q = 0; q < pointCount; q++) {
      let product = 1;
      for (let edge = 0; edge < onPath; edge++) {
        product *= (known[edge] ? stays : ceases)[edge * nPoints + q];
      }
      products[q] = product;
    }
    for (let node = 0; node < nodeCount; node++) {
      if (lefts[node] === 0) continue;
      for (let child = lefts[node]; child < lefts[node] + 2; child++) {
        const edge = onPath + child - 1;
        const isOpen = before[edge] < 0 || known[before[edge]];
        const by = known[edge] ? stays : ceases;
        for (let q = 0; q < pointCount; q++) {
          const factor = isOpen ? by[edge * nPoints + q] : shares[edge];
          products[child * nPoints + q] = products[node * nPoints + q] * factor;
        }
      }
    }
  }

  /** Sums up the leaves below each node, and the contribution of each edge by the features of the unit. */
  #contributions({ onPath, nodeCount, pointCount, slotCount }: UnitSizes, output: number): Float64Array {
    const { nPoints, nOutputs } = this.#sizes;
    const { lefts, before, slots, values } = this.arrays;
    const products = this.#products;
    const sums = this.#sums;
    const added = new Float64Array(slotCount);
    for (let node = nodeCount - 1; node >= 0; node--) {
      const at = node * nPoints;
      const left = lefts[node] * nPoints;
      for (let q = 0; q < pointCount; q++) {
        sums[at + q] =
          left === 0
            ? values[node * nOutputs + output] * products[at + q]
            : sums[left + q] + sums[left + nPoints + q];
      }
      if (node === 0) continue;
      const edge = onPath + node - 1;
      added[slots[edge]] += this.#without(at, edge, pointCount);
      // The previous edge of the feature counted these leaves, too.
      if (before[edge] >= 0) added[slots[edge]] -= this.#without(at, before[edge], pointCount);
    }
    for (let edge = 0; edge < onPath; edge++) added[slots[edge]] += this.#without(0, edge, pointCount);
    return added;
  }

  /** The integral of the sums without the factor of the edge's feature, times the change from knowing the feature. */
  #without(sum: number, edge: number, pointCount: number): number {
    const { weights, otherWeights } = this.arrays;
    const by = this.#known[edge] ? weights : otherWeights;
    const start = this.#known[edge] ? edge * this.#sizes.nPoints : 0;
    let integral = 0;
    for (let q = 0; q < pointCount; q++) integral += this.#sums[sum + q] * by[start + q];
    return integral;
  }
}
