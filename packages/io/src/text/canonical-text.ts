const TRUTH = /^(?:true|false)$/i;
const WHOLE = /^-?(?:0|[1-9]\d*)(?=\.0+$)/;
/** Nearly all texts: without spaces around them, and of letters that have one form alone. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/** A text without spaces around it, each letter in its one composed form (Unicode NFC). */
export function normalized(text: string): string {
  return PLAIN.test(text) ? text : text.trim().normalize('NFC');
}

/**
 * The one spelling of a category: without spaces around it, in Unicode's form NFC, `true` and `false` in lower case, and integers without
 * the zeros behind a point, so that `1.0` is `1`. `007` stays as it is.
 */
export function canonicalText(text: string): string {
  const short = normalized(text);
  if (TRUTH.test(short)) return short.toLowerCase();
  if (!short.endsWith('0')) return short;
  const [whole = short] = WHOLE.exec(short) ?? [];
  return whole === '-0' && short !== '-0' ? '0' : whole;
}
