/**
 * Calls `visit` with each member of a JSON object in order, including repeated names: the name, and the start and end of its value.
 * @param text an object that `JSON.parse` accepts.
 */
export function forEachMember(text: string, visit: (name: string, start: number, end: number) => void): void {
  let at = skipSpace(text, text.indexOf('{') + 1);
  while (text[at] === '"') {
    const nameEnd = endOfString(text, at);
    const start = skipSpace(text, text.indexOf(':', nameEnd) + 1);
    const end = endOfValue(text, start);
    visit(unquoted(text, at, nameEnd), start, end);
    // After the comma; nothing but a closing brace follows the last.
    at = skipSpace(text, skipSpace(text, end) + 1);
  }
}

/**
 * The texts of the values in a JSON list, or the text itself if it is not a list.
 * @param text JSON that `JSON.parse` accepts.
 */
export function listedTexts(text: string): string[] {
  const begin = skipSpace(text, 0);
  if (text[begin] !== '[') return [text];
  const texts: string[] = [];
  let at = skipSpace(text, begin + 1);
  while (at < text.length && text[at] !== ']') {
    const end = endOfValue(text, at);
    texts.push(text.slice(at, end));
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return texts;
}

/** The number of colons in a text: in JSON at least one per member. */
export function countColons(text: string): number {
  let colons = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) colons++;
  return colons;
}

/**
 * Finds the first name that is repeated within an object of a JSON text, and the index of that object. `JSON.parse` ignores such repetitions.
 *
 * @param text an object of plain values, or a list of such objects.
 * @param members the number of members that `JSON.parse` finds in all of them.
 */
export function firstRepeatedMember(
  text: string,
  members: number,
): { readonly row: number; readonly name: string } | undefined {
  // A quick check: with no more colons than members, no name is repeated.
  if (countColons(text) <= members) return undefined;
  const marks = /["{]/g;
  let row = -1;
  let names = new Set<string>();
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === '{') {
      row++;
      names = new Set();
      continue;
    }
    const end = endOfString(text, mark.index);
    marks.lastIndex = end;
    if (text[skipSpace(text, end)] !== ':') continue;
    const name = unquoted(text, mark.index, end);
    if (names.has(name)) return { row, name };
    names.add(name);
  }
  return undefined;
}

/** The nesting depth of lists and objects, in a text that need not be JSON. */
export function depthOf(text: string): number {
  const marks = /["[\]{}]/g;
  let depth = 0;
  let deepest = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === '"') marks.lastIndex = endOfString(text, mark.index);
    else if (mark[0] === '[' || mark[0] === '{') deepest = Math.max(deepest, ++depth);
    else depth--;
  }
  return deepest;
}

/** The index after the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first !== '[' && first !== '{') {
    let end = start;
    while (end < text.length && !isEnd(text.charCodeAt(end))) end++;
    return end;
  }
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const mark = text[at];
    if (mark === '"') at = endOfString(text, at) - 1;
    else if (mark === '[' || mark === '{') depth++;
    else if ((mark === ']' || mark === '}') && --depth === 0) return at + 1;
  }
  return text.length;
}

function unquoted(text: string, start: number, end: number): string {
  const inside = text.slice(start + 1, end - 1);
  return inside.includes('\\') ? JSON.parse(text.slice(start, end)) : inside;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

/** Whether a number or a word ends here: at a space, a comma or a closing bracket. */
function isEnd(code: number): boolean {
  return code === 44 || code === 125 || code === 93 || isSpace(code);
}
