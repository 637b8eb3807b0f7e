import fc from 'fast-check';
import { canonicalText, normalized } from './canonical-text';

it.each([
  [' True ', 'true'],
  ['FALSE', 'false'],
  ['Yes', 'Yes'],
  ['1.0', '1'],
  ['-3.00', '-3'],
  ['-0.0', '0'],
  ['0.0', '0'],
  ['007', '007'],
  ['007.0', '007.0'],
  ['1.10', '1.10'],
  ['1.0.0', '1.0.0'],
  ['10', '10'],
  ['Cafe\u0301', 'Café'],
  ['\u00a0a b\t', 'a b'],
  ['', ''],
])('canonicalText(%j) is %j', (text, canonical) => expect(canonicalText(text)).toBe(canonical));

it('is idempotent', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...' 01.-trueTRUE') }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(canonicalText(canonicalText(text))).toBe(canonicalText(text));
      expect(normalized(normalized(text))).toBe(normalized(text));
    }),
    { numRuns: 1000 },
  );
});
