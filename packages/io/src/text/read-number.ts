import { parseNumber } from './parse-number.js';

/** Currencies written as letters; signs such as € are a Unicode category. */
const CODES =
  'USD EUR GBP JPY CNY CHF AUD CAD NZD HKD SGD SEK NOK DKK ISK PLN CZK HUF RON BGN TRY RUB UAH INR IDR MYR PHP THB VND KRW TWD BRL MXN ARS CLP ' +
  'COP PEN ZAR NGN KES EGP MAD ILS SAR AED QAR KWD PKR BDT LKR';
const LETTERS = 'kr\\.?|zł|Kč|Ft|lei|Rs\\.?|Fr\\.?|SFr\\.?|руб\\.?';
/** A sign may be combined with letters of its country, as in US$ and £GB. */
const CURRENCY = `(?:[A-Z]{0,3}\\p{Sc}[A-Z]{0,2}|${LETTERS}|${CODES.replaceAll(' ', '|')})`;

/** Possible separators of digit groups, besides the mark that is not the decimal one. */
const SPACES = " \\u00a0\\u2009\\u202f'’_";

/** The maximum length of a number with its decoration. */
const MAX_LENGTH = 60;

const DECORATED = new RegExp(
  `^(?:${CURRENCY}\\s*)?(?<open>\\()?(?<sign>[+-])?(?:${CURRENCY}\\s*)?(?<digits>[\\d.,${SPACES}]*[\\d.,])\\s*(?<percent>%)?\\s*` +
    `(?:${CURRENCY})?(?<trailing>-)?(?<close>\\))?(?:\\s*${CURRENCY})?$`,
  'u',
);
const GROUPED = {
  '.': grouped('.', ','),
  ',': grouped(',', '.'),
};
/** Typographic minus signs. */
const MINUS = /[−–]/;
const EXPONENT = /^[+-]?(?:\d+,?\d*|,\d+)(?:e[+-]?\d+)?$/i;

/** Digits in groups of three or, with commas, Indian groups of two before the last three. */
function grouped(decimal: string, other: string): RegExp {
  const rest = `(?:\\${decimal}(?<fraction>\\d*))?`;
  const indian = other === ',' ? '|[1-9]\\d?(?:,\\d\\d)+,\\d{3}' : '';
  return new RegExp(
    `^(?:(?<whole>\\d*|[1-9]\\d{0,2}(?:(?<mark>[${other}${SPACES}])\\d{3})(?:\\k<mark>\\d{3})*${indian}))${rest}$`,
  );
}

/**
 * Parses a number as `parseNumber` does, or with thousands separators (the mark that is not the decimal one, spaces, `'` or `_`), a currency, a
 * percent sign (`51.2%` is 0.512), or as a negative number in brackets or with a trailing minus. The decimal mark resolves ambiguous numbers: `1.234`
 * is 1234 if it is a comma.
 *
 * @returns `NaN` if the text is not a number.
 */
export function readNumber(text: string, decimal: '.' | ',' = '.'): number {
  const trimmed = text.trim();
  if (decimal === '.') {
    const plain = parseNumber(trimmed);
    if (!Number.isNaN(plain)) return plain;
  } else if (EXPONENT.test(trimmed)) return parseNumber(trimmed.replace(',', '.'));
  return readDecorated(trimmed, decimal);
}

function readDecorated(text: string, decimal: '.' | ','): number {
  // A quick exit for nearly all other texts, and for those that would take long.
  if (text.length > MAX_LENGTH || !/\d/.test(text)) return NaN;
  const parts = DECORATED.exec(MINUS.test(text) ? text.replace(MINUS, '-') : text)?.groups;
  if (!parts) return NaN;
  const { open, close, sign, trailing, digits, percent } = parts;
  const signs = [open, sign, trailing].filter((each) => each !== undefined);
  if ((open === undefined) !== (close === undefined) || signs.length > 1) return NaN;
  const { whole = '', fraction = '' } = GROUPED[decimal].exec(digits)?.groups ?? {};
  if (whole === '' && fraction === '') return NaN;
  const value = Number(`${whole.replaceAll(/\D/g, '') || '0'}.${fraction}e${percent ? -2 : 0}`);
  if (!Number.isFinite(value)) return NaN;
  return signs.length === 1 && signs[0] !== '+' ? -value : value;
}
