import { NORMAL_QUANTILE_RATIOS } from '@churn/transforms';

/** A helper function, included in modules that need it. */
interface Helper {
  readonly source: string;
  /** The helpers that it calls. */
  readonly needs?: readonly HelperName[];
}

export type HelperName = keyof typeof HELPERS;

const { central, middle, tail } = NORMAL_QUANTILE_RATIOS;

function horner({ numerator, denominator }: typeof central, x: string): string {
  const polynomial = (coefficients: readonly number[]) =>
    coefficients.reduceRight((sum, each) => (sum === '' ? `${each}` : `(${sum}) * ${x} + ${each}`), '');
  return `(${polynomial(numerator)}) / (${polynomial(denominator)})`;
}

/** The helpers in the order in which a module contains them. They are plain ES2015, without platform APIs. */
const HELPERS = {
  bytes: {
    source: `const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The bytes of a base64 text. */
function bytes(text) {
  const codes = new Uint8Array(128);
  for (let i = 0; i < 64; i++) codes[DIGITS.charCodeAt(i)] = i;
  const made = new Uint8Array(Math.floor((text.length * 3) / 4));
  for (let i = 0, at = 0; i < text.length; i += 4) {
    const a = codes[text.charCodeAt(i)];
    const b = codes[text.charCodeAt(i + 1)];
    const c = i + 2 < text.length ? codes[text.charCodeAt(i + 2)] : 0;
    const d = i + 3 < text.length ? codes[text.charCodeAt(i + 3)] : 0;
    made[at++] = (a << 2) | (b >> 4);
    if (at < made.length) made[at++] = ((b & 15) << 4) | (c >> 2);
    if (at < made.length) made[at++] = ((c & 3) << 6) | d;
  }
  return made;
}`,
  },
  integers: {
    needs: ['bytes'],
    source: `/** Little-endian integers of 1, 2 or 4 bytes each. */
function integers(text, width) {
  const from = bytes(text);
  return Int32Array.from({ length: from.length / width }, (_, i) => {
    let value = 0;
    for (let k = width - 1; k >= 0; k--) value = (value << 8) | from[i * width + k];
    return value;
  });
}`,
  },
  doubles: {
    needs: ['bytes'],
    source: `/** Little-endian doubles. */
function doubles(text) {
  const from = bytes(text);
  const view = new DataView(from.buffer);
  return Float64Array.from({ length: from.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
}`,
  },
  isMissing: {
    source: `/** Whether a number or a text is missing. */
function isMissing(value) {
  return value === null || value !== value;
}`,
  },
  sigmoid: {
    source: `/** The logistic function. */
function sigmoid(z) {
  return 1 / (1 + Math.exp(-z));
}`,
  },
  cosine: {
    source: `/** The cosine with the angle reduction used at fit, also for angles too large to be meaningful. */
function cosine(x) {
  const quarters = Math.round(x * 0.6366197723675814);
  const most = x - quarters * 1.5707963267341256;
  const next = quarters * 6.077100506303966e-11;
  const angle = most - next;
  const rest = most - angle - next - quarters * 2.0222662487959506e-21;
  const s = angle * angle;
  const square = s * s;
  let value;
  if (quarters & 1) {
    const first = 1 / 6 - s * (1 / 120 - s * (1 / 5040 - s / 362880));
    const last = 1 / 39916800 - s * (1 / 6227020800 - s * (1 / 1307674368000 - s / 355687428096000));
    value = angle + (rest * (1 - s / 2) - angle * s * (first + square * square * last));
  } else {
    const first = 1 / 24 - s * (1 / 720 - s * (1 / 40320 - s / 3628800));
    const last = 1 / 479001600 - s * (1 / 87178291200 - s * (1 / 20922789888000 - s / 6402373705728000));
    const whole = 1 - s / 2;
    const lost = 1 - whole - s / 2;
    value = whole + (lost + (square * (first + square * square * last) - angle * rest));
  }
  const turn = quarters & 3;
  return turn === 1 || turn === 2 ? -value : value;
}`,
  },
  normalQuantile: {
    source: `/** The value below which a standard normal variable lies with probability p (Wichura, 1988). */
function normalQuantile(p) {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const x = 0.180625 - q * q;
    return q * (${horner(central, 'x')});
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const s = r <= 5 ? r - 1.6 : r - 5;
  const value = r <= 5 ? ${horner(middle, 's')} : ${horner(tail, 's')};
  return q < 0 ? -value : value;
}`,
  },
  lookUp: {
    source: `/** The value of a text in a map. */
function lookUp(map, text, missing, otherwise) {
  if (text === null) return missing;
  const found = map.get(text);
  return found === undefined ? otherwise : found;
}`,
  },
  interpolate: {
    source: `/** Linear interpolation between points with ascending x; constant beyond the ends. */
function interpolate(x, y, value) {
  if (value !== value) return NaN;
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (x[middle] <= value) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return y[0];
  if (low === x.length) return y[low - 1];
  const share = (value / 2 - x[low - 1] / 2) / (x[low] / 2 - x[low - 1] / 2);
  return y[low - 1] + share * (y[low] - y[low - 1]);
}`,
  },
  step: {
    source: `/** The value of a step function, whose edges belong to the step before them. */
function step(edges, heights, value) {
  if (value !== value) return NaN;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= edges[middle]) high = middle;
    else low = middle + 1;
  }
  return heights[low];
}`,
  },
  dateParts: {
    source: `/** The parts of an ISO 8601 date in UTC; null for any other text. */
function dateParts(text) {
  const found =
    text === null
      ? null
      : /^(\\d{4})-(\\d\\d)-(\\d\\d)(?:[T ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.\\d+)?)?Z?)?$/.exec(text);
  if (found === null) return null;
  const [year, month, day, hour, minute, second] = found.slice(1).map((digits) => Number(digits || 0));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || minute > 59 || second > 59) return null;
  const dayOfYear = Math.floor((date.getTime() - new Date(date.getTime()).setUTCMonth(0, 1)) / 86400000) + 1;
  return { year, month, day, weekday: date.getUTCDay() || 7, dayOfYear, hour, minute, second };
}`,
  },
  datePart: {
    needs: ['dateParts'],
    source: `/** A part of a date; NaN for any other text. */
function datePart(text, part) {
  const parts = dateParts(text);
  return parts === null ? NaN : parts[part];
}`,
  },
  sumTrees: {
    source: `/**
 * Adds up the leaves that a row falls into. A node compares column \`columns[node]\` of the row with a threshold, or tests for a set of codes;
 * its left child follows it. Bits of \`kinds\`: 1 for a leaf, 2 for a set, 4 if missing values go left.
 */
function sumTrees(trees, row, codes) {
  const { kinds, columns, values, rights, roots, thresholds, leaves, sets, width, single } = trees;
  const startsAtBase = single !== null && single.divisor === 1;
  const sums = startsAtBase ? single.base.slice() : new Array(width).fill(0);
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree];
    for (;;) {
      const kind = kinds[node];
      if (kind & 1) break;
      let isLeft;
      if (kind & 2) {
        const code = codes[columns[node]];
        isLeft = code >= 0 && sets[values[node]][code] === "1";
      } else {
        const value = row[columns[node]];
        isLeft = value !== value ? (kind & 4) !== 0 : value <= thresholds[values[node]];
      }
      node = isLeft ? node + 1 : rights[node];
    }
    for (let k = 0; k < width; k++) {
      const sum = sums[k] + leaves[values[node] * width + k];
      sums[k] = single === null ? sum : Math.fround(sum);
    }
  }
  if (single === null) return sums;
  return sums.map((sum, k) => {
    const { base, divisor } = single;
    const whole = startsAtBase ? sum : Math.fround(Math.fround(sum / divisor) + base[k]);
    return (whole - base[k]) * divisor;
  });
}`,
  },
  kernelSums: {
    source: `/** Weighted sums of the kernels between a row and vectors. */
function kernelSums({ name, gamma, coef0, degree, isOfProducts, vectors, weights, squares }, row) {
  const p = row.length;
  // For products, even and odd rows are summed separately, four at a time, as at fit.
  const sums = weights.map(() => 0);
  const odd = weights.map(() => 0);
  const four = [0, 0, 0, 0];
  let square = 0;
  for (let j = 0; j < p; j++) square += row[j] * row[j];
  for (let i = 0; i < squares.length; i++) {
    let product = 0;
    let apart = 0;
    for (let j = 0, at = i * p; j < p; j++, at++) {
      product += vectors[at] * row[j];
      apart += (vectors[at] - row[j]) * (vectors[at] - row[j]);
    }
    let value = product;
    if (name === "rbf") {
      const distance = isOfProducts ? Math.max(squares[i] + square - (product + product), 0) : apart;
      value = Math.exp(distance * -gamma);
    } else if (name === "sigmoid") value = Math.tanh(product * gamma + coef0);
    else if (name === "poly") {
      const inner = product * gamma + coef0;
      value = 1;
      for (let d = 0; d < degree; d++) value *= inner;
    }
    if (!isOfProducts) {
      for (let k = 0; k < sums.length; k++) sums[k] += weights[k][i] * value;
      continue;
    }
    four[i & 3] = value;
    if ((i & 3) < 3 && i + 1 < squares.length) continue;
    const first = i & ~3;
    for (let k = 0; k < sums.length; k++) {
      const weight = (j) => (first + j <= i ? weights[k][first + j] : 0);
      sums[k] += weight(0) * four[0] + weight(2) * (first + 2 <= i ? four[2] : 0);
      odd[k] += weight(1) * (first + 1 <= i ? four[1] : 0) + weight(3) * (first + 3 <= i ? four[3] : 0);
    }
  }
  return isOfProducts ? sums.map((sum, k) => sum + odd[k]) : sums;
}`,
  },
  shareNeighbors: {
    source: `/** The shares of the classes among the nearest neighbours. */
function shareNeighbors({ rows, codes, nNeighbors, isWeighted, power, nClasses }, row) {
  const p = row.length;
  const nearest = [];
  for (let i = 0; i < codes.length; i++) {
    let sum = 0;
    for (let j = 0, at = i * p; j < p; j++, at++) {
      const apart = Math.abs(rows[at] - row[j]);
      sum += power === 2 ? apart * apart : power === 1 ? apart : Math.pow(apart, power);
    }
    if (!(sum < (nearest.length < nNeighbors ? Infinity : nearest[nNeighbors - 1].sum))) continue;
    let at = nearest.length;
    while (at > 0 && nearest[at - 1].sum > sum) at--;
    nearest.splice(at, 0, { sum, code: codes[i] });
    if (nearest.length > nNeighbors) nearest.pop();
  }
  const shares = new Array(nClasses).fill(0);
  if (nearest.length < nNeighbors) return shares.fill(NaN);
  const inverses = nearest.map(({ sum }) =>
    isWeighted ? 1 / (power === 2 ? Math.sqrt(sum) : power === 1 ? sum : Math.pow(sum, 1 / power)) : 1,
  );
  const isAtRow = inverses.includes(Infinity);
  const votes = isAtRow ? inverses.map((each) => (each === Infinity ? 1 : 0)) : inverses;
  let all = 0;
  nearest.forEach(({ code }, i) => {
    shares[code] += votes[i];
    all += votes[i];
  });
  return shares.map((share) => share / all);
}`,
  },
  coupled: {
    source: `/** Pairwise coupling: class probabilities from those of pairs (Wu, Lin and Weng, 2004). */
function coupled(pairs, k) {
  const classes = Array.from({ length: k }, (_, i) => i);
  const r = classes.map(() => new Array(k).fill(0));
  let pair = 0;
  for (let i = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++) {
      r[i][j] = 1 - pairs[pair];
      r[j][i] = pairs[pair++];
    }
  }
  const q = classes.map((i) =>
    classes.map((j) =>
      i === j ? classes.reduce((sum, s) => (s === i ? sum : sum + r[s][i] * r[s][i]), 0) : -r[j][i] * r[i][j],
    ),
  );
  const p = classes.map(() => 1 / k);
  for (let sweep = 0; sweep < Math.max(100, k); sweep++) {
    let product = q.map((row) => row.reduce((sum, value, j) => sum + value * p[j], 0));
    let whole = p.reduce((sum, value, i) => sum + value * product[i], 0);
    if (Math.max(...product.map((value) => Math.abs(value - whole))) < 1e-12) break;
    for (let i = 0; i < k; i++) {
      const change = (whole - product[i]) / q[i][i];
      p[i] += change;
      whole = (whole + change * (change * q[i][i] + 2 * product[i])) / ((1 + change) * (1 + change));
      product = product.map((value, j) => (value + change * q[j][i]) / (1 + change));
      for (let j = 0; j < k; j++) p[j] /= 1 + change;
    }
  }
  return p;
}`,
  },
} as const satisfies Readonly<Record<string, Omit<Helper, 'needs'> & { readonly needs?: readonly string[] }>>;

/** The sources of helpers and of those that they call, each once and before its callers. */
export function helperSources(names: Iterable<HelperName>): string[] {
  const needed = new Set<HelperName>();
  const add = (name: HelperName) => {
    const { needs = [] }: Helper = HELPERS[name];
    for (const each of needs) add(each);
    needed.add(name);
  };
  for (const name of names) add(name);
  return (Object.keys(HELPERS) as HelperName[])
    .filter((name) => needed.has(name))
    .map((name) => HELPERS[name].source);
}
