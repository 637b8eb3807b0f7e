/** How many characters of a text a message shows. */
const SHOWN = 60;

/** `text` in quotes for a message: on one line, and shortened where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}
