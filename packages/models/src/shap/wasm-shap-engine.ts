import SHAP_TREES from '../../wasm/shap-trees.wasm';
import { setParameters, tryInstantiate, type WasmExports, type WasmGlobal } from '../wasm-module.js';
import type { ShapArrays, ShapEngine, ShapSizes } from './shap-engine.js';

/** What wasm/shap-trees.ts exports: parameters and addresses. */
interface Module extends WasmExports<keyof ShapSizes | keyof ShapArrays> {
  setUp(): void;
  explain(): void;
}

/** `undefined` where WebAssembly does not compile. */
export function wasmShapEngine(): ShapEngine | undefined {
  const module = tryInstantiate<Module>(SHAP_TREES);
  if (!module) return undefined;
  return {
    setUp(sizes) {
      const { nNodes, nPoints, nFeatures, nOutputs } = sizes;
      setParameters<keyof ShapSizes>(module, sizes);
      module.setUp();
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
