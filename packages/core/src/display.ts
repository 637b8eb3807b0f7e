/** How an object is displayed to people. */
export interface Display {
  text(): string;
  html(): string;
}

/**
 * Makes the consoles of Node and Deno, and notebooks, display an object. The methods are defined on the object rather than its class,
 * because computed names would make bundlers keep unused classes.
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
