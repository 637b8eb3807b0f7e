import type { Expression } from '../../expression.js';
import { atMost, choose, clamp, divide, lessOrEqual, multiply, negate, number } from '../expressions.js';
import { type Range, rangeOf } from '../range.js';
import { mappingNumbers, type NumberToMap, type TransformerLowering } from '../transformer-lowering.js';
import { centred } from './centring.js';

/** The Yeo-Johnson transform, as `yeoJohnson` computes it. */
function yeoJohnson({ x, range, id }: NumberToMap, lambda: number): Expression {
  if (lambda === 1) return x;
  const ofColumn = (each: number): Range => (each === id ? range : { from: -Infinity, to: Infinity });
  const positive = grown({ op: 'log1p', of: x }, lambda, ofColumn);
  const negative = negate(grown({ op: 'log1p', of: negate(x) }, 2 - lambda, ofColumn));
  if (range.from >= 0) return positive;
  return choose(lessOrEqual(number(0), x), positive, negative);
}

/** `((x + 1)^power - 1) / power` from `log(x + 1)`, limited to the largest number. */
function grown(log: Expression, power: number, ofColumn: (id: number) => Range): Expression {
  const value = powered(log, power);
  return rangeOf(value, ofColumn).to < Infinity ? value : atMost(value, Number.MAX_VALUE);
}

function powered(log: Expression, power: number): Expression {
  if (Math.abs(power) < Number.EPSILON) return log;
  return divide({ op: 'expm1', of: power === 1 ? log : multiply(number(power), log) }, number(power));
}

export const skewCorrector: TransformerLowering = (context) => {
  const { lambdas } = context.state as { readonly lambdas: Readonly<Record<string, number>> };
  return mappingNumbers(context, lambdas, yeoJohnson);
};

export const powerTransformer: TransformerLowering = (context) => {
  const { state, builder, frame } = context;
  const { method, lambdas, scaler } = state as unknown as {
    readonly method: 'yeo-johnson' | 'box-cox';
    readonly lambdas: Readonly<Record<string, number | null>>;
    readonly scaler: {
      readonly means: Readonly<Record<string, number | null>>;
      readonly scales: Readonly<Record<string, number | null>>;
    } | null;
  };
  const powers = mappingNumbers(context, lambdas, (given, lambda) => {
    if (method === 'yeo-johnson') return yeoJohnson(given, lambda);
    builder.reject(lessOrEqual(given.x, number(0)), 'a positive number for Box-Cox');
    const value = powered({ op: 'log', of: given.x }, lambda);
    return clamp(value, -Number.MAX_VALUE, Number.MAX_VALUE);
  });
  if (!scaler) return powers;
  const ids = builder.compute(
    'PowerTransformer',
    frame.columns.map(({ name, kind }, j) => ({
      name,
      kind: kind === 'numeric' ? ('number' as const) : ('text' as const),
      value: powers[j],
    })),
  );
  return frame.columns.map(({ name }, j) => {
    const x: Expression = { op: 'column', id: ids[j] };
    const center = Object.hasOwn(scaler.means, name) ? scaler.means[name] : null;
    if (center === null) return x;
    const range = builder.rangeOfColumn(ids[j]);
    return centred({ x, id: ids[j], range, name }, { center, scale: scaler.scales[name] ?? 1 });
  });
};

export const log1pTransformer: TransformerLowering = (context) => {
  const { columns } = context.state as { readonly columns: readonly string[] };
  return mappingNumbers(context, Object.fromEntries(columns.map((name) => [name, name])), ({ x, range }) => {
    if (!(range.from > -1)) {
      context.builder.reject(lessOrEqual(x, number(-1)), 'a number above -1 for log(1 + x)');
    }
    return { op: 'log1p', of: x };
  });
};
