import { ChurnError } from '@churn/core';
import { columnsOf } from '../program/columns-of.js';
import type { Condition } from '../program/expression.js';
import type { ColumnId, Program, ProgramStep } from '../program/program.js';
import { anyOf, isOneOf, NEVER } from './conditions.js';
import type { SqlDialect } from './dialect.js';
import { writeCondition, writeExpression } from './expression-sql.js';
import { type Fragment, fragment } from './fragment.js';
import { writeKernels } from './kernel-sql.js';
import { Layers } from './layers.js';
import { finitePart } from './number-range.js';
import { type Scope, withoutNaN } from './scope.js';
import { plainName } from './sql-names.js';
import { writeTrees } from './tree-sql.js';

/** The name of the table inside the statement. */
export const RAW_ROWS = 'raw_rows';

/** All columns of a program as query columns, and the conditions for rejected rows. */
export function queryColumns(
  program: Program,
  dialect: SqlDialect,
  missing: ReadonlyMap<string, readonly string[]>,
): { layers: Layers; columns: ReadonlyMap<ColumnId, Fragment>; rejected: readonly Fragment[] } {
  const layers = new Layers();
  const columns = new Map<ColumnId, Fragment>();
  const rejected: Fragment[] = [];
  const open = new Set(program.checks);
  const scope: Scope = {
    dialect,
    layers,
    column(id) {
      const column = columns.get(id);
      if (!column) throw new ChurnError('invalid-data', `program: column ${id} is read before it is made`);
      return column;
    },
  };

  layers.begin('s0_input');
  for (const id of program.inputs) columns.set(id, define(id, inputSql(id)));
  check('s0_checks');
  program.steps.forEach((step, i) => {
    const name = `s${i + 1}`;
    layers.begin(plainName(name, step.of));
    const made = writeStep(step, (batch) => layers.begin(`${plainName(name, step.of)}_batch_${batch + 1}`));
    for (const [id, value] of made) columns.set(id, define(id, value));
    check(`${name}_checks`);
  });
  return { layers, columns, rejected };

  function inputSql(id: ColumnId): Fragment {
    const { name, kind } = program.columns[id];
    const raw = `${RAW_ROWS}.${dialect.identifier(name)}`;
    const gaps = missing.get(name) ?? [];
    if (kind === 'number') {
      const number = fragment(dialect.toNumber(raw), [], { isAtom: true });
      const numbers = gaps.filter((text) => text.trim() !== '').map(Number);
      const known = numbers
        .filter(Number.isFinite)
        .map((value) => `${number.sql} = ${dialect.number(value)}`);
      return known.length === 0 ? number : unless(known.join(' OR '), number);
    }
    const text = fragment(`CAST(${raw} AS ${dialect.textType})`, [], { isAtom: true });
    return gaps.length === 0 ? text : unless(isOneOf(scope, text, gaps).sql, text);
  }

  function unless(condition: string, { sql }: Fragment): Fragment {
    return fragment(`CASE WHEN ${condition} THEN NULL ELSE ${sql} END`, [], { isAtom: true });
  }

  /** Replaces NaN by NULL in numbers. */
  function define(id: ColumnId, value: Fragment): Fragment {
    const { name, kind } = program.columns[id];
    const clean = kind === 'number' ? withoutNaN(scope, value) : value;
    return layers.define(plainName(`x${id}`, name), clean);
  }

  /** Adds a column with the checks that can be evaluated at this point. From here on, checked numbers can be taken as finite. */
  function check(name: string): void {
    const ready = [...open].filter(({ when }) => [...columnsOf(when)].every((id) => columns.has(id)));
    if (ready.length === 0) return;
    layers.begin(name);
    const conditions = ready.map(({ when }) => writeCondition(scope, when));
    const any = anyOf(scope, conditions);
    if (any.sql !== NEVER) rejected.push(layers.column(any));
    for (const each of ready) {
      open.delete(each);
      for (const id of finiteColumns(each.when)) {
        const column = columns.get(id);
        if (column) columns.set(id, { ...column, range: finitePart(column.range) });
      }
    }
  }

  function writeStep(step: ProgramStep, begin: (batch: number) => void): [ColumnId, Fragment][] {
    switch (step.kind) {
      case 'compute':
        return step.columns.map(({ id, value }) => [id, writeExpression(scope, value)]);
      case 'trees': {
        const sums = writeTrees(scope, step, begin);
        return step.outputs.map((id, k) => [id, sums[k]]);
      }
      case 'kernel': {
        const sums = writeKernels(scope, step, begin);
        return step.outputs.map((id, k) => [id, sums[k]]);
      }
      case 'coupling':
        throw new ChurnError(
          'unsupported',
          `${step.of}: SQL does not support the iterative pairwise coupling of ${step.outputs.length} classes; expected another model, or an export to js`,
        );
      case 'neighbors':
        throw new ChurnError(
          'unsupported',
          `${step.of}: SQL does not support a nearest-neighbour search among ${step.rows.length} training rows; expected another model, or an export to js`,
        );
    }
  }
}

/** Columns that a check tests for infinite numbers alone. */
function finiteColumns(when: Condition): ColumnId[] {
  if (when.op === 'or') return when.of.flatMap(finiteColumns);
  return when.op === 'isInfinite' && when.of.op === 'column' ? [when.of.id] : [];
}
