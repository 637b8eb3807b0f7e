import DESIGN from '../../wasm/design.wasm';
import {
  MAX_BYTES,
  setParameters,
  tryInstantiate,
  type WasmExports,
  type WasmGlobal,
} from '../wasm-module.js';
import { type DesignEngine, type DesignSizes, PANEL } from './design-engine.js';

/** The exports of wasm/design.ts: parameters and addresses. */
interface Module
  extends WasmExports<
    keyof DesignSizes | 'design' | 'coefficients' | 'scores' | 'shares' | 'weights' | 'sums'
  > {
  setUp(): void;
  score(): void;
  soften(): void;
  curve(): void;
  sumUp(): void;
}

/** `undefined` if WebAssembly does not compile, or its memory is too small. */
export function wasmDesignEngine(sizes: DesignSizes): DesignEngine | undefined {
  const { nPanels, nColumns, nGroups } = sizes;
  const nCells = nPanels * nColumns * PANEL;
  const nCoefficients = nGroups * nColumns * PANEL;
  const nScores = nGroups * nPanels * PANEL * PANEL;
  if (8 * (nCells + 3 * nCoefficients + 2 * nScores + nPanels * PANEL) > MAX_BYTES) return undefined;
  const module = tryInstantiate<Module>(DESIGN);
  if (!module) return undefined;
  setParameters<keyof DesignSizes>(module, sizes);
  module.setUp();
  const array = ({ value }: WasmGlobal, length: number) =>
    new Float64Array(module.memory.buffer, value, length);
  return {
    design: array(module.design, nCells),
    coefficients: array(module.coefficients, nCoefficients),
    scores: array(module.scores, nScores),
    shares: array(module.shares, nScores),
    weights: array(module.weights, nPanels * PANEL),
    sums: array(module.sums, 2 * nCoefficients),
    score: module.score,
    soften: module.soften,
    curve: module.curve,
    sumUp: module.sumUp,
  };
}
