import { type Label, labelKey } from './label-spellings.js';

/** Labels that say yes, each with the one that says no. */
const YES_AND_NO: readonly (readonly [yes: string, no: string])[] = [
  ['1', '0'],
  ['1', '-1'],
  ['true', 'false'],
  ['t', 'f'],
  ['yes', 'no'],
  ['y', 'n'],
  ['on', 'off'],
  ['positive', 'negative'],
  ['pos', 'neg'],
  ['ja', 'nein'],
  ['ja', 'nee'],
  ['j', 'n'],
  ['oui', 'non'],
  ['o', 'n'],
  ['si', 'no'],
  ['sí', 'no'],
  ['sì', 'no'],
  ['sim', 'não'],
  ['s', 'n'],
  ['tak', 'nie'],
  ['да', 'нет'],
];

/** What a label that stands alone says: whether it is a yes, a no, or neither. */
export function meaningOf({ text }: Pick<Label, 'text'>): 'yes' | 'no' | undefined {
  const key = labelKey(text);
  if (YES_AND_NO.some(([yes]) => yes === key)) return 'yes';
  return YES_AND_NO.some(([, no]) => no === key) ? 'no' : undefined;
}

/** The positive label, of two, and why it is the one. */
export interface PositiveLabel {
  readonly label: Label;
  readonly reason: string;
}

/** The label that is likely meant. */
interface LikelyLabel extends PositiveLabel {
  /** Whether it says yes, and the other no. */
  readonly meansYes: boolean;
}

/** The positive label where nobody named it: of yes and no, in whatever words, the yes; else the rarer, and of two as frequent the last by name. */
export function likelyPositive([first, second]: readonly [Label, Label]): LikelyLabel {
  for (const [label, other] of [
    [first, second],
    [second, first],
  ]) {
    if (saysYes(labelKey(label.text), labelKey(other.text))) {
      return { label, reason: 'it means yes', meansYes: true };
    }
  }
  if (first.rows !== second.rows) {
    const label = first.rows < second.rows ? first : second;
    return { label, reason: 'it is the rarer', meansYes: false };
  }
  const label = first.text < second.text ? second : first;
  return { label, reason: 'both are equally frequent', meansYes: false };
}

/** What makes a no of a word, as in "churn" and "no churn". */
const NEGATION = /^(?:(?:no|not|non)[ _-]|un)/;

function saysYes(label: string, other: string): boolean {
  return (
    YES_AND_NO.some(([yes, no]) => label === yes && other === no) ||
    (NEGATION.test(other) && other.replace(NEGATION, '') === label)
  );
}
