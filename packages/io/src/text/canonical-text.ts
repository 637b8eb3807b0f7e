const TRUTH = /^(?:true|false)$/i;
const WHOLE = /^-?(?:0|[1-9]\d*)(?=\.0+$)/;
/** Nearly all texts: ASCII without surrounding spaces, which is already normalised. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/** A text without surrounding spaces, in Unicode NFC. */
export function normalized(text: string): string {
  return PLAIN.test(text) ? text : text.trim().normalize('NFC');
}

/**
 * Normalises the spelling of a category: without surrounding spaces, in Unicode NFC, `true` and `false` in lower case, and integers without decimal
 * zeros, so that `1.0` becomes `1`. `007` is unchanged.
 */
export function canonicalText(text: string): string {
  const short = normalized(text);
  if (TRUTH.test(short)) return short.toLowerCase();
  if (!short.endsWith('0')) return short;
  const [whole = short] = WHOLE.exec(short) ?? [];
  return whole === '-0' && short !== '-0' ? '0' : whole;
}
