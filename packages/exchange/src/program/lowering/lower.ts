import {
  ChurnError,
  type FittedClassifier,
  type FittedModel,
  type FittedPart,
  type FittedPipeline,
  type FittedRegressor,
  type FittedSurvivalModel,
  isPipeline,
  isTransformer,
  type TableSchema,
} from '@churn/core';
import type { Program } from '../program.js';
import type { LoweredClassifier } from './classifier-lowering.js';
import { classifierLowerings } from './classifier-lowerings.js';
import { Frame, programKind } from './frame.js';
import { lowerTransformer } from './lower-transformer.js';
import { ProgramBuilder } from './program-builder.js';
import { lowerRegressor } from './regressors.js';
import { type SurvivalLoweringOptions, survivalOutput } from './survival.js';
import { unsupportedClass } from './unsupported.js';

/**
 * Converts a fitted pipeline, or a model without one, to a program: each column is computed once, from expressions of earlier columns.
 *
 * The program reads the raw columns that affect the prediction or whether a row is valid. A row for which one of its checks holds is rejected.
 * `predict` of a classifier returns the most likely class, or the second if its probability reaches the threshold.
 *
 * ```ts
 * const program = lower(pipeline);
 * toJavaScript(program);
 * ```
 *
 * For a survival model, the program computes the probability of an event within each of `horizons`.
 *
 * @param fitted a pipeline with or without a model, or a model with a schema.
 * @throws `unsupported`, naming the class, if a part cannot be converted; `invalid-parameter` for a survival model without horizons.
 */
export function lower(
  fitted: FittedPipeline<FittedPart> | FittedModel,
  options: SurvivalLoweringOptions = {},
): Program {
  const builder = new ProgramBuilder();
  const frame = new Frame(
    schemaOf(fitted).map((each) => ({ ...each, id: builder.input(each.name, programKind(each.kind)) })),
  );
  if (isTransformer(fitted)) {
    const { columns } = lowerTransformer(fitted, frame, builder);
    return builder.finish({
      kind: 'columns',
      columns: columns.map(({ id }) => id),
      names: columns.map(({ name }) => name),
    });
  }
  if (fitted.role === 'regressor') {
    return builder.finish({
      kind: 'amount',
      amount: lowerRegressor(fitted as FittedRegressor, frame, builder),
    });
  }
  if (fitted.role === 'survival') {
    const { columns, names } = survivalOutput(
      fitted as FittedPart as FittedSurvivalModel,
      ...([frame, builder, options] as const),
      (part, inner) => lowerClassifier(part, inner, builder).probabilities()[1],
    );
    return builder.finish({ kind: 'columns', columns, names, arePredictions: true });
  }
  const classifier = fitted as FittedPart as FittedClassifier;
  const { probabilities, threshold, thresholds } = lowerClassifier(classifier, frame, builder);
  return builder.finish({
    kind: 'classes',
    classes: classifier.classes,
    probabilities: probabilities(),
    threshold,
    thresholds,
  });
}

function lowerClassifier(fitted: FittedClassifier, frame: Frame, builder: ProgramBuilder): LoweredClassifier {
  const lowering = Object.hasOwn(classifierLowerings, fitted.type)
    ? classifierLowerings[fitted.type]
    : unsupportedClass(fitted.type);
  return lowering({
    fitted,
    frame,
    builder,
    lower: (part, inner) => lowerClassifier(part, inner, builder),
  });
}

function schemaOf(fitted: FittedPart & { readonly schema?: TableSchema | undefined }): TableSchema {
  if (isPipeline(fitted)) return fitted.schema;
  if (fitted.schema) return fitted.schema;
  throw new ChurnError(
    'invalid-parameter',
    `${fitted.type}: expected a pipeline or a model with a schema, got one without`,
  );
}
