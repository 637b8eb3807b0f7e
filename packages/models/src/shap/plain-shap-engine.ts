import type { ShapArrays, ShapEngine, ShapSizes } from './shap-engine.js';

/** Does what wasm/shap-trees.ts does, in the same order and so bit for bit, where WebAssembly does not compile. */
export function plainShapEngine(): ShapEngine {
  let tree: PlainShapTree;
  return {
    setUp(sizes) {
      tree = new PlainShapTree(sizes);
      return tree.arrays;
    },
    explain: () => tree.explain(),
  };
}

class PlainShapTree {
  readonly arrays: ShapArrays;
  readonly #sizes: ShapSizes;
  /** The product of the factors on the path to each node, a point after the other, and the sum of those of the leaves below. */
  readonly #products: Float64Array;
  readonly #sums: Float64Array;

  constructor(sizes: ShapSizes) {
    const { nNodes, nPoints, nFeatures, nOutputs } = sizes;
    this.#sizes = sizes;
    this.#products = new Float64Array(nNodes * nPoints);
    this.#sums = new Float64Array(nNodes * nPoints);
    this.arrays = {
      features: new Int32Array(nNodes),
      lefts: new Int32Array(nNodes),
      edges: new Int32Array(nNodes),
      before: new Int32Array(nNodes),
      unknown: new Float64Array(nNodes),
      known: new Uint8Array(nNodes),
      values: new Float64Array(nNodes * nOutputs),
      stays: new Float64Array(nNodes * nPoints),
      ceases: new Float64Array(nNodes * nPoints),
      weights: new Float64Array(nNodes * nPoints),
      otherWeights: new Float64Array(nPoints),
      found: new Float64Array(nOutputs * nFeatures),
    };
  }

  explain(): void {
    this.arrays.found.fill(0);
    this.#multiply();
    for (let output = 0; output < this.#sizes.nOutputs; output++) this.#contribute(output);
  }

  /** The product of the factors of all features on the path to each node. */
  #multiply(): void {
    const { features, lefts, before, known, unknown, stays, ceases } = this.arrays;
    const { nNodes, nPoints } = this.#sizes;
    const products = this.#products;
    products.fill(1, 0, nPoints);
    for (let node = 0; node < nNodes; node++) {
      if (features[node] < 0) continue;
      const from = node * nPoints;
      for (let child = lefts[node]; child < lefts[node] + 2; child++) {
        const earlier = before[child];
        const to = child * nPoints;
        if (known[earlier]) {
          const by = known[child] ? stays : ceases;
          for (let q = 0; q < nPoints; q++) products[to + q] = products[from + q] * by[to + q];
        } else {
          const share = unknown[earlier] > 0 ? unknown[child] / unknown[earlier] : 0;
          for (let q = 0; q < nPoints; q++) products[to + q] = products[from + q] * share;
        }
      }
    }
  }

  /** Sums up the leaves below each node, and adds what each edge contributes. */
  #contribute(output: number): void {
    const { features, lefts, edges, before, values, found } = this.arrays;
    const { nNodes, nPoints, nFeatures, nOutputs } = this.#sizes;
    const products = this.#products;
    const sums = this.#sums;
    for (let node = nNodes - 1; node >= 0; node--) {
      const at = node * nPoints;
      if (features[node] < 0) {
        const value = values[node * nOutputs + output];
        for (let q = 0; q < nPoints; q++) sums[at + q] = value * products[at + q];
      } else {
        const left = lefts[node] * nPoints;
        for (let q = 0; q < nPoints; q++) sums[at + q] = sums[left + q] + sums[left + nPoints + q];
      }
      if (node === 0) continue;
      let step = this.#without(at, node);
      // The edge before counted these leaves, too.
      if (before[node] > 0) step -= this.#without(at, before[node]);
      found[output * nFeatures + edges[node]] += step;
    }
  }

  /** The integral of sums without the factor of the feature that leads to `edge`, times what knowing it changes. */
  #without(sum: number, edge: number): number {
    const { known, unknown, weights, otherWeights } = this.arrays;
    const { nPoints } = this.#sizes;
    const by = known[edge] ? weights : otherWeights;
    const start = known[edge] ? edge * nPoints : 0;
    // WebAssembly adds up even points and odd ones apart.
    let even = 0;
    let odd = 0;
    for (let q = 0; q < nPoints; q += 2) {
      even += this.#sums[sum + q] * by[start + q];
      odd += this.#sums[sum + q + 1] * by[start + q + 1];
    }
    const integral = even + odd;
    return known[edge] ? (1 - unknown[edge]) * integral : -integral;
  }
}
