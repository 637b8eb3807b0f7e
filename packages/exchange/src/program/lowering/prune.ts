import { columnsOf } from '../columns-of.js';
import type { Condition, Expression } from '../expression.js';
import type { ColumnId, Program, ProgramNode, ProgramOutput, ProgramStep } from '../program.js';
import { caseOf } from './expressions.js';

/** The program without the columns, inputs and steps that neither its output nor a check needs. */
export function prune(program: Program): Program {
  const live = new Set<ColumnId>(outputColumns(program.output));
  for (const { when } of program.checks) columnsOf(when, live);
  const steps: ProgramStep[] = [];
  for (const step of program.steps.toReversed()) {
    const left = leftOf(step, live);
    if (!left) continue;
    // Unused outputs of a step are kept, since the others are found by position.
    if (left.kind !== 'compute') for (const id of left.outputs) live.add(id);
    for (const id of readsOf(left)) live.add(id);
    steps.unshift(left);
  }
  const kept = program.columns.map((_, id) => id).filter((id) => live.has(id));
  const placeOf = new Map(kept.map((id, place) => [id, place]));
  const to = (id: ColumnId) => placeOf.get(id) as ColumnId;
  return {
    columns: kept.map((id) => program.columns[id]),
    inputs: program.inputs.filter((id) => live.has(id)).map(to),
    steps: steps.map((step) => renumberStep(step, to)),
    checks: program.checks.map(({ when, expected, of }) => ({
      when: renumber(when, to),
      expected,
      ...(of && { of: of.filter((id) => live.has(id)).map(to) }),
    })),
    output: renumberOutput(program.output, to),
  };
}

/** The columns that a step reads. */
function readsOf(step: ProgramStep): Set<ColumnId> {
  switch (step.kind) {
    case 'compute': {
      const found = new Set<ColumnId>();
      for (const { value } of step.columns) columnsOf(value, found);
      return found;
    }
    case 'trees':
      return new Set(
        step.trees.flatMap((tree) => tree.flatMap((node) => (node.kind === 'leaf' ? [] : [node.column]))),
      );
    case 'coupling':
      return new Set(step.pairs);
    default:
      return new Set(step.features);
  }
}

function outputColumns(output: ProgramOutput): readonly ColumnId[] {
  if (output.kind === 'classes') {
    const { probabilities, thresholds } = output;
    return thresholds === undefined ? probabilities : [...probabilities, thresholds];
  }
  return output.kind === 'amount' ? [output.amount] : output.columns;
}

/** The step without unneeded columns; `undefined` if none is needed. */
function leftOf(step: ProgramStep, live: ReadonlySet<ColumnId>): ProgramStep | undefined {
  if (step.kind !== 'compute') return step.outputs.some((id) => live.has(id)) ? step : undefined;
  const columns = step.columns.filter(({ id }) => live.has(id));
  return columns.length > 0 ? { ...step, columns } : undefined;
}

function renumberOutput(output: ProgramOutput, to: (id: ColumnId) => ColumnId): ProgramOutput {
  if (output.kind === 'classes') {
    const { probabilities, thresholds } = output;
    return {
      ...output,
      probabilities: probabilities.map(to),
      thresholds: thresholds === undefined ? undefined : to(thresholds),
    };
  }
  return output.kind === 'amount'
    ? { kind: 'amount', amount: to(output.amount) }
    : { ...output, columns: output.columns.map(to) };
}

function renumberStep(step: ProgramStep, to: (id: ColumnId) => ColumnId): ProgramStep {
  switch (step.kind) {
    case 'compute':
      return {
        ...step,
        columns: step.columns.map(({ id, value }) => ({ id: to(id), value: renumber(value, to) })),
      };
    case 'trees': {
      const node = (each: ProgramNode) =>
        each.kind === 'leaf' ? each : { ...each, column: to(each.column) };
      return { ...step, trees: step.trees.map((tree) => tree.map(node)), outputs: step.outputs.map(to) };
    }
    case 'coupling':
      return { ...step, pairs: step.pairs.map(to), outputs: step.outputs.map(to) };
    default:
      return { ...step, features: step.features.map(to), outputs: step.outputs.map(to) };
  }
}

function renumber<T extends Expression | Condition>(given: T, to: (id: ColumnId) => ColumnId): T {
  const again = <E extends Expression | Condition>(each: E) => renumber(each, to);
  const node: Expression | Condition = given;
  const renumbered = (): Expression | Condition => {
    switch (node.op) {
      case 'column':
        return { op: 'column', id: to(node.id) };
      case 'number':
      case 'text':
        return node;
      case 'linear':
        return { ...node, terms: node.terms.map(({ weight, of }) => ({ weight, of: again(of) })) };
      case 'choose':
        return {
          ...node,
          cases: node.cases.map(({ when, then }) => caseOf(again(when), again(then))),
          otherwise: again(node.otherwise),
        };
      case 'lookup':
        return {
          ...node,
          of: again(node.of),
          missing: again(node.missing),
          otherwise: again(node.otherwise),
        };
      case 'less':
      case 'lessOrEqual':
      case 'equal':
        return { ...node, left: again(node.left), right: again(node.right) };
      default: {
        const { of } = node as { readonly of: Expression | readonly Expression[] };
        return { ...node, of: Array.isArray(of) ? of.map(again) : again(of as Expression) } as Expression;
      }
    }
  };
  return renumbered() as T;
}
