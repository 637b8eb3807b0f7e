import { type CategoryColumn, spellingKey } from '@churn/core';
import { quoted } from '@churn/io';

/** A label of a target, with its spellings in the file. */
export interface Label {
  /** The text of its most frequent spelling, as in tables. */
  readonly text: string;
  readonly rows: number;
  /** The spellings in the file, with surrounding spaces: that of its text first, then by frequency. */
  readonly spellings: readonly Spelling[];
}

interface Spelling {
  readonly text: string;
  readonly rows: number;
  /** The first line with this spelling. */
  readonly line: number;
  /** The level in the table. */
  readonly level: number;
}

/** The labels of a target, with spellings merged. */
export interface TargetLabels {
  /** In order of first occurrence. */
  readonly labels: readonly Label[];
  /** The label of each row, as an index into `labels`; -1 if it is missing. */
  readonly codes: Int32Array;
}

/**
 * The labels of a target. Texts that differ only in case, spaces, Unicode normalisation or number format (`1`, `1.0`) are one label.
 *
 * @param column the target column of the table.
 * @param written the same as written in the file.
 * @param lines the line of each row.
 */
export function targetLabels(
  { codes, levels }: CategoryColumn,
  written: readonly unknown[],
  lines: ArrayLike<number>,
): TargetLabels {
  const found = new Map<string, { levels: Map<number, number>; spellings: Map<string, Spelling> }>();
  const keys = levels.map(labelKey);
  codes.forEach((code, row) => {
    if (code < 0) return;
    const label = found.get(keys[code]) ?? { levels: new Map(), spellings: new Map() };
    found.set(keys[code], label);
    label.levels.set(code, (label.levels.get(code) ?? 0) + 1);
    const text = String(written[row]);
    const { rows = 0, line = lines[row] } = label.spellings.get(text) ?? {};
    label.spellings.set(text, { text, rows: rows + 1, line, level: code });
  });
  const places = new Map(Array.from(found.keys(), (key, place) => [key, place]));
  return {
    labels: Array.from(found.values(), ({ levels: own, spellings }) => {
      const [[most]] = [...own].sort(([, a], [, b]) => b - a);
      return {
        text: levels[most],
        rows: [...own.values()].reduce((sum, rows) => sum + rows, 0),
        spellings: [...spellings.values()].sort(
          (a, b) => Number(b.level === most) - Number(a.level === most) || b.rows - a.rows,
        ),
      };
    }),
    codes: codes.map((code) => (code < 0 ? -1 : (places.get(keys[code]) as number))),
  };
}

const YES = new Set(['yes', 'y', 'true', 't', 'on', '1']);
const NO = new Set(['no', 'n', 'false', 'f', 'off', '0']);

/** Whether the labels include several words for yes or for no. */
export function mixesWords(labels: readonly Label[]): boolean {
  const keys = labels.map(({ text }) => labelKey(text));
  return keys.length > 2 && keys.every((key) => YES.has(key) || NO.has(key));
}

/** The label named by the user: by its text, a spelling in the file, or another form of the same number or boolean. */
export function namedLabel(labels: readonly Label[], given: string): Label | undefined {
  const isSpelling = ({ text, spellings }: Label) =>
    text === given || spellings.some((each) => each.text === given || each.text.trim() === given);
  const key = labelKey(given);
  const hasForms = key === 'true' || key === 'false' || isNumeral(key);
  return (
    labels.find(isSpelling) ?? (hasForms ? labels.find(({ text }) => labelKey(text) === key) : undefined)
  );
}

/** A key that is equal for all spellings of a label. */
export function labelKey(text: string): string {
  const plain = spellingKey(text);
  return isNumeral(plain) ? String(Number(plain)) : plain;
}

/** Describes the merged spellings. */
export function joinedSpellings({ labels }: TargetLabels, target: string): string[] {
  return labels
    .filter(({ spellings }) => spellings.length > 1)
    .map(({ spellings: [main, ...others] }) => {
      const examples = others.slice(0, 5).map(({ text, rows, line }) => {
        return `${quoted(text)} (${rows === 1 ? '1 row' : `${rows} rows, the first`} in line ${line})`;
      });
      const more = others.length > examples.length ? ` and ${others.length - examples.length} more` : '';
      return `${quoted(target)}: ${examples.join(', ')}${more} ${others.length === 1 ? 'is' : 'are'} read as ${quoted(main.text)}`;
    });
}

function isNumeral(text: string): boolean {
  // Within the precision of a number.
  return /^[+-]?\d{1,15}(?:\.\d{0,15})?$/.test(text) && Number.isFinite(Number(text));
}
