import { ChurnError, type Classifier, type Json } from '@churn/core';
import type { AnyModel } from '../model.js';

/** Is told what went wrong in a fit without ending it, such as a solver that stopped early. */
export type OnWarning = (message: string) => void;

/**
 * Makes the model of a candidate, most often a pipeline.
 *
 * @param onWarning what a model that warns may be given: present only if it is fitted on all rows by `fitCandidates`.
 */
export type BuildPipeline<P, M extends AnyModel = AnyModel> = (params: P, onWarning?: OnWarning) => M;

/** Where a function that makes models is found: plain data. */
export interface ModuleReference {
  readonly url: string;
  readonly exportName: string;
  /** What all candidates share. */
  readonly context: Json;
}

/**
 * A function of a module that makes the model of a candidate, by the names of both: worker threads, which cannot be sent a
 * function, import it themselves, with all custom transformers that it uses.
 *
 * ```ts
 * // churn-pipeline.js: export const churnPipeline = ({ C }, { seed }) => new Pipeline([…], new LogisticRegression({ C }));
 * new PipelineModule<{ C: number }, Pipeline<FittedLogisticRegression>>(new URL('./churn-pipeline.js', import.meta.url), 'churnPipeline', { seed: 42 });
 * ```
 */
export class PipelineModule<P, M extends AnyModel = Classifier> implements ModuleReference {
  readonly url: string;
  /** In the type alone: what the function takes, so that one of wider parameters fits a grid of narrower ones. */
  declare readonly takes?: (params: P) => void;
  /** In the type alone: what the function makes. */
  declare readonly makes?: M;

  /**
   * @param url the module.
   * @param exportName the function that it exports, which gets the parameters of a candidate, the `context`, and what may be told
   *   warnings, as `BuildPipeline` says.
   * @param context what all candidates share, as plain JSON.
   */
  constructor(
    url: URL | string,
    readonly exportName: string,
    readonly context: Json = null,
  ) {
    this.url = String(url);
  }

  /** @throws `invalid-parameter` if there is no such module, or it exports no such function. */
  async load(): Promise<BuildPipeline<P, M>> {
    return loadPipelineModule(this);
  }
}

/** @throws `invalid-parameter` if there is no such module, or it exports no such function. */
export async function loadPipelineModule<P, M extends AnyModel>({
  url,
  exportName,
  context,
}: ModuleReference): Promise<BuildPipeline<P, M>> {
  let loaded: Readonly<Record<string, unknown>>;
  try {
    loaded = await import(/* @vite-ignore */ url);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ChurnError('invalid-parameter', `pipeline: cannot import ${url}: ${reason}`, { cause: error });
  }
  const build = loaded[exportName];
  if (typeof build !== 'function') {
    throw new ChurnError('invalid-parameter', `pipeline: ${url} exports no function "${exportName}"`);
  }
  return (params, onWarning) => build(params, context, onWarning);
}
