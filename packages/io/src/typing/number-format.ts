import { quoted } from '../text/quoted.js';
import type { NumberEvidence } from './number-evidence.js';

/** Describes the format of numbers, with warnings about it. */
export function numberFormat({ mark, decorated, isSure, ambiguous, plain }: NumberEvidence): {
  readonly features: readonly string[];
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
  const features = [
    ...(mark === ',' ? ['decimal comma'] : []),
    ...(isGrouped ? ['thousands separators'] : []),
    ...(currencies.size > 0 ? [`currency ${[...currencies].join(', ')}`] : []),
    ...(percents > 0 ? ['percent'] : []),
    ...(isAccounting ? ['negatives in brackets or with a trailing minus'] : []),
  ];
  const warnings = [
    ...(currencies.size > 1
      ? [`more than one currency (${[...currencies].join(', ')}), which are read as the same`]
      : []),
    ...(percents > 0 && (decorated.length > percents || plain > 0)
      ? ['some numbers have a percent sign and others do not']
      : []),
    ...(!isSure && ambiguous !== undefined
      ? [
          `${quoted(ambiguous)} is ambiguous; the decimal mark is assumed to be ${mark === ',' ? 'a comma' : 'a point'}; set decimal`,
        ]
      : []),
  ];
  return { features, warnings };
}
