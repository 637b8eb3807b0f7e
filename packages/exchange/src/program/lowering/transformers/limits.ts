import type { Expression } from '../../expression.js';
import { atLeast, atMost } from '../expressions.js';
import { mappingNumbers, type TransformerLowering } from '../transformer-lowering.js';

function limited(x: Expression, least: number | null, most: number | null): Expression {
  const above = least === null ? x : atLeast(x, least);
  return most === null ? above : atMost(above, most);
}

export const clip: TransformerLowering = (context) => {
  const { limits } = context.state as {
    readonly limits: Readonly<
      Record<string, { readonly min: number | null; readonly max: number | null } | null>
    >;
  };
  return mappingNumbers(context, limits, ({ x }, { min, max }) => limited(x, min, max));
};

export const winsorizer: TransformerLowering = (context) => {
  const { bounds } = context.state as {
    readonly bounds: Readonly<
      Record<string, { readonly lower: number | null; readonly upper: number | null } | null>
    >;
  };
  return mappingNumbers(context, bounds, ({ x }, { lower, upper }) => limited(x, lower, upper));
};
