import { quoted } from '../text/quoted.js';
import type { NumberEvidence } from './number-evidence.js';

/** How numbers are written, in words, and what is odd about that. */
export function numberFormat({ mark, decorated, isSure, ambiguous, plain }: NumberEvidence): {
  readonly told: readonly string[];
  readonly warnings: readonly string[];
} {
  const currencies = new Set<string>();
  let percents = 0;
  let isGrouped = false;
  let isAccounting = false;
  const group = mark === '.' ? /\d[,\s'’_]\d{3}/ : /\d[.\s'’_]\d{3}/;
  for (const text of decorated) {
    const [currency] = /\p{Sc}|\p{L}[\p{L}$.]*/u.exec(text.replace(/e[+-]?\d+$/i, '')) ?? [];
    if (currency !== undefined) currencies.add(currency);
    if (text.includes('%')) percents++;
    isGrouped ||= group.test(text);
    isAccounting ||= text.startsWith('(') || /\d.*-$/.test(text);
  }
  const told = [
    ...(mark === ',' ? ['decimal comma'] : []),
    ...(isGrouped ? ['thousands separators'] : []),
    ...(currencies.size > 0 ? [`currency ${[...currencies].join(', ')}`] : []),
    ...(percents > 0 ? ['percent'] : []),
    ...(isAccounting ? ['negatives in brackets or with a minus behind'] : []),
  ];
  const warnings = [
    ...(currencies.size > 1
      ? [`more than one currency (${[...currencies].join(', ')}), which are read as if they were one`]
      : []),
    ...(percents > 0 && (decorated.length > percents || plain > 0)
      ? ['some numbers have a percent sign and others have none']
      : []),
    ...(!isSure && ambiguous !== undefined
      ? [
          `${quoted(ambiguous)} could be read in two ways; the decimal mark is taken for ${mark === ',' ? 'a comma' : 'a point'}: say which by decimal`,
        ]
      : []),
  ];
  return { told, warnings };
}
