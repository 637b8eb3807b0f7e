import { type Column, visibleText } from '@churn/core';

/** What the rows of a slice have in a column. Numbers meet a bound; a missing one does where it says so. */
export type SliceCondition = { readonly column: string } & (
  | { readonly is: string }
  | { readonly isNot: string }
  | { readonly upTo: number; readonly orMissing: boolean }
  | { readonly above: number; readonly orMissing: boolean }
  | { readonly isMissing: boolean }
);

/** Whether a row meets a condition on its column. */
export function rowTest(condition: SliceCondition, column: Column): (row: number) => boolean {
  if (column.kind === 'category') {
    const { codes, levels } = column;
    if ('is' in condition) {
      const code = levels.indexOf(condition.is);
      return (row) => codes[row] === code;
    }
    if ('isNot' in condition) {
      const code = levels.indexOf(condition.isNot);
      return (row) => codes[row] !== code;
    }
    const isMissing = 'isMissing' in condition && condition.isMissing;
    return (row) => codes[row] < 0 === isMissing;
  }
  const { values } = column;
  if ('upTo' in condition) {
    const { upTo, orMissing } = condition;
    return (row) => values[row] <= upTo || (orMissing && Number.isNaN(values[row]));
  }
  if ('above' in condition) {
    const { above, orMissing } = condition;
    return (row) => values[row] > above || (orMissing && Number.isNaN(values[row]));
  }
  const isMissing = 'isMissing' in condition && condition.isMissing;
  return (row) => Number.isNaN(values[row]) === isMissing;
}

/** Conditions in words, each column once: `Card_Category is Gold and 10 < Total_Trans_Ct <= 38`. */
export function conditionsText(conditions: readonly SliceCondition[]): string {
  const columns = [...new Set(conditions.map(({ column }) => column))];
  return columns
    .map((name) =>
      columnText(
        name,
        conditions.filter(({ column }) => column === name),
      ),
    )
    .join(' and ');
}

function columnText(name: string, conditions: readonly SliceCondition[]): string {
  const column = visibleText(name);
  const only = conditions.find((each) => 'is' in each || ('isMissing' in each && each.isMissing));
  if (only) return `${column} is ${'is' in only ? visibleText(only.is) : 'missing'}`;
  const bounds = (of: 'upTo' | 'above') =>
    conditions.flatMap((each) => (of in each ? [(each as never)[of] as number] : []));
  const [least, most] = [Math.max(...bounds('above')), Math.min(...bounds('upTo'))];
  if (Number.isFinite(least) || Number.isFinite(most)) {
    const from = Number.isFinite(least) && Number.isFinite(most) ? `${least} < ` : '';
    const to = Number.isFinite(most) ? ` <= ${most}` : ` > ${least}`;
    const orMissing = conditions.every((each) => (!('orMissing' in each) ? false : each.orMissing));
    return `${from}${column}${to}${orMissing ? ' or missing' : ''}`;
  }
  const not = conditions.map((each) => ('isNot' in each ? visibleText(each.isNot) : 'missing'));
  return `${column} is not ${not.join(' or ')}`;
}
