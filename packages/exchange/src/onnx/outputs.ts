import type { ClassLabel } from '@churn/core';
import type { Program, ProgramOutput } from '../program/program.js';
import type { ValueName } from './graph.js';
import type { RowCondition, RowGraph } from './row-graph.js';
import type { Tensor } from './tensor.js';

/** Writes the outputs, which are missing for rejected rows. */
export function writeOutputs(graph: RowGraph, program: Program, rejected: RowCondition): void {
  const { output } = program;
  switch (output.kind) {
    case 'classes':
      writeClasses(graph, output, rejected);
      break;
    case 'amount': {
      const name = graph.perRow(graph.where(rejected, graph.missing('number'), graph.column(output.amount)));
      const flat = graph.node('Reshape', [name, graph.integers([-1])]);
      graph.output(flat, { name: 'amount', type: 'double', dims: ['N'] });
      break;
    }
    case 'columns':
      writeColumns(graph, output.columns, rejected);
  }
}

function writeColumns(graph: RowGraph, ids: readonly number[], rejected: RowCondition): void {
  for (const kind of ['number', 'text'] as const) {
    const values = ids.map((id) => graph.column(id)).filter((value) => value.kind === kind);
    if (values.length === 0) continue;
    const matrix = graph.matrix(values.map((value) => graph.where(rejected, graph.missing(kind), value)));
    const type = kind === 'number' ? 'double' : 'string';
    graph.output(matrix, { name: `${kind}s`, type, dims: ['N', values.length] });
  }
}

type ClassOutput = ProgramOutput & { readonly kind: 'classes' };

function writeClasses(
  graph: RowGraph,
  { classes, probabilities, threshold, thresholds }: ClassOutput,
  rejected: RowCondition,
): void {
  const columns = probabilities.map((id) => graph.column(id));
  const matrix = graph.matrix(
    columns.map((column) => graph.where(rejected, graph.missing('number'), column)),
  );
  graph.output(matrix, { name: 'probabilities', type: 'double', dims: ['N', classes.length] });
  const bound =
    thresholds !== undefined
      ? graph.perRow(graph.column(thresholds))
      : threshold !== undefined
        ? graph.number(threshold)
        : undefined;
  const best =
    bound === undefined
      ? graph.node('ArgMax', [matrix], { axis: 1, keepdims: 0 })
      : reaches(graph, graph.columnOf(matrix, 1), bound);
  const isRejected = graph.node('IsNaN', [
    graph.node('ReduceSum', [matrix, graph.integers([1])], { keepdims: 0 }),
  ]);
  const { labels, missing } = labelTensors(graph, classes);
  const label = graph.node('Gather', [graph.constant(labels), best]);
  const shown = graph.node('Where', [isRejected, graph.constant(missing), label]);
  graph.output(shown, { name: 'label', type: labels.type, dims: ['N'] });
}

/** 1 if the probability reaches the threshold, otherwise 0, of shape [N]. */
function reaches(graph: RowGraph, probability: ValueName, threshold: ValueName): ValueName {
  const isReached = graph.node('LessOrEqual', [threshold, probability]);
  return graph.node('Cast', [graph.node('Reshape', [isReached, graph.integers([-1])])], { to: 7 });
}

/** The smallest 64-bit integer stands for a missing label, as for missing times in pandas. */
const MISSING_INTEGER = -9_223_372_036_854_775_808n;

function labelTensors(
  graph: RowGraph,
  classes: readonly ClassLabel[],
): { readonly labels: Tensor; readonly missing: Tensor } {
  const dims = [classes.length];
  if (classes.some((label) => typeof label === 'string')) {
    return {
      labels: { type: 'string', dims, values: classes.map((label) => graph.level(String(label))) },
      missing: { type: 'string', dims: [1], values: [graph.missingText] },
    };
  }
  const values = classes.map(Number);
  return values.every(Number.isSafeInteger)
    ? {
        labels: { type: 'int64', dims, values },
        missing: { type: 'int64', dims: [1], values: [MISSING_INTEGER] },
      }
    : {
        labels: { type: 'double', dims, values },
        missing: { type: 'double', dims: [1], values: [Number.NaN] },
      };
}
