/** A command line of a shell, each argument in quotes where it needs them. */
export function commandLine(...args: readonly string[]): string {
  return args.map(quotedArgument).join(' ');
}

function quotedArgument(text: string): string {
  if (/^[\w./:@%+=,-]+$/.test(text)) return text;
  // Within these, shells leave all else as it is; Windows knows no others.
  return /[$`"\\!]/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `"${text}"`;
}
