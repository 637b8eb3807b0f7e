import SHAP_TREES from '../../wasm/shap-trees.wasm';
import { tryInstantiate, type WasmGlobal, type WasmMemory } from '../wasm-module.js';
import type { ShapArrays, ShapEngine } from './shap-engine.js';

/** What wasm/shap-trees.ts exports. The numbers in globals are addresses in the memory. */
type Module = { readonly [Name in keyof ShapArrays]: WasmGlobal } & {
  readonly memory: WasmMemory;
  setUp(nNodes: number, nPoints: number, nFeatures: number, nOutputs: number): void;
  explain(): void;
};

/** `undefined` where WebAssembly does not compile. */
export function wasmShapEngine(): ShapEngine | undefined {
  const module = tryInstantiate<Module>(SHAP_TREES);
  if (!module) return undefined;
  return {
    setUp({ nNodes, nPoints, nFeatures, nOutputs }) {
      module.setUp(nNodes, nPoints, nFeatures, nOutputs);
      const { buffer } = module.memory;
      const words = ({ value }: WasmGlobal) => new Int32Array(buffer, value, nNodes);
      const numbers = ({ value }: WasmGlobal, length: number) => new Float64Array(buffer, value, length);
      return {
        features: words(module.features),
        lefts: words(module.lefts),
        edges: words(module.edges),
        before: words(module.before),
        unknown: numbers(module.unknown, nNodes),
        known: new Uint8Array(buffer, module.known.value, nNodes),
        values: numbers(module.values, nNodes * nOutputs),
        stays: numbers(module.stays, nNodes * nPoints),
        ceases: numbers(module.ceases, nNodes * nPoints),
        weights: numbers(module.weights, nNodes * nPoints),
        otherWeights: numbers(module.otherWeights, nPoints),
        found: numbers(module.found, nOutputs * nFeatures),
      };
    },
    explain: module.explain,
  };
}
