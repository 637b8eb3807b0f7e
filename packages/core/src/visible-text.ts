/**
 * Characters that are invisible or would change the surrounding text: control characters (which begin terminal escape sequences), line
 * and paragraph separators, overrides of the writing direction, unpaired surrogates, and those that XML forbids.
 */
const HIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu;

/** Text on one line, with invisible characters escaped as in JavaScript, such as `\n` and `\u001b`. */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, (letter) => {
    if (letter === '\n') return '\\n';
    if (letter === '\t') return '\\t';
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Like `visibleText`, but keeps line breaks. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n');
}
