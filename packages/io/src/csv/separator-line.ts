/** What stands before the header of a CSV text. */
export interface Beginning {
  /** What stands between two fields. */
  readonly delimiter: string;
  /** The line that says so, with its end; mostly none. */
  readonly line: string;
}

/**
 * The first line by which Excel says what stands between the fields, such as `sep=;`.
 *
 * @param text the beginning of a CSV text.
 * @param delimiter what stands between the fields if no such line says otherwise.
 */
export function separatorLine(text: string, delimiter: string): Beginning {
  const found = /^sep=([^"\r\n\w])(?:\r\n|\n|\r|$)/i.exec(text);
  return found ? { delimiter: found[1], line: found[0] } : { delimiter, line: '' };
}
