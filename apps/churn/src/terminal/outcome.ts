import { visibleLines } from '@churn/core';

/** A file written by a command. */
export interface WrittenFile {
  /** Its description, such as `report`. */
  readonly what: string;
  readonly path: string;
}

/** The outcome of a command. */
export interface Outcome {
  /** The text output. */
  readonly text: string;
  readonly files?: readonly WrittenFile[];
  /** The JSON output: plain data. */
  readonly figures?: object;
  /** Suggested next commands, ready to run. */
  readonly next?: readonly string[];
}

/** An outcome as JSON, the same for all commands. */
export function outcomeJson(command: string, { files = [], figures = {}, next = [] }: Outcome): string {
  return JSON.stringify({ command, files, figures, next }, null, 2);
}

/** An outcome as text. @param isTerminal whether to suggest next commands; piped output is only the result. */
export function outcomeText({ text, next = [] }: Outcome, isTerminal: boolean): string {
  const steps =
    isTerminal && next.length > 0 ? `\n\nnext:\n${next.map((each) => `  ${each}`).join('\n')}` : '';
  return visibleLines(`${text}${steps}`);
}

/** The lines that name the files of an outcome. */
export function fileLines(files: readonly WrittenFile[]): string {
  return files.map(({ what, path }) => `${what}: ${path}`).join('\n');
}
