import type { AnyScoringModel } from '../scoring/scoring-model.js';

/** A model that is to be exported. */
export type ModelToExport = AnyScoringModel & {
  /** What a user calls it: its file, or the alias. */
  readonly name: string;
};

/** What only some targets are told, by the options of the command. */
export interface TargetOptions {
  /** The database of SQL. */
  readonly dialect?: string | undefined;
  /** The table of raw rows. */
  readonly from?: string | undefined;
  /** The view to make. */
  readonly view?: string | undefined;
  /** Whether the model is written without the steps before it. */
  readonly only?: 'model' | undefined;
}

/** A file of what was written. */
export interface ExportedFile {
  /** What stands instead of the extension of `--output`; without it, it is the output itself. */
  readonly extension?: string;
  readonly content: string | Uint8Array;
}

/** A form in which a model leaves the application. */
export interface ExportTarget {
  /** What `--to` calls it. */
  readonly name: string;
  /** What it is, to follow the size of the file. */
  readonly title: string;
  /** The options of the command that are for it; others are refused. */
  readonly options: readonly (keyof TargetOptions)[];
  /**
   * The files, the output itself first.
   * @throws `unsupported` if the form cannot carry the model, naming the part and what to do instead.
   */
  write(
    model: ModelToExport,
    options: TargetOptions & { readonly output: string },
  ): readonly ExportedFile[] | Promise<readonly ExportedFile[]>;
}
