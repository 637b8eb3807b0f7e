import type { NystroemKernel } from '@churn/transforms';
import type { Expression } from '../../expression.js';
import type { ProgramKernel } from '../../program.js';
import { column, linear, multiply, number, subtract } from '../expressions.js';
import type { Frame } from '../frame.js';
import { ANY } from '../range.js';
import type { TransformerLowering } from '../transformer-lowering.js';

/** The other columns, followed by those computed from the joint columns. */
function besides(frame: Frame, taken: readonly string[], made: readonly Expression[]): Expression[] {
  const rest = frame.columns.filter(({ name }) => !taken.includes(name));
  return [...rest.map(({ id }) => column(id)), ...made];
}

export const pca: TransformerLowering = ({ state, frame, builder, fitted }) => {
  const { columns, means, components, explainedVariance, whiten } = state as unknown as {
    readonly columns: readonly string[];
    readonly means: readonly number[];
    readonly components: readonly (readonly number[])[];
    readonly explainedVariance: readonly number[];
    readonly whiten: boolean;
  };
  const ways = builder
    .compute(
      fitted.type,
      columns.map((name, j) => ({
        name: `${name} centred`,
        value: subtract(frame.value(name), number(means[j])),
      })),
    )
    .map(column);
  const made = components.map((weights, k) => {
    const scale = whiten ? Math.sqrt(explainedVariance[k]) : 1;
    return linear(
      0,
      weights.map((weight) => weight / scale),
      ways,
    );
  });
  return besides(frame, columns, made);
};

export const rbfSampler: TransformerLowering = ({ state, frame }) => {
  const { columns, randomWeights, randomOffset } = state as unknown as {
    readonly columns: readonly string[];
    readonly randomWeights: readonly (readonly number[])[];
    readonly randomOffset: readonly number[];
  };
  const size = number(Math.sqrt(2 / randomOffset.length));
  const values = columns.map((name) => frame.value(name));
  const made = randomOffset.map((offset, k) =>
    multiply(size, { op: 'cos', of: linear(offset, randomWeights[k], values) }),
  );
  return besides(frame, columns, made);
};

export const nystroem: TransformerLowering = ({ state, frame, builder, fitted, schema }) => {
  const { columns, components, normalization, ...kernel } = state as unknown as {
    readonly columns: readonly string[];
    readonly components: readonly (readonly number[])[];
    readonly normalization: readonly (readonly number[])[];
    readonly kernel: NystroemKernel;
    readonly gamma: number;
    readonly coef0: number;
    readonly degree: number;
  };
  const features = columns.map((name) => frame.id(name));
  const names = schema.slice(schema.length - components.length).map(({ name }) => name);
  const made = builder.step(features, names, ANY, (outputs) => ({
    kind: 'kernel',
    of: fitted.type,
    features,
    kernel: programKernel(kernel),
    vectors: components.map((row) => Float64Array.from(row)),
    weights: normalization.map((row) => Float64Array.from(row)),
    outputs,
  }));
  return besides(frame, columns, made.map(column));
};

/** The kernel of a model as a program kernel. */
export function programKernel({
  kernel,
  gamma,
  coef0,
  degree,
}: {
  readonly kernel: ProgramKernel['name'];
  readonly gamma: number;
  readonly coef0: number;
  readonly degree: number;
}): ProgramKernel {
  switch (kernel) {
    case 'linear':
      return { name: kernel };
    case 'rbf':
      return { name: kernel, gamma };
    case 'sigmoid':
      return { name: kernel, gamma, coef0 };
    case 'poly':
      return { name: kernel, gamma, coef0, degree };
  }
}
