import type { AnyScoringModel } from '../scoring/scoring-model.js';

/** A model to export. */
export type ModelToExport = AnyScoringModel & {
  /** The name used by the user: its file, or the alias. */
  readonly name: string;
};

/** Options that only some targets have. */
export interface TargetOptions {
  /** The database of SQL. */
  readonly dialect?: string | undefined;
  /** The table of raw rows. */
  readonly from?: string | undefined;
  /** The view to create. */
  readonly view?: string | undefined;
  /** Whether to export the model without the steps before it. */
  readonly only?: 'model' | undefined;
}

/** An exported file. */
export interface ExportedFile {
  /** The extension that replaces that of `--output`; without it, the file is the output itself. */
  readonly extension?: string;
  readonly content: string | Uint8Array;
}

/** A target format of exports. */
export interface ExportTarget {
  /** Its name in `--to`. */
  readonly name: string;
  /** Its description, shown after the size of the file. */
  readonly title: string;
  /** The options that it supports; others are rejected. */
  readonly options: readonly (keyof TargetOptions)[];
  /**
   * The exported files, the output itself first.
   * @throws `unsupported` if the format does not support the model, naming the part and an alternative.
   */
  write(
    model: ModelToExport,
    options: TargetOptions & { readonly output: string },
  ): readonly ExportedFile[] | Promise<readonly ExportedFile[]>;
}
