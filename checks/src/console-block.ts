/** A command of a `console` block, and what the page says that it prints. */
export interface ShownCommand {
  readonly command: string;
  /** A line `…` stands for any lines, and `…` within a line for any text. */
  readonly output: string;
}

/** The commands of a `console` block: lines that begin with `$ `, and go on in lines that begin with `> `. */
export function shownCommands(block: string): ShownCommand[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [first, ...rest] = part.split('\n');
      const end = rest.findIndex((line) => !line.startsWith('> '));
      const more = rest.slice(0, end).map((line) => line.slice(2));
      return { command: [first, ...more].join('\n'), output: rest.slice(end).join('\n') };
    });
}

/** Whether a command printed what the page shows. */
export function matchesShown(printed: string, shown: string): boolean {
  const pattern = shown
    .trimEnd()
    .split('\n')
    .map((line) => (line === '…' ? '(?:.*\n)*' : `${line.split('…').map(literal).join('.*')} *\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(`${printed.trimEnd()}\n`);
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
