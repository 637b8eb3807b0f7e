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
   * The inputs of the graph: one per raw column (`'columns'`, default), of shape [N, 1] and with the name of the column; or a single numeric matrix
   * (`'matrix'`), `features` of shape [N, columns], if no column contains texts.
   */
  readonly input?: 'columns' | 'matrix';
  /** The columns of the matrix in order, which must include all that the program reads. Default: those that it reads. */
  readonly features?: readonly string[];
  /** The text for missing values in inputs and outputs, since ONNX has no missing texts. Default: the empty text. */
  readonly missingText?: string;
  /** Additional metadata, such as the hash of the model. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Writes a program as an ONNX model in opset 21 and ai.onnx.ml 5, using only tensors. Numbers are doubles, `NaN` if missing; texts are strings,
 * `missingText` if missing.
 *
 * Outputs of a classifier: `probabilities`, doubles of shape [N, classes], and `label` of shape [N]: a string, an `int64` if the classes are integers
 * or booleans (1 and 0), otherwise a double. Of a regressor: `amount`, doubles of shape [N]. Without a model: `numbers` and `texts`, of shape
 * [N, columns]. For rows that the pipeline rejects they are `NaN`, `missingText` and the smallest `int64`. Classes, threshold and columns are in the
 * metadata.
 *
 * @throws `unsupported`, naming the step, if ONNX has no operators for it, if a column has no name, for a matrix of columns that contain texts, and
 * if `missingText` is a level.
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
  const rejected = program.checks
    .map(({ when }): RowCondition => conditionValue(graph, when))
    .reduce((left, right) => graph.test('Or', left, right), constantCondition(graph, false));
  graph.scope = 'outputs';
  writeOutputs(graph, program, rejected);
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
        'ONNX does not support the iteration that computes class probabilities from those of pairs; use another model, or an export to js',
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
      'an ONNX graph has one prediction per row of its inputs; expected a model that reads a column, got one with the same prediction for all rows',
    );
  }
  const isNameless = inputs.some((id) => columns[id].name === '');
  if (isNameless) {
    throw new ChurnError(
      'unsupported',
      'ONNX inputs have names; expected a name for each column, got an empty one',
    );
  }
}

function requireNumbers({ inputs, columns }: Program, features: readonly string[]): void {
  const unnamed = inputs.find((id) => !features.includes(columns[id].name));
  if (unnamed !== undefined) {
    throw new ChurnError(
      'invalid-parameter',
      `features: expected all columns that the program reads, but ${columns[unnamed].name} is missing`,
    );
  }
  const text = inputs.find((id) => columns[id].kind === 'text');
  if (text === undefined) return;
  throw new ChurnError(
    'unsupported',
    `an ONNX matrix holds numbers; expected numeric columns, but ${columns[text].name} has texts; use one input per column instead`,
  );
}

/** A description of the program for the metadata. */
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
