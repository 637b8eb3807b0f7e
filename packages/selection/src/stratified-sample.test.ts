import { Labels } from '@churn/core';
import fc from 'fast-check';
import { stratifiedSample } from './stratified-sample.js';

it('samples distinct rows in ascending order, with class proportions kept to within a row', () => {
  const targets = fc.array(fc.nat(3), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(targets, fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), (values, share, seed) => {
      const labels = Labels.from(values);
      const size = Math.round(share * labels.length);
      const rows = stratifiedSample(labels, { size, seed });
      expect(rows).toHaveLength(size);
      expect([...new Set(rows)].sort((a, b) => a - b)).toEqual([...rows]);
      const drawn = labels.take(rows).counts();
      labels.counts().forEach((count, code) => {
        expect(Math.abs(drawn[code] - (size / labels.length) * count)).toBeLessThan(1);
      });
    }),
  );
});

it('may omit a rare class', () => {
  const y = Labels.from(Array.from({ length: 1000 }, (_, row) => (row < 3 ? 'rare' : 'usual')));
  expect(y.take(stratifiedSample(y, { size: 100 })).counts()).toEqual([0, 100]);
});

it('is reproducible by its seed', () => {
  const y = Array.from({ length: 100 }, (_, row) => row % 3);
  const rows = stratifiedSample(y, { size: 30 });
  expect(stratifiedSample(y, { size: 30, seed: 0 })).toEqual(rows);
  expect(stratifiedSample(y, { size: 30, seed: 1 })).not.toEqual(rows);
});

it.each([-1, 1.5, 4, NaN])('rejects a size of %p for three rows', (size) => {
  expect(() => stratifiedSample([0, 1, 1], { size })).toThrow(
    expect.objectContaining({
      code: 'invalid-parameter',
      message: `size: expected an integer from 0 to 3, the number of rows, got ${size}`,
    }),
  );
});
