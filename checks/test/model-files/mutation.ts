import type { Random } from '@churn/core';

type Node = unknown;
type Parent = Record<string, Node> | Node[];
interface Place {
  readonly parent: Parent;
  readonly key: string | number;
}

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  2,
  0.5,
  1e9,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  1e150,
  1e300,
  1e308,
  -1e308,
  5e-324,
  100_000,
];
const TEXTS = ['', 'x', '__proto__', 'constructor', 'a\nb', '=', 'AAAA', 'é', 'x'.repeat(10_000)];
const NESTED = JSON.parse(`${'['.repeat(300)}${']'.repeat(300)}`);
const ARRAYS = [Float64Array, Float32Array, Int32Array, Uint16Array, Uint8Array];

/**
 * Damages a value of a JSON text, in place, somewhere within it: a field that goes or is renamed, another type, another number,
 * a list that is longer, shorter or in another order, or other numbers in what is base64.
 */
export function mutate(root: Record<string, unknown>, random: Random): void {
  const places = placesOf(root);
  // Earlier changes may have left nothing of it.
  if (places.length === 0) return;
  const { parent, key } = places[random.int(places.length)];
  const value = valueAt(parent, key);
  const kind = random.int(10);
  if (kind === 0) remove(parent, key);
  else if (kind === 1) rename(parent, key, random);
  else if (kind === 2) put(parent, key, anything(random));
  else if (kind === 3) put(parent, key, structuredClone(at(places[random.int(places.length)])));
  else if (typeof value === 'number') put(parent, key, otherNumber(value, random));
  else if (typeof value === 'string') put(parent, key, otherText(value, random));
  else if (Array.isArray(value)) put(parent, key, otherList(value, random));
  else put(parent, key, kind === 4 ? anything(random) : value);
}

function placesOf(root: Record<string, Node>): Place[] {
  const places: Place[] = [];
  const waiting: Parent[] = [root];
  for (let parent = waiting.pop(); parent; parent = waiting.pop()) {
    for (const key of Object.keys(parent)) {
      places.push({ parent, key: Array.isArray(parent) ? Number(key) : key });
      const value = valueAt(parent, key);
      if (typeof value === 'object' && value !== null) waiting.push(value as Parent);
    }
  }
  return places;
}

function at({ parent, key }: Place): Node {
  return valueAt(parent, key);
}

function valueAt(parent: Parent, key: string | number): Node {
  return (parent as Record<string, Node>)[key];
}

function put(parent: Parent, key: string | number, value: Node): void {
  // Not by assignment, which would set a prototype.
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function remove(parent: Parent, key: string | number): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

function rename(parent: Parent, key: string | number, random: Random): void {
  const value = valueAt(parent, key);
  remove(parent, key);
  if (Array.isArray(parent)) parent.push(value);
  else put(parent, random.int(2) ? `${key}x` : pick(TEXTS, random), value);
}

function anything(random: Random): Node {
  const values = [null, true, false, [], {}, [null], NESTED, pick(NUMBERS, random), pick(TEXTS, random)];
  // A copy, for what was put in may be damaged next.
  return structuredClone(pick(values, random));
}

function otherNumber(value: number, random: Random): number | null {
  const others = [
    pick(NUMBERS, random),
    pick(NUMBERS, random),
    -value,
    value + 1,
    value - 1,
    value + 0.5,
    value * 1e300,
    value / 1e300,
    // What NaN becomes in JSON.
    null,
  ];
  return pick(others, random);
}

function otherText(value: string, random: Random): string {
  const isPacked = value.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(value);
  if (isPacked && random.int(8)) return otherNumbers(value, random);
  const cut = random.int(value.length + 1);
  return pick(
    [
      pick(TEXTS, random),
      value.slice(0, cut),
      `${value}${value}`,
      `${value.slice(0, cut)} ${value.slice(cut)}`,
    ],
    random,
  );
}

/** Other numbers in a packed array, of whatever type it may be. */
function otherNumbers(text: string, random: Random): string {
  const bytes = Buffer.from(text, 'base64');
  const fitting = ARRAYS.filter((Type) => bytes.length % Type.BYTES_PER_ELEMENT === 0);
  const Type = pick(fitting, random);
  let numbers: number[] = Array.from(new Type(Uint8Array.from(bytes).buffer));
  const place = () => random.int(Math.max(numbers.length, 1));
  for (let times = 1 + random.int(3); times > 0; times--) {
    const kind = random.int(9);
    const from = place();
    if (kind === 0) numbers.splice(from, 1);
    else if (kind === 1) numbers.splice(from, 0, numbers[place()]);
    else if (kind === 2) [numbers[from], numbers[times]] = [numbers[times] ?? 0, numbers[from]];
    else if (kind === 3) numbers = numbers.map(() => pick(NUMBERS, random));
    else if (kind === 4) numbers[from] = pick([NaN, Infinity, -Infinity], random);
    else if (kind === 5) numbers[from] = random.uint32();
    else if (kind === 6) numbers = numbers.slice(0, from);
    else if (kind === 7) numbers[from] = numbers[place()] + pick([1, -1, 0.5], random);
    else numbers[from] = pick(NUMBERS, random);
  }
  return Buffer.from(Type.from(numbers).buffer).toString('base64');
}

function otherList(values: Node[], random: Random): Node[] {
  const kind = random.int(7);
  const from = random.int(values.length + 1);
  if (kind === 0) return [];
  if (kind === 1) return values.slice(0, from);
  if (kind === 2) return [...values, ...structuredClone(values)];
  if (kind === 3) return [...values].reverse();
  if (kind === 4) return [...values.slice(0, from), anything(random), ...values.slice(from)];
  if (kind === 5) return [...values.slice(from), ...values.slice(0, from)];
  return values.length === 0 ? [null] : Array.from({ length: 1000 }, () => structuredClone(values[0]));
}

function pick<T>(values: readonly T[], random: Random): T {
  return values[random.int(values.length)];
}
