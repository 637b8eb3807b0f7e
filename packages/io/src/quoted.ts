/** How many characters of a text a message shows. */
const SHOWN = 60;

/** `text` in quotes for a message: on one line, and shortened where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(clipped(text));
}

/** `text` as it stands, shortened where it is long. */
export function clipped(text: string, most = SHOWN): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
