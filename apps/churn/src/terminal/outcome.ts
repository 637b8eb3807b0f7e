import { visibleLines } from '@churn/core';

/** A file that a command has written. */
export interface WrittenFile {
  /** What it is, such as `report`. */
  readonly what: string;
  readonly path: string;
}

/** What a command has done. */
export interface Outcome {
  /** For people. */
  readonly text: string;
  readonly files?: readonly WrittenFile[];
  /** What was found, for programs: plain data. */
  readonly figures?: object;
  /** Commands that are worth running next; they run as they are. */
  readonly next?: readonly string[];
}

/** An outcome as JSON, the same for all commands. */
export function outcomeJson(command: string, { files = [], figures = {}, next = [] }: Outcome): string {
  return JSON.stringify({ command, files, figures, next }, null, 2);
}

/** An outcome for people. @param isTerminal whether to suggest what to do next: what is piped is the result alone. */
export function outcomeText({ text, next = [] }: Outcome, isTerminal: boolean): string {
  const steps =
    isTerminal && next.length > 0 ? `\n\nnext:\n${next.map((each) => `  ${each}`).join('\n')}` : '';
  return visibleLines(`${text}${steps}`);
}

/** The lines that name the files of an outcome. */
export function fileLines(files: readonly WrittenFile[]): string {
  return files.map(({ what, path }) => `${what}: ${path}`).join('\n');
}
