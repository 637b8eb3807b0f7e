import fc from 'fast-check';
import { packArray, unpackArray } from './packed-array.js';

describe('packArray', () => {
  it.each([
    [[], ''],
    [[102], 'Zg=='],
    [[102, 111], 'Zm8='],
    [[102, 111, 111], 'Zm9v'],
    [[102, 111, 111, 98, 97, 114], 'Zm9vYmFy'],
  ])('agrees with RFC 4648 for the bytes %j', (bytes, text) => {
    expect(packArray(Uint8Array.from(bytes))).toBe(text);
  });

  it('writes the least significant byte first', () => {
    expect(packArray(Int32Array.of(1))).toBe(packArray(Uint8Array.of(1, 0, 0, 0)));
    expect(packArray(Float64Array.of(1))).toBe(packArray(Uint8Array.of(0, 0, 0, 0, 0, 0, 0xf0, 0x3f)));
  });

  it('writes only the part of a buffer that the array covers', () => {
    expect(packArray(Uint8Array.of(1, 102, 2).subarray(1, 2))).toBe('Zg==');
  });
});

describe('unpackArray', () => {
  it('restores every array', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.float64Array(), fc.float32Array(), fc.int32Array(), fc.uint16Array(), fc.uint8Array()),
        (array) => {
          const Type = array.constructor as Float64ArrayConstructor;
          expect(unpackArray(packArray(array), Type)).toEqual(array);
        },
      ),
    );
  });

  it('agrees with the base64 of the platform', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(packArray(bytes)).toBe(btoa(String.fromCharCode(...bytes)));
      }),
    );
  });

  it.each(['Zg=', 'Zg', 'Z===', 'Zm9*', 'Zm9é', 'Zm9\u{1f600}', 'Z=9v', ' Zm9v'])('rejects %j', (text) => {
    expect(unpackArray(text, Uint8Array)).toBeUndefined();
  });

  it('rejects bytes that do not form integers', () => {
    expect(unpackArray('Zm9v', Int32Array)).toBeUndefined();
  });
});
