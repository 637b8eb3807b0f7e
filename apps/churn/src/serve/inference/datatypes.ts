/** A datatype of tensor elements, and how it is read from bytes. */
export interface Datatype {
  /** Its description in errors. */
  readonly expected: string;
  /** Whether a JSON value is a valid element. */
  allows(value: unknown): boolean;
  /** The size of an element in bytes; `undefined` if it varies. */
  readonly bytes?: number;
  /** Reads the element at an offset. */
  read?(view: DataView, at: number): unknown;
}

const whole = (
  name: string,
  bytes: number,
  read: (view: DataView, at: number) => number | bigint,
): [string, Datatype] => {
  const isSigned = name.startsWith('INT');
  const bits = 8 * bytes - (isSigned ? 1 : 0);
  const above = Number(1n << BigInt(bits));
  const least = isSigned ? -above : 0;
  return [
    name,
    {
      expected: `an integer of ${name}`,
      allows: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) < above,
      bytes,
      // Stays exact above 2^53; the reader of the column validates it.
      read(view, at) {
        const value = read(view, at);
        return Number.isSafeInteger(Number(value)) ? Number(value) : value;
      },
    },
  ];
};

const real = (
  name: string,
  bytes: number,
  read: (view: DataView, at: number) => number,
): [string, Datatype] => [
  name,
  { expected: 'a number', allows: (value) => typeof value === 'number', bytes, read },
];

/** The datatypes of the protocol by name, without 16-bit floating-point numbers, which neither JSON nor Node supports. */
export const DATATYPES: ReadonlyMap<string, Datatype> = new Map<string, Datatype>([
  [
    'BOOL',
    {
      expected: 'true or false',
      allows: (value) => typeof value === 'boolean',
      bytes: 1,
      read: (view, at) => view.getUint8(at) !== 0,
    },
  ],
  whole('UINT8', 1, (view, at) => view.getUint8(at)),
  whole('UINT16', 2, (view, at) => view.getUint16(at, true)),
  whole('UINT32', 4, (view, at) => view.getUint32(at, true)),
  whole('UINT64', 8, (view, at) => view.getBigUint64(at, true)),
  whole('INT8', 1, (view, at) => view.getInt8(at)),
  whole('INT16', 2, (view, at) => view.getInt16(at, true)),
  whole('INT32', 4, (view, at) => view.getInt32(at, true)),
  whole('INT64', 8, (view, at) => view.getBigInt64(at, true)),
  real('FP32', 4, (view, at) => view.getFloat32(at, true)),
  real('FP64', 8, (view, at) => view.getFloat64(at, true)),
  ['BYTES', { expected: 'a text', allows: (value) => typeof value === 'string' }],
]);
