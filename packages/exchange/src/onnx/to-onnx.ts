import { ChurnError, type ClassLabel } from '@churn/core';
import type { Program, ProgramOutput, ProgramStep } from '../program/program.js';
import { encodeModel } from './encode-model.js';
import { conditionValue, expressionValue } from './expression-value.js';
import { defineKernel } from './kernel-value.js';
import { defineNeighbors } from './neighbors-value.js';
import { writeOutputs } from './outputs.js';
import { constantCondition } from './row-conditions.js';
import { type RowCondition, RowGraph } from './row-graph.js';
import { defineTrees } from './trees-value.js';

export interface OnnxOptions {
  /**
   * What the graph takes: an input a raw column (`'columns'`, the default), of shape [N, 1] and named like it; or one matrix of numbers
   * (`'matrix'`), `features` of shape [N, columns], where no column is of texts.
   */
  readonly input?: 'columns' | 'matrix';
  /** The columns of the matrix in their order, of which the program may read some alone. Default: those that it reads. */
  readonly features?: readonly string[];
  /** The text that stands for a missing one, in and out, since ONNX has no other. Default: the empty one. */
  readonly missingText?: string;
  /** What else the file says of the model, such as its hash. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Writes a program as a model of ONNX, in opset 21 and ai.onnx.ml 5, of tensors alone. Numbers are doubles, `NaN` if they are missing;
 * texts are strings, if they are missing `missingText`.
 *
 * Outputs of a classifier: `probabilities`, doubles of shape [N, classes], and `label` of shape [N], a string, or an `int64` where the
 * classes are integers or booleans (1 and 0), or else a double. Of a regressor: `amount`, doubles of shape [N]. Without a model:
 * `numbers` and `texts`, of shapes [N, columns]. Rows that the pipeline refuses have `NaN`, `missingText`, and the least `int64`.
 * Classes, threshold and columns stand in the metadata.
 *
 * @throws `unsupported`, naming the step, if ONNX has no operators for it; if a column has no name; and for a matrix of columns of which
 * some are of texts; and if `missingText` is a level.
 */
export function toOnnx(program: Program, options: OnnxOptions = {}): Uint8Array {
  const { input = 'columns', missingText = '', metadata = {} } = options;
  const read = program.inputs.map((id) => program.columns[id].name);
  const features = input === 'matrix' ? (options.features ?? read) : read;
  const graph = new RowGraph(missingText);
  requireInputs(program);
  graph.scope = 'inputs';
  if (input === 'columns') graph.addInputs(program);
  else {
    requireNumbers(program, features);
    graph.addMatrixInput(program, features);
  }
  for (const step of program.steps) inScope(graph, step.of, () => defineStep(graph, step));
  graph.scope = 'checks';
  const refused = program.checks
    .map(({ when }): RowCondition => conditionValue(graph, when))
    .reduce((left, right) => graph.test('Or', left, right), constantCondition(graph, false));
  graph.scope = 'outputs';
  writeOutputs(graph, program, refused);
  return encodeModel(
    graph,
    new Map([...Object.entries(described(program, features)), ...Object.entries(metadata)]),
  );
}

function defineStep(graph: RowGraph, step: ProgramStep): void {
  switch (step.kind) {
    case 'compute':
      for (const { id, value } of step.columns) graph.define(id, expressionValue(graph, value));
      break;
    case 'trees':
      defineTrees(graph, step);
      break;
    case 'kernel':
      defineKernel(graph, step);
      break;
    case 'neighbors':
      defineNeighbors(graph, step);
      break;
    case 'coupling':
      throw new ChurnError(
        'unsupported',
        'ONNX does not carry what is found by iteration, the probabilities of more than two classes by those of their pairs; expected another model, or an export to js',
      );
  }
}

/** Names the step in errors. */
function inScope(graph: RowGraph, scope: string, define: () => void): void {
  graph.scope = scope;
  try {
    define();
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    throw new ChurnError(error.code, `${scope}: ${error.message}`, { cause: error });
  }
}

function requireInputs({ inputs, columns }: Program): void {
  if (inputs.length === 0) {
    throw new ChurnError(
      'unsupported',
      'a graph of ONNX gives a prediction for each row of its inputs; expected a model that reads a column, got one that predicts the same for all rows',
    );
  }
  const isNameless = inputs.some((id) => columns[id].name === '');
  if (isNameless) {
    throw new ChurnError(
      'unsupported',
      'inputs of ONNX have names; expected a name for each column, got an empty one',
    );
  }
}

function requireNumbers({ inputs, columns }: Program, features: readonly string[]): void {
  const unnamed = inputs.find((id) => !features.includes(columns[id].name));
  if (unnamed !== undefined) {
    throw new ChurnError(
      'invalid-parameter',
      `features: expected ${columns[unnamed].name} among them, which the program reads`,
    );
  }
  const text = inputs.find((id) => columns[id].kind === 'text');
  if (text === undefined) return;
  throw new ChurnError(
    'unsupported',
    `a matrix of ONNX holds numbers; expected numeric columns, but ${columns[text].name} has texts; take an input a column instead`,
  );
}

/** The program in words, for the metadata. */
function described({ columns, output }: Program, inputs: readonly string[]): Record<string, string> {
  const namesOf = (ids: readonly number[]) => JSON.stringify(ids.map((id) => columns[id].name));
  return { inputs: JSON.stringify(inputs), ...describedOutput(output, namesOf) };
}

function describedOutput(
  output: ProgramOutput,
  namesOf: (ids: readonly number[]) => string,
): Record<string, string> {
  if (output.kind === 'columns') {
    return { columns: output.names ? JSON.stringify(output.names) : namesOf(output.columns) };
  }
  if (output.kind === 'amount') return {};
  const classes = JSON.stringify(output.classes satisfies readonly ClassLabel[]);
  return output.threshold === undefined ? { classes } : { classes, threshold: String(output.threshold) };
}
