/** What is shown of an object to people who look at it. */
export interface Display {
  text(): string;
  html(): string;
}

/**
 * Lets consoles of Node and Deno, and notebooks, show an object by its display. The methods are put on the object, and not on its
 * class: with names that are computed, bundlers would keep a class that nobody uses.
 */
export function displayAs(object: object, { text, html }: Display): void {
  const methods = {
    'nodejs.util.inspect.custom': text,
    'Deno.customInspect': text,
    'Jupyter.display': () => ({ 'text/html': html(), 'text/plain': text() }),
  };
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(object, Symbol.for(name), { value });
  }
}
