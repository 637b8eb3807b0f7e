/** How many characters of a text, and how many texts of a list, a message shows. */
const SHOWN = { characters: 60, texts: 12 };

/** `text` in quotes for a message: on one line, and shortened if it is long. */
export function quoted(text: string): string {
  return JSON.stringify(clipped(text));
}

/** `text` as it stands, shortened if it is long. */
export function clipped(text: string, most = SHOWN.characters): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** Texts in quotes for a message: the first ones, and of a longer list how many there are. */
export function quotedList(texts: readonly string[]): string {
  const shown = texts.slice(0, SHOWN.texts).map(quoted).join(', ');
  return texts.length > SHOWN.texts ? `${shown}, … (${texts.length} in all)` : shown;
}
