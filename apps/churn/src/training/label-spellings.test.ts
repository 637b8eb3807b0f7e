import type { CategoryColumn } from '@churn/core';
import { joinedSpellings, labelKey, mixesWords, namedLabel, targetLabels } from './label-spellings.js';

/** The labels of a target that is written so, from line 2 on. */
function labelsOf(written: readonly (string | number | boolean | null)[]) {
  const texts = written.map((each) => (each === null ? null : String(each).trim().normalize('NFC')));
  const levels = [...new Set(texts.filter((text) => text !== null))];
  const column: CategoryColumn = {
    kind: 'category',
    levels,
    codes: Int32Array.from(texts, (text) => (text === null ? -1 : levels.indexOf(text))),
  };
  return targetLabels(
    column,
    written,
    written.map((_, row) => row + 2),
  );
}

it('joins labels that differ only in spelling, prefers the most frequent, and reports it', () => {
  const found = labelsOf(['no', 'Yes ', 'yes', 'YES', 'yes', null, 'no', 'YES']);
  expect(found.labels.map(({ text, rows }) => [text, rows])).toEqual([
    ['no', 2],
    ['yes', 5],
  ]);
  expect(Array.from(found.codes)).toEqual([0, 1, 1, 1, 1, -1, 0, 1]);
  expect(joinedSpellings(found, 'left')).toEqual([
    '"left": "YES" (2 rows, the first in line 5), "Yes " (1 row in line 3) are read as "yes"',
  ]);
});

it('names a label by its most frequent text, ignoring spaces', () => {
  const found = labelsOf(['YES', 'Yes', 'YES', 'Yes ', ' Yes', 'no']);
  expect(found.labels[0].text).toBe('Yes');
  expect(joinedSpellings(found, 'left')).toEqual([
    '"left": "Yes " (1 row in line 5), " Yes" (1 row in line 6), "YES" (2 rows, the first in line 2) are read as "Yes"',
  ]);
});

it('recognises several words for yes and no', () => {
  expect(mixesWords(labelsOf(['yes', 'no', 'Y']).labels)).toBe(true);
  expect(mixesWords(labelsOf(['1', '0', 'true', 'false']).labels)).toBe(true);
  expect(mixesWords(labelsOf(['yes', 'no']).labels)).toBe(false);
  expect(mixesWords(labelsOf(['yes', 'no', 'maybe']).labels)).toBe(false);
});

it.each([
  [['yes', 'Yes', ' yes'], 1],
  [['Zoë', 'Zoe\u0308'], 1],
  [['1', '1.0', '1.', '01'], 1],
  [['no  thanks', 'no thanks'], 1],
  [[true, 'True', 'TRUE'], 1],
  [[1, '1.0'], 1],
  [['1', '10', '-1', '1e0', '1.5'], 5],
  [['1234567890123456789', '1234567890123456788'], 2],
  [['yes', 'y', 'ja'], 3],
  [['a', 'ä'], 2],
])('%j are %d labels', (written, n) => {
  expect(labelsOf(written).labels).toHaveLength(n);
});

describe('a user names a label', () => {
  const { labels } = labelsOf(['1.0', '0.0', '1.0']);
  const words = labelsOf(['Yes', 'No', 'Yes ', 'YES']).labels;
  const truths = labelsOf(['True', 'False']).labels;

  it.each(['1', '1.0', '1.00'])('%s', (given) => {
    expect(namedLabel(labels, given)?.rows).toBe(2);
  });
  it.each(['Yes', 'YES', 'Yes '])('as written in the file: %j', (given) => {
    expect(namedLabel(words, given)?.rows).toBe(3);
  });
  it.each(['true', 'True', 'TRUE'])('%s', (given) => {
    expect(namedLabel(truths, given)?.text).toBe('True');
  });
  it('but not by a spelling that the file lacks', () => {
    expect(namedLabel(words, 'yes')).toBeUndefined();
    expect(namedLabel(labels, '2')).toBeUndefined();
  });
});

it('has one key for all spellings', () => {
  expect(labelKey(' +1.50 ')).toBe('1.5');
  expect(labelKey('-0')).toBe('0');
});
