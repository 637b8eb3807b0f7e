import type { ProgramOutput } from '../program/program.js';

/** The name of a module's function. */
export function verbOf(output: ProgramOutput): 'predict' | 'transform' {
  return output.kind === 'columns' && !output.arePredictions ? 'transform' : 'predict';
}
