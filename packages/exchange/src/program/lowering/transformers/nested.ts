import type { FittedPipeline, FittedTransformer } from '@churn/core';
import type { FittedFeatureUnion, FittedOnColumns } from '@churn/transforms';
import { column } from '../expressions.js';
import type { TransformerContext, TransformerLowering } from '../transformer-lowering.js';

export const onColumns: TransformerLowering = ({ fitted, frame, schema, lower }) => {
  const { columns, part, newNames } = fitted as FittedOnColumns;
  const made = lower(part, frame.select(columns));
  const ids = new Map(
    made.columns.map(({ name, id }) => [Object.hasOwn(newNames, name) ? newNames[name] : name, id]),
  );
  return schema.map(({ name }) => column(ids.get(name) ?? frame.id(name)));
};

export const featureUnion: TransformerLowering = ({ fitted, frame, lower }) => {
  const { parts } = fitted as FittedFeatureUnion;
  return parts.flatMap((part) => lower(part, frame).columns.map(({ id }) => column(id)));
};

/** A pipeline without a model. */
export const pipeline: TransformerLowering = ({ fitted, frame, lower }: TransformerContext) => {
  const { schema, steps } = fitted as FittedTransformer as FittedPipeline<FittedTransformer>;
  const inner = frame.select(schema.map(({ name }) => name));
  return steps.reduce((table, step) => lower(step, table), inner).columns.map(({ id }) => column(id));
};
