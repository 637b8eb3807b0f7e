import { ChurnError, type Classifier, type Json } from '@churn/core';
import type { AnyModel } from '../model.js';

/** Called with a warning of a fit, such as a solver that stopped early. */
export type OnWarning = (message: string) => void;

/**
 * Builds the model of a candidate, usually a pipeline.
 *
 * @param onWarning a callback for models that warn; passed only by `fitCandidates`.
 */
export type BuildPipeline<P, M extends AnyModel = AnyModel> = (params: P, onWarning?: OnWarning) => M;

/** The reference to a function that builds models, as plain data. */
export interface ModuleReference {
  readonly url: string;
  readonly exportName: string;
  /** What all candidates share. */
  readonly context: Json;
}

/**
 * A function that builds the model of a candidate, referenced by module and name: worker threads import it themselves, with all custom
 * transformers that it uses.
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
   * @param exportName the exported function, which receives the parameters of a candidate, the `context`, and the callback for warnings,
   * as in `BuildPipeline`.
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
