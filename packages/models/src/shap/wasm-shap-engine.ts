import SHAP_TREES from '../../wasm/shap-trees.wasm';
import {
  addressOf,
  setParameters,
  tryInstantiate,
  type WasmExports,
  type WasmGlobal,
} from '../wasm-module.js';
import type { ShapArrays, ShapEngine, ShapSizes } from './shap-engine.js';

/** The exports of wasm/shap-trees.ts: parameters and addresses. */
interface Module extends WasmExports<keyof ShapSizes | keyof ShapArrays> {
  setUp(): void;
  pass(column: number, bin: number, isRight: boolean, earlier: number, to: number): void;
  passBySet(column: number, isRight: boolean, earlier: number, to: number): void;
  explain(onPath: number, nodeCount: number, pointCount: number, slotCount: number): void;
}

/** `undefined` if WebAssembly does not compile. */
export function wasmShapEngine(): ShapEngine | undefined {
  const module = tryInstantiate<Module>(SHAP_TREES);
  if (!module) return undefined;
  return {
    setUp(sizes) {
      const { nRows, nColumns, nEdges, nNodes, nPoints, nOutputs, nFound } = sizes;
      setParameters<keyof ShapSizes>(module, sizes);
      module.setUp();
      const { buffer } = module.memory;
      const words = ({ value }: WasmGlobal, length: number) => new Int32Array(buffer, value, length);
      const numbers = ({ value }: WasmGlobal, length: number) => new Float64Array(buffer, value, length);
      return {
        codes: new Uint8Array(buffer, addressOf(module.codes), nColumns * nRows),
        set: words(module.set, 8),
        found: numbers(module.found, nFound * nRows),
        flagsOf: words(module.flagsOf, nEdges),
        before: words(module.before, nEdges),
        slots: words(module.slots, nEdges),
        targets: words(module.targets, nEdges),
        stays: numbers(module.stays, nEdges * nPoints),
        ceases: numbers(module.ceases, nEdges * nPoints),
        shares: numbers(module.shares, nEdges),
        weights: numbers(module.weights, nEdges * nPoints),
        otherWeights: numbers(module.otherWeights, nPoints),
        lefts: words(module.lefts, nNodes),
        values: numbers(module.values, nNodes * nOutputs),
      };
    },
    pass: module.pass,
    passBySet: module.passBySet,
    explain: ({ onPath, nodeCount, pointCount, slotCount }) =>
      module.explain(onPath, nodeCount, pointCount, slotCount),
  };
}
