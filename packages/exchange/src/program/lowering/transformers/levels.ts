import type { Expression } from '../../expression.js';
import { choose, column, isMissing, number, text } from '../expressions.js';
import { replacing, type TransformerLowering } from '../transformer-lowering.js';

type NumberOf = Readonly<Record<string, number>>;

function lookedUp(
  of: Expression,
  numbers: Iterable<readonly [level: string, value: number]>,
  otherwise: number,
  missing: number,
): Expression {
  return {
    op: 'lookup',
    of,
    entries: new Map(Array.from(numbers, ([level, value]) => [level, number(value)])),
    missing: number(missing),
    otherwise: number(otherwise),
  };
}

export const valueMapper: TransformerLowering = ({ state, frame }) => {
  const { mapping } = state as {
    readonly mapping: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  };
  return replacing(frame, ({ name, id }) => {
    if (!Object.hasOwn(mapping, name)) return undefined;
    const entries = new Map(Object.entries(mapping[name]).map(([from, to]) => [from, text(to)]));
    return [{ op: 'lookup', of: column(id), entries, missing: text(null), otherwise: column(id) }];
  });
};

interface Shares {
  readonly prior: number;
  readonly ratios: Readonly<Record<string, NumberOf>>;
}

export const categoryEncoder: TransformerLowering = ({ state, frame }) => {
  const { others = [], ...first } = state as unknown as Shares & { readonly others?: readonly Shares[] };
  return replacing(frame, ({ name, id }) => {
    if (!Object.hasOwn(first.ratios, name)) return undefined;
    return [first, ...others].map(({ prior, ratios }) =>
      lookedUp(column(id), Object.entries(ratios[name]), prior, prior),
    );
  });
};

/** Encodes each level as a number. */
export function levelEncoder(
  field: string,
  { unseen, missing }: { readonly unseen: number; readonly missing: number },
): TransformerLowering {
  return ({ state, frame }) => {
    const numbers = state[field] as Readonly<Record<string, NumberOf>>;
    return replacing(frame, ({ name, id }) =>
      Object.hasOwn(numbers, name)
        ? [lookedUp(column(id), Object.entries(numbers[name]), unseen, missing)]
        : undefined,
    );
  };
}

export const ordinalEncoder: TransformerLowering = ({ state, frame }) => {
  const { levels, unknownValue } = state as {
    readonly levels: Readonly<Record<string, readonly string[]>>;
    readonly unknownValue: number;
  };
  return replacing(frame, ({ name, id }) => {
    if (!Object.hasOwn(levels, name)) return undefined;
    const places = levels[name].map((level, place) => [level, place] as const);
    return [lookedUp(column(id), places, unknownValue, NaN)];
  });
};

interface OneHotLevels {
  readonly levels: readonly string[];
  readonly infrequent: readonly string[];
  readonly dropped: string | null;
}

export const oneHotEncoder: TransformerLowering = ({ state, frame }) => {
  const { columns } = state as unknown as { readonly columns: Readonly<Record<string, OneHotLevels>> };
  return replacing(frame, ({ name, id }) => {
    if (!Object.hasOwn(columns, name)) return undefined;
    const { levels, infrequent, dropped } = columns[name];
    const of = column(id);
    const own = levels.map((level) => choose({ op: 'oneOf', of, levels: [level] }, number(1), number(0)));
    if (infrequent.length === 0) return own;
    const frequent = dropped === null ? levels : [...levels, dropped];
    // A level not seen at `fit` is a rare one.
    const isNone = { op: 'or', of: [isMissing(of), { op: 'oneOf', of, levels: frequent }] } as const;
    return [...own, choose(isNone, number(0), number(1))];
  });
};
