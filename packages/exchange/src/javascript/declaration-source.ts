import type { ClassLabel } from '@churn/core';
import type { Program, ProgramOutput } from '../program/program.js';
import { verbOf } from './verb-of.js';

/** The types of a module that is written of a program. */
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
    '  /** Other columns are passed over. */',
    '  readonly [column: string]: unknown;',
    '}',
    '',
    ...resultType(columns, output),
    '',
    '/** The raw columns that are read, and what they hold. */',
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
    '/** @throws Error for a row that the model cannot take, naming the column and what was expected. */',
    `export declare function ${verb}(row: Row): Result;`,
    `export declare function ${verb}(rows: readonly Row[]): Result[];`,
  );
  return `${lines.join('\n')}\n`;
}

function resultType(columns: Program['columns'], output: Program['output']): string[] {
  if (output.kind === 'amount') {
    return [
      '/** What is predicted of a row. */',
      'export interface Result {',
      '  readonly amount: number;',
      '}',
    ];
  }
  if (output.kind === 'columns') {
    return [
      '/** What becomes of a row: a missing number is NaN, a missing text null. */',
      'export interface Result {',
      ...output.columns.map(
        (id, k) =>
          `  readonly ${JSON.stringify(output.names?.[k] ?? columns[id].name)}: ${columns[id].kind === 'number' ? 'number' : 'string | null'};`,
      ),
      '}',
    ];
  }
  return [
    '/** What is predicted of a row. */',
    'export interface Result {',
    ...(output.classes.length === 2
      ? [
          ...['  /** Of the second class. */', '  readonly probability: number;'],
          ...(output.thresholds === undefined
            ? []
            : [
                '  /** From which probability on the second class is predicted. */',
                '  readonly threshold: number;',
              ]),
        ]
      : [
          '  /** One per class, in the order of `classes`. */',
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

/** @param output of classes. */
export function thresholdComment({ thresholds }: ProgramOutput & { readonly kind: 'classes' }): string {
  return thresholds === undefined
    ? '/** From which probability on the second class is predicted; without one, the likeliest class is. */'
    : '/** There is none for all rows: each result has its own. */';
}
