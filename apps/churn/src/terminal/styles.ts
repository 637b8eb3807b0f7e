/** The parts of a stream that are checked. */
type Stream = Pick<NodeJS.WriteStream, 'isTTY'>;
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether text on a stream may have colours: never with NO_COLOR (https://no-color.org), always with FORCE_COLOR unless it is 0 or false,
 * otherwise only on a terminal that is not dumb.
 */
export function hasColours({ isTTY }: Stream, env: Environment = process.env): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return !['0', 'false'].includes(env.FORCE_COLOR);
  return hasCursor({ isTTY }, env);
}

/** Whether a stream is a terminal whose cursor can be moved, as a progress bar needs. */
export function hasCursor({ isTTY }: Stream, env: Environment = process.env): boolean {
  return isTTY === true && env.TERM !== 'dumb';
}

const CODES = { dim: [2, 22], red: [31, 39], yellow: [33, 39] } as const;

export type Style = keyof typeof CODES;

/** Text in a style, unchanged if the stream has no colours. */
export function styled(text: string, style: Style, stream: Stream): string {
  if (!hasColours(stream)) return text;
  const [on, off] = CODES[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}
