import { ChurnError } from '@churn/core';
import type { ColumnId, Program } from '../program/program.js';
import { Graph, type ValueName } from './graph.js';

/** A value of shape [N, 1], or [1, 1] if it is constant. */
export interface RowValue {
  readonly name: ValueName;
  readonly kind: 'number' | 'text';
  readonly isConstant: boolean;
}

/** Whether a condition holds for each row. */
export interface RowCondition {
  readonly name: ValueName;
  readonly isConstant: boolean;
}

/** A graph of values with one entry per row: the columns of a program, and expressions of them. */
export class RowGraph extends Graph {
  readonly #columns = new Map<ColumnId, RowValue>();
  #shape: ValueName = '';

  /** @param missingText the text for missing values. */
  constructor(readonly missingText: string) {
    super();
  }

  /** Adds one input per column, of shape [N, 1]. */
  addInputs({ columns, inputs }: Program): void {
    for (const id of inputs) {
      const { name, kind } = columns[id];
      const type = kind === 'number' ? 'double' : 'string';
      this.#columns.set(id, { name: this.input({ name, type, dims: ['N', 1] }), kind, isConstant: false });
    }
    this.#shape = this.node('Shape', [this.column(inputs[0]).name]);
  }

  /** Adds a single input, a numeric matrix of shape [N, names], as columns. */
  addMatrixInput({ columns, inputs }: Program, names: readonly string[]): void {
    const matrix = this.input({ name: 'features', type: 'double', dims: ['N', names.length] });
    for (const id of inputs) {
      const name = this.columnOf(matrix, names.indexOf(columns[id].name));
      this.#columns.set(id, { name, kind: 'number', isConstant: false });
    }
    this.#shape = this.node('Shape', [this.column(inputs[0]).name]);
  }

  define(id: ColumnId, value: RowValue): void {
    this.#columns.set(id, value);
  }

  column(id: ColumnId): RowValue {
    const value = this.#columns.get(id);
    if (!value) throw new Error(`column ${id} is used before it is defined`);
    return value;
  }

  /** Column `at` of a matrix, of shape [N, 1]. */
  columnOf(matrix: ValueName, at: number): ValueName {
    return this.node('Gather', [matrix, this.integers([at])], { axis: 1 });
  }

  /** A matrix of shape [N, values]. */
  matrix(values: readonly RowValue[]): ValueName {
    const names = values.map((value) => this.perRow(value));
    return names.length === 1 ? names[0] : this.node('Concat', names, { axis: 1 });
  }

  /** The value in shape [N, 1]. */
  perRow({ name, isConstant }: RowValue | RowCondition): ValueName {
    return isConstant ? this.node('Expand', [name, this.#shape]) : name;
  }

  /** A text of the program. @throws `unsupported` if it equals the text for missing values. */
  level(text: string): string {
    if (text !== this.missingText) return text;
    throw new ChurnError(
      'unsupported',
      `the level ${JSON.stringify(text)} is also the text for missing values; set missingText to another text`,
    );
  }

  missing(kind: RowValue['kind']): RowValue {
    const name = kind === 'number' ? this.number(Number.NaN) : this.text(this.missingText);
    return { name, kind, isConstant: true };
  }

  numberOf(value: number): RowValue {
    return { name: this.number(value), kind: 'number', isConstant: true };
  }

  textOf(value: string): RowValue {
    return { name: this.text(value), kind: 'text', isConstant: true };
  }

  /** Applies a numeric operator row by row. */
  apply(op: string, ...of: readonly RowValue[]): RowValue {
    const name = this.node(
      op,
      of.map(({ name }) => name),
    );
    return { name, kind: 'number', isConstant: of.every(({ isConstant }) => isConstant) };
  }

  /** Applies a boolean operator row by row. */
  test(op: string, ...of: readonly (RowValue | RowCondition)[]): RowCondition {
    const name = this.node(
      op,
      of.map(({ name }) => name),
    );
    return { name, isConstant: of.every(({ isConstant }) => isConstant) };
  }

  where(when: RowCondition, then: RowValue, otherwise: RowValue): RowValue {
    const name = this.node('Where', [when.name, then.name, otherwise.name]);
    return {
      name,
      kind: then.kind,
      isConstant: when.isConstant && then.isConstant && otherwise.isConstant,
    };
  }
}
