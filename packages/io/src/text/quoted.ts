/** The maximum number of characters of a text, and of texts in a list, that a message shows. */
const SHOWN = { characters: 60, texts: 12 };

/** Quotes a text for a message, on one line and shortened if it is long. */
export function quoted(text: string): string {
  return JSON.stringify(clipped(text));
}

/** Shortens a text if it is long. */
export function clipped(text: string, most = SHOWN.characters): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** Quotes a list of texts for a message: the first ones and, for a long list, the total number. */
export function quotedList(texts: readonly string[]): string {
  const shown = texts.slice(0, SHOWN.texts).map(quoted).join(', ');
  return texts.length > SHOWN.texts ? `${shown}, … (${texts.length} in all)` : shown;
}
