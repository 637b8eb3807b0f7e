import { columnsOf } from '../columns-of.js';
import type { Condition, Expression } from '../expression.js';
import type {
  ColumnId,
  Program,
  ProgramCheck,
  ProgramColumn,
  ProgramOutput,
  ProgramStep,
} from '../program.js';
import { prune } from './prune.js';
import { ANY, type Range, rangeOf } from './range.js';

/** A column to be computed. */
export interface ColumnToMake {
  readonly name: string;
  readonly value: Expression;
  /** Default `'number'`. */
  readonly kind?: 'number' | 'text';
}

/** Builds a program of columns, steps and checks. */
export class ProgramBuilder {
  readonly #columns: ProgramColumn[] = [];
  readonly #ranges: Range[] = [];
  /** The raw columns on which each column depends. */
  readonly #origins: ReadonlySet<ColumnId>[] = [];
  readonly #inputs: ColumnId[] = [];
  readonly #steps: ProgramStep[] = [];
  readonly #checks: ProgramCheck[] = [];

  /** Adds a raw column. */
  input(name: string, kind: ProgramColumn['kind']): ColumnId {
    const id = this.#add({ name, kind }, ANY, []);
    this.#origins[id] = new Set([id]);
    this.#inputs.push(id);
    return id;
  }

  /** Adds a step that computes columns independent of each other. An expression that is just a column adds none. */
  compute(of: string, columns: readonly ColumnToMake[]): ColumnId[] {
    const made: { id: ColumnId; value: Expression }[] = [];
    const ids = columns.map(({ name, value, kind = 'number' }) => {
      if (value.op === 'column') return value.id;
      const id = this.#add({ name, kind }, this.rangeOf(value), columnsOf(value));
      made.push({ id, value });
      return id;
    });
    if (made.length > 0) this.#steps.push({ kind: 'compute', of, columns: made });
    return ids;
  }

  /**
   * Adds a step of another kind.
   *
   * @param reads the columns that it reads.
   * @param names the names of its outputs.
   * @param range the range of its outputs.
   */
  step(
    reads: Iterable<ColumnId>,
    names: readonly string[],
    range: Range,
    make: (outputs: readonly ColumnId[]) => ProgramStep,
  ): ColumnId[] {
    const from = [...reads];
    const outputs = names.map((name) => this.#add({ name, kind: 'number' }, range, from));
    this.#steps.push(make(outputs));
    return outputs;
  }

  /** Rejects rows for which `when` holds. */
  reject(when: Condition, expected: string): void {
    const of = [...this.#rawOf(columnsOf(when))].sort((a, b) => a - b);
    this.#checks.push({ when, expected, of });
  }

  rangeOf(value: Expression, ofColumn: (id: ColumnId) => Range = (id) => this.#ranges[id]): Range {
    return rangeOf(value, ofColumn);
  }

  rangeOfColumn(id: ColumnId): Range {
    return this.#ranges[id];
  }

  nameOf(id: ColumnId): string {
    return this.#columns[id].name;
  }

  /** The program without unused parts. */
  finish(output: ProgramOutput): Program {
    return prune({
      columns: this.#columns,
      inputs: this.#inputs,
      steps: this.#steps,
      checks: this.#checks,
      output,
    });
  }

  #add(column: ProgramColumn, range: Range, reads: Iterable<ColumnId>): ColumnId {
    this.#ranges.push(range);
    this.#origins.push(this.#rawOf(reads));
    return this.#columns.push(column) - 1;
  }

  #rawOf(ids: Iterable<ColumnId>): Set<ColumnId> {
    const raw = new Set<ColumnId>();
    for (const id of ids) for (const each of this.#origins[id]) raw.add(each);
    return raw;
  }
}
