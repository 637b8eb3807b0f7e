import { performanceFigures } from './performance-figures.js';

it('has no metrics that need rows of each class if some have none', () => {
  const positive = [0.5, 0.25];
  const ofOne = performanceFigures(Int32Array.of(1, 1), [positive.map((p) => 1 - p), positive], 0.5);
  expect(ofOne).toMatchObject({ rocAuc: null, calibrationError: null, accuracy: 0.5, recall: 0.5 });
  expect(ofOne.logLoss).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 12);
  const ofTwo = [0.2, 0.6];
  const ofThree = performanceFigures(Int32Array.of(0, 2), [ofTwo, ofTwo.map(() => 0), [0.8, 0.4]], null);
  expect(ofThree).toMatchObject({ rocAuc: null, calibrationError: null, accuracy: 0 });
});
