/**
 * What cannot be shown, or would change how the text around it is: control characters (escape sequences of terminals begin with one),
 * separators of lines and paragraphs, overrides of the writing direction, halves of surrogate pairs, and what XML forbids.
 */
const HIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu;

/** Text on one line, with what cannot be seen written as JavaScript writes it in a string, such as `\n` and `\u001b`. */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, (letter) => {
    if (letter === '\n') return '\\n';
    if (letter === '\t') return '\\t';
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** As `visibleText`, with its lines kept. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n');
}
