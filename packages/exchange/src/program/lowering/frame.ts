import type { ColumnKind, TableSchema } from '@churn/core';
import type { ColumnId, ProgramColumn } from '../program.js';
import { column } from './expressions.js';

/** A column of a table, with its ID in the program. */
export interface FrameColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly id: ColumnId;
}

/** A table at some point of a pipeline: its columns in order, with their IDs in the program. */
export class Frame {
  readonly #ids: ReadonlyMap<string, ColumnId>;

  constructor(readonly columns: readonly FrameColumn[]) {
    this.#ids = new Map(columns.map(({ name, id }) => [name, id]));
  }

  get schema(): TableSchema {
    return this.columns.map(({ name, kind }) => ({ name, kind }));
  }

  has(name: string): boolean {
    return this.#ids.has(name);
  }

  id(name: string): ColumnId {
    const id = this.#ids.get(name);
    if (id !== undefined) return id;
    // Cannot happen: the pipeline was validated.
    throw new TypeError(`no column "${name}"`);
  }

  /** A column as an expression. */
  value(name: string) {
    return column(this.id(name));
  }

  select(names: readonly string[]): Frame {
    const byName = new Map(this.columns.map((each) => [each.name, each]));
    return new Frame(names.map((name) => byName.get(name) as FrameColumn));
  }
}

export function programKind(kind: ColumnKind): ProgramColumn['kind'] {
  return kind === 'numeric' ? 'number' : 'text';
}
