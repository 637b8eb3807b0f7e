export { type JavaScriptModule, type JavaScriptOptions, toJavaScript } from './javascript/to-javascript.js';
export type { Condition, Expression, ProgramDatePart, UnaryFunction } from './program/expression.js';
export { lower } from './program/lowering/lower.js';
export type {
  ColumnId,
  ComputeStep,
  CouplingStep,
  KernelStep,
  NeighborsStep,
  Program,
  ProgramCheck,
  ProgramColumn,
  ProgramKernel,
  ProgramNode,
  ProgramOutput,
  ProgramStep,
  ProgramTree,
  TreesStep,
} from './program/program.js';
