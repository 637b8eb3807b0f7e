import type { ProgramOutput } from '../program/program.js';

/** What the function of a module is called. */
export function verbOf(output: ProgramOutput): 'predict' | 'transform' {
  return output.kind === 'columns' && !output.arePredictions ? 'transform' : 'predict';
}
