import fc from 'fast-check';
import { KERNELS, type Kernel } from './kernel.js';
import type { KernelEngine, KernelShape } from './kernel-engine.js';
import { plainKernelEngine } from './plain-kernel-engine.js';
import { wasmKernelEngine } from './wasm-kernel-engine.js';

/** The sums of four points, with rows, weights and points filled from the sequence `numbers`. */
function sumsOf(engine: KernelEngine, numbers: readonly number[]): number[] {
  let at = 0;
  for (const array of [engine.rows, engine.weights, engine.points]) {
    for (let i = 0; i < array.length; i++) array[i] = numbers[at++ % numbers.length];
  }
  engine.prepare();
  engine.score();
  return Array.from(engine.sums);
}

function expectSame(shape: KernelShape, kernel: Kernel, numbers: readonly number[]): void {
  const plain = sumsOf(plainKernelEngine(shape, kernel), numbers);
  expect(plain).toEqual(sumsOf(wasmKernelEngine(shape, kernel)!, numbers));
}

it.each(KERNELS)('is bit-identical to WebAssembly for a %s kernel', (name) => {
  const size = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(
      fc.record({ nRows: size, nFeatures: size, nSums: fc.integer({ min: 1, max: 3 }) }),
      fc.record({
        gamma: fc.double({ min: 1e-3, max: 10, noNaN: true }),
        coef0: fc.double({ min: -3, max: 3, noNaN: true }),
        degree: fc.integer({ min: 1, max: 5 }),
      }),
      fc.array(fc.oneof(fc.double({ min: -3, max: 3, noNaN: true }), fc.double()), { minLength: 1 }),
      (shape, numbers, values) => expectSame(shape, { kernel: name, ...numbers }, values),
    ),
    { numRuns: 500 },
  );
});

it('has the same hyperbolic tangent as WebAssembly, from the smallest to the largest numbers', () => {
  const shape = { nRows: 1, nFeatures: 1, nSums: 1 };
  const kernel: Kernel = { kernel: 'sigmoid', gamma: 1, coef0: 0, degree: 1 };
  const [plain, wasm] = [plainKernelEngine(shape, kernel), wasmKernelEngine(shape, kernel)!];
  for (const engine of [plain, wasm]) {
    engine.rows.fill(1);
    engine.weights.set([1, 0, 0, 0]);
    engine.prepare();
  }
  const values = Array.from(
    { length: 200_000 },
    (_, i) => (i % 2 ? -1 : 1) * 10 ** (-17 + (i / 200_000) * 19),
  );
  values.push(0, -0, NaN, Infinity, -Infinity, 5e-324, 1e-310, 20, 20.00001, 0.5493063926696777);
  for (let i = 0; i < values.length; i += 4) {
    plain.points.set(values.slice(i, i + 4));
    wasm.points.set(values.slice(i, i + 4));
    plain.score();
    wasm.score();
    for (let k = 0; k < 4; k++) {
      if (!Object.is(plain.sums[k], wasm.sums[k])) throw new Error(`tanh of ${values[i + k]} differs`);
    }
  }
});
