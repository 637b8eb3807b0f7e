/** A shell command line, with arguments quoted if needed. */
export function commandLine(...args: readonly string[]): string {
  return args.map(quotedArgument).join(' ');
}

function quotedArgument(text: string): string {
  if (/^[\w./:@%+=,-]+$/.test(text)) return text;
  // Shells preserve everything inside these quotes; Windows has no others.
  return /[$`"\\!]/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `"${text}"`;
}
