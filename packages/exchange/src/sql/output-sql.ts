import type { ClassLabel } from '@churn/core';
import type { ColumnId, Program } from '../program/program.js';
import type { SqlDialect } from './dialect.js';
import { type Fragment, fragment } from './fragment.js';

/** The name of the results. */
export interface OutputNames {
  readonly predicts: string;
}

/** A result column. */
export interface OutputColumn {
  readonly name: string;
  readonly sql: string;
  readonly uses: ReadonlySet<string>;
}

/**
 * The result columns: for two classes the probability of the second, whether it is predicted (1 or 0), and the threshold; for more
 * classes the predicted class and the probability of each.
 */
export function outputColumnsSql(
  { output, columns: programColumns }: Program,
  dialect: SqlDialect,
  columns: ReadonlyMap<ColumnId, Fragment>,
  rejected: readonly Fragment[],
  { predicts }: OutputNames,
): OutputColumn[] {
  const column = (id: ColumnId) => columns.get(id)!;
  const isRejected = rejected.map(({ sql }) => sql).join(' OR ');
  const result = (
    name: string,
    whens: readonly string[],
    last: string,
    of: readonly Fragment[],
  ): OutputColumn => {
    const cases = [...(isRejected === '' ? [] : [`WHEN ${isRejected} THEN NULL`]), ...whens];
    const sql =
      cases.length === 0 ? last : `CASE ${cases.join(' ')}${last === '' ? '' : ` ELSE ${last}`} END`;
    return { name, sql, uses: fragment('', [...rejected, ...of]).uses };
  };
  const plain = (name: string, id: ColumnId) => result(name, [], column(id).sql, [column(id)]);
  if (output.kind === 'columns')
    return output.columns.map((id, i) => plain(output.names?.[i] ?? programColumns[id].name, id));
  const prediction = `${predicts}_prediction`;
  if (output.kind === 'amount') return [plain(prediction, output.amount)];
  const { classes, probabilities, threshold, thresholds } = output;
  const shares = probabilities.map(column);
  const one = dialect.number(1);
  const zero = dialect.number(0);
  if (classes.length === 2) {
    const second = shares[1].sql;
    const ofRow = thresholds === undefined ? undefined : column(thresholds);
    const given = ofRow?.sql ?? (threshold === undefined ? undefined : dialect.number(threshold));
    const [bound, atBound, of] =
      given === undefined
        ? [shares[0].sql, '>', shares]
        : [given, '>=', [shares[1], ...(ofRow ? [ofRow] : [])]];
    const isCalled = `WHEN ${second} ${atBound} ${bound} THEN ${one}`;
    const isNot = `WHEN ${second} ${atBound === '>' ? '<=' : '<'} ${bound} THEN ${zero}`;
    return [
      plain(`${predicts}_probability`, probabilities[1]),
      result(prediction, [isCalled, isNot], '', of),
      thresholds === undefined
        ? { name: `${predicts}_threshold`, sql: dialect.number(threshold ?? 0.5), uses: new Set() }
        : plain(`${predicts}_threshold`, thresholds),
    ];
  }
  const likeliest = classes.map((label, k) => {
    const others = shares.flatMap((other, j) => (j === k ? [] : [`${shares[k].sql} >= ${other.sql}`]));
    return `WHEN ${others.join(' AND ') || `${shares[k].sql} IS NOT NULL`} THEN ${labelSql(label, dialect)}`;
  });
  return [
    result(prediction, likeliest, '', shares),
    ...classes.map((label, k) => plain(`${predicts}_probability_${label}`, probabilities[k])),
  ];
}

function labelSql(label: ClassLabel, dialect: SqlDialect): string {
  if (typeof label === 'number') return dialect.number(label);
  return typeof label === 'boolean' ? (label ? 'TRUE' : 'FALSE') : dialect.text(label);
}
