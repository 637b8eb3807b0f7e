import type { Expression } from '../../expression.js';
import { choose, clamp, divide, isInfinite, number, subtract } from '../expressions.js';
import { FINITE, isBounded, rangeOf } from '../range.js';
import { mappingNumbers, type NumberToMap, type TransformerLowering } from '../transformer-lowering.js';

interface Centring {
  readonly center: number;
  readonly scale: number;
}

/** Up to this magnitude, subtracting a center from the largest number does not overflow. */
const SAFE = 1e290;

/** `(x - center) / scale`, limited to the largest number. */
export function centred({ x, id, range }: NumberToMap, { center, scale }: Centring): Expression {
  const way = center === 0 ? x : subtract(x, number(center));
  const plain = scale === 1 ? way : divide(way, number(scale));
  const finite = isBounded(range) ? range : FINITE;
  const isExact = isBounded(rangeOf(plain, (each) => (each === id ? finite : range)));
  if (isExact || (scale >= 1 && Math.abs(center) < SAFE)) return plain;
  // The difference of huge values of opposite sign overflows, though the quotient may not.
  const far = Math.abs(center) < SAFE ? plain : subtract(divide(x, number(scale)), number(center / scale));
  const bounded = clamp(far, -Number.MAX_VALUE, Number.MAX_VALUE);
  const ofFinite =
    far === plain
      ? bounded
      : choose(isInfinite(way), bounded, clamp(plain, -Number.MAX_VALUE, Number.MAX_VALUE));
  return isBounded(range) ? ofFinite : choose(isInfinite(x), x, ofFinite);
}

export const standardScaler: TransformerLowering = (context) => {
  const { means, scales } = context.state as {
    readonly means: Readonly<Record<string, number | null>>;
    readonly scales: Readonly<Record<string, number | null>>;
  };
  return mappingNumbers(context, means, (given, center) =>
    centred(given, { center, scale: scales[given.name] ?? 1 }),
  );
};

/** `MinMaxScaler`, `MaxAbsScaler` and `RobustScaler`. */
export const scaler: TransformerLowering = (context) => {
  const { columns, clip, featureRange } = context.state as {
    readonly columns: Readonly<Record<string, Centring | null>>;
    readonly clip?: boolean;
    readonly featureRange?: readonly [number, number];
  };
  return mappingNumbers(context, columns, (given, centring) => {
    const value = centred(given, centring);
    return clip && featureRange ? clamp(value, ...featureRange) : value;
  });
};
