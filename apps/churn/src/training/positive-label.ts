import { type Label, labelKey } from './label-spellings.js';

/** Labels that mean yes, each with the one that means no. */
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

/** Whether a single label means yes, no, or neither. */
export function meaningOf({ text }: Pick<Label, 'text'>): 'yes' | 'no' | undefined {
  const key = labelKey(text);
  if (YES_AND_NO.some(([yes]) => yes === key)) return 'yes';
  return YES_AND_NO.some(([, no]) => no === key) ? 'no' : undefined;
}

/** The positive label of two, with the reason. */
export interface PositiveLabel {
  readonly label: Label;
  readonly reason: string;
}

/** The most plausible positive label. */
interface LikelyLabel extends PositiveLabel {
  /** Whether it means yes, and the other no. */
  readonly meansYes: boolean;
}

/**
 * The default positive label: the yes of yes and no, in various words; otherwise the rarer, or the last by name if both are equally
 * frequent.
 */
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
    return { label, reason: 'it is the rarer label', meansYes: false };
  }
  const label = first.text < second.text ? second : first;
  return { label, reason: 'both are equally frequent', meansYes: false };
}

/** Prefixes that negate a word, as in "churn" and "no churn". */
const NEGATION = /^(?:(?:no|not|non)[ _-]|un)/;

function saysYes(label: string, other: string): boolean {
  return (
    YES_AND_NO.some(([yes, no]) => label === yes && other === no) ||
    (NEGATION.test(other) && other.replace(NEGATION, '') === label)
  );
}
