import type { KernelStep, NeighborsStep, ProgramStep } from '../program/program.js';
import { doublesInBase64, integersInBase64 } from './base64.js';
import { expressionSource, numberSource, type SourceContext } from './expression-source.js';
import { treesSource } from './trees-source.js';

/** A step as lines of a function, each of which defines columns. */
export function stepSource(step: ProgramStep, context: SourceContext): string[] {
  if (step.kind === 'compute') {
    return step.columns.map(
      ({ id, value }) =>
        `const ${context.variable(id)} = ${withoutBrackets(expressionSource(value, context))};`,
    );
  }
  const outputs = step.outputs.map((id) => context.variable(id)).join(', ');
  return [`const [${outputs}] = ${callSource(step, context)};`];
}

function callSource(step: Exclude<ProgramStep, { kind: 'compute' }>, context: SourceContext): string {
  switch (step.kind) {
    case 'trees':
      return treesSource(step, context);
    case 'kernel':
      return kernelSource(step, context);
    case 'neighbors':
      return neighborsSource(step, context);
    case 'coupling': {
      const pairs = step.pairs.map((id) => context.variable(id)).join(', ');
      return `${context.helper('coupled')}([${pairs}], ${step.outputs.length})`;
    }
  }
}

function kernelSource(step: KernelStep, context: SourceContext): string {
  const { kernel, features, vectors, weights, distances = 'differences' } = step;
  const squares = vectors.map((vector) => vector.reduce((sum, value) => sum + value * value, 0));
  const { gamma, coef0, degree } = { gamma: 0, coef0: 0, degree: 0, ...kernel };
  const machine = context.constant(
    'kernels',
    `{
  name: "${kernel.name}",
  gamma: ${numberSource(gamma)},
  coef0: ${numberSource(coef0)},
  degree: ${degree},
  isOfProducts: ${distances === 'products'},
  vectors: ${doubles(flat(vectors), context)},
  weights: [${weights.map((each) => doubles(each, context)).join(', ')}],
  squares: ${doubles(squares, context)},
}`,
  );
  return `${context.helper('kernelSums')}(${machine}, [${features.map((id) => context.variable(id)).join(', ')}])`;
}

function neighborsSource(step: NeighborsStep, context: SourceContext): string {
  const { features, rows, codes, nNeighbors, weights, p = 2, outputs } = step;
  const { text, width } = integersInBase64(Array.from(codes));
  const kept = context.constant(
    'rows',
    `{
  nNeighbors: ${nNeighbors},
  isWeighted: ${weights === 'distance'},
  power: ${p},
  nClasses: ${outputs.length},
  codes: ${context.helper('integers')}("${text}", ${width}),
  rows: ${doubles(flat(rows), context)},
}`,
  );
  const row = features.map((id) => context.variable(id)).join(', ');
  return `${context.helper('shareNeighbors')}(${kept}, [${row}])`;
}

function doubles(values: ArrayLike<number>, context: SourceContext): string {
  return `${context.helper('doubles')}("${doublesInBase64(values)}")`;
}

function flat(vectors: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(vectors.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const vector of vectors) {
    all.set(vector, at);
    at += vector.length;
  }
  return all;
}

/** Removes brackets around a whole expression. */
function withoutBrackets(source: string): string {
  if (!source.startsWith('(') || !source.endsWith(')')) return source;
  let depth = 0;
  for (let i = 0; i < source.length - 1; i++) {
    if (source[i] === '"') return source;
    if (source[i] === '(') depth++;
    else if (source[i] === ')' && --depth === 0) return source;
  }
  return source.slice(1, -1);
}
