/** The beginning of a CSV text, before its header. */
export interface Beginning {
  /** The delimiter. */
  readonly delimiter: string;
  /** The line that sets it, with its end; usually empty. */
  readonly line: string;
}

/**
 * Reads Excel's first line that sets the delimiter, such as `sep=;`.
 *
 * @param text the beginning of a CSV text.
 * @param delimiter the delimiter without such a line.
 */
export function separatorLine(text: string, delimiter: string): Beginning {
  const found = /^sep=([^"\r\n\w])(?:\r\n|\n|\r|$)/i.exec(text);
  return found ? { delimiter: found[1], line: found[0] } : { delimiter, line: '' };
}
