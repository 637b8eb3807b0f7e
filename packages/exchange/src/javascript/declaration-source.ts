import type { ClassLabel } from '@churn/core';
import type { Program, ProgramOutput } from '../program/program.js';
import { verbOf } from './verb-of.js';

/** The declarations of a program's module. */
export function declarationSource({ columns, inputs, output }: Program, hash: string | undefined): string {
  const fields = inputs.map((id) => {
    const { name, kind } = columns[id];
    const type = kind === 'number' ? 'number' : 'string | number | boolean';
    return `  readonly ${JSON.stringify(name)}?: ${type} | null;`;
  });
  const verb = verbOf(output);
  const lines = [
    '/** A row of raw values; `null` and a column without a key are missing values. */',
    'export interface Row {',
    ...fields,
    '  /** Other columns are ignored. */',
    '  readonly [column: string]: unknown;',
    '}',
    '',
    ...resultType(columns, output),
    '',
    '/** The raw columns that are read, with their kinds. */',
    'export declare const columns: readonly { readonly name: string; readonly kind: "number" | "text" }[];',
  ];
  if (hash !== undefined) lines.push('/** The hash of the model. */', 'export declare const hash: string;');
  if (output.kind === 'classes') {
    lines.push(
      '/** A class. */',
      `export type Label = ${labelType(output.classes)};`,
      '/** The classes; in a two-class problem the second is the positive one. */',
      'export declare const classes: readonly Label[];',
      thresholdComment(output),
      'export declare const threshold: number | undefined;',
    );
  }
  lines.push(
    '',
    '/** @throws Error for a row that the model rejects, naming the column and what was expected. */',
    `export declare function ${verb}(row: Row): Result;`,
    `export declare function ${verb}(rows: readonly Row[]): Result[];`,
  );
  return `${lines.join('\n')}\n`;
}

function resultType(columns: Program['columns'], output: Program['output']): string[] {
  if (output.kind === 'amount') {
    return [
      '/** The prediction of a row. */',
      'export interface Result {',
      '  readonly amount: number;',
      '}',
    ];
  }
  if (output.kind === 'columns') {
    return [
      '/** The transformed row: a missing number is NaN, a missing text null. */',
      'export interface Result {',
      ...output.columns.map(
        (id, k) =>
          `  readonly ${JSON.stringify(output.names?.[k] ?? columns[id].name)}: ${columns[id].kind === 'number' ? 'number' : 'string | null'};`,
      ),
      '}',
    ];
  }
  return [
    '/** The prediction of a row. */',
    'export interface Result {',
    ...(output.classes.length === 2
      ? [
          ...['  /** The probability of the second class. */', '  readonly probability: number;'],
          ...(output.thresholds === undefined
            ? []
            : ['  /** The decision threshold of the row. */', '  readonly threshold: number;']),
        ]
      : [
          '  /** One probability per class, in the order of `classes`. */',
          '  readonly probabilities: readonly number[];',
        ]),
    '  readonly prediction: Label;',
    '}',
  ];
}

function labelType(classes: readonly ClassLabel[]): string {
  return classes
    .map((label) => (typeof label === 'number' && label < 0 ? `-${-label}` : JSON.stringify(label)))
    .join(' | ');
}

/** The comment on the exported threshold. */
export function thresholdComment({ thresholds }: ProgramOutput & { readonly kind: 'classes' }): string {
  return thresholds === undefined
    ? '/** The decision threshold for the second class; without one, the most likely class is predicted. */'
    : '/** Undefined, since each result has its own threshold. */';
}
