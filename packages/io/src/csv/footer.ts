/** Words that start a line of totals, in common languages of spreadsheets. */
const TOTAL =
  /^\W*(?:(?:grand|sub|overall)[ -]?)?(?:totals?|sum|sums|summen?|gesamt|gesamtsumme|insgesamt|somme|suma|soma|totale|totaal|totaux|count|average|mean|durchschnitt)\W*$/i;
/** Notes that databases and reports write below the rows. */
const COUNT =
  /^\W*(?:(?:total|number of )?\s*(?:rows?|records?)\b\D{0,20}\d[\d,. ]*|\d[\d,. ]*(?:rows?|records?|entries|zeilen|datensätze|lignes|filas|righe|linhas)\b.*|end of (?:file|report|data)\b.*|eof)\W*$/i;

/** Whether the fields of a record look like a line of totals or a note below the rows. */
export function isFooter(fields: readonly string[]): boolean {
  const [first, ...others] = fields.filter((field) => !isEmpty(field));
  return first !== undefined && (TOTAL.test(first) || (others.length === 0 && COUNT.test(first)));
}

/**
 * Whether a record with as many fields as the header looks like a footer.
 * @param minEmpty the minimum number of empty fields; default half of them.
 */
export function isFilledFooter(fields: readonly string[], minEmpty = fields.length / 2): boolean {
  if (fields.length < 3) return false;
  let empty = 0;
  for (const field of fields) if (isEmpty(field)) empty++;
  return empty >= minEmpty && isFooter(fields);
}

function isEmpty(field: string): boolean {
  return field === '' || (field.charCodeAt(0) <= 0x20 && field.trim() === '');
}
