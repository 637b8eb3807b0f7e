import { type CategoryColumn, ChurnError, Labels } from '@churn/core';
import { quoted, quotedList } from '@churn/io';
import type { ScoringModel } from '../../scoring/scoring-model.js';
import { labelKey } from '../../training/label-spellings.js';
import type { Outcome } from './outcome.js';

/** Outcomes that are classes, as indices into the classes of the model. */
export function classOutcome({ model: { classes } }: ScoringModel, column: string): Outcome {
  const texts = classes.map(String);
  return {
    columns: [{ name: column, kind: 'category' }],
    read: (table, where) => [classPlaces(table.category(column), texts, where)],
    since: (outcomes) => outcomes,
    target: ([places]) => Labels.from(classes, classes).take(places),
  };
}

/** The class of each row, in any known spelling; `NaN` if missing. */
function classPlaces(
  { codes, levels }: CategoryColumn,
  classes: readonly string[],
  where: (row: number) => string,
): Float64Array {
  const places = new Map(classes.map((label, place) => [labelKey(label), place]));
  const ofLevel = levels.map((level) => {
    const exact = classes.indexOf(level);
    return exact >= 0 ? exact : places.get(labelKey(level));
  });
  return Float64Array.from(codes, (code, row) => {
    if (code < 0) return NaN;
    const place = ofLevel[code];
    if (place !== undefined) return place;
    throw new ChurnError(
      'invalid-data',
      `${where(row)}: expected one of the labels ${quotedList(classes)}, got ${quoted(levels[code])}`,
    );
  });
}
