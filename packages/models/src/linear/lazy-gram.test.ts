import { Random } from '@churn/core';
import { LazyGram } from './lazy-gram.js';
import { weightedGram } from './weighted-gram.js';

it('is the exact Gram matrix without drift, regardless of earlier requests', () => {
  const random = new Random(1);
  const draw = () => Float64Array.from({ length: 50 }, () => random.uniform());
  const columns = Array.from({ length: 9 }, draw);
  const lazy = new LazyGram(columns);
  const weights = draw();
  for (const wanted of [[0, 3], [3, 1, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8], [5]]) {
    for (let i = 0; i < 5; i++) weights[random.int(50)] = random.uniform();
    const expected = weightedGram(
      wanted.map((j) => columns[j]),
      weights,
    );
    lazy.at(weights, wanted, 0).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 12);
    });
  }
});

it('skips rows whose weights have hardly changed if there is a drift', () => {
  const lazy = new LazyGram([Float64Array.of(1, 1, 1)]);
  expect([...lazy.at(Float64Array.of(1, 1, 1), [0], 0.1)]).toEqual([3]);
  expect([...lazy.at(Float64Array.of(1.05, 1, 2), [0], 0.1)]).toEqual([4]);
});
