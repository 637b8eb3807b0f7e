import { type FittedRegressor, Random, Table } from '@churn/core';
import { KNeighborsClassifier } from '@churn/models';
import { amounts, formula, x } from '../../test/formula.js';
import reference from '../../test/reference/peers.json';
import { type KernelShapOptions, kernelShap } from './kernel-shap.js';

const background = x.take([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
const rows = x.take([20, 21, 22]);

describe('kernelShap', () => {
  it.each([
    ['log-odds, as predicted values', amounts, reference.kernelShap.logOdds],
    ['probabilities', formula, reference.kernelShap.probability],
  ])('of %s are the values of shap', (_, model, { baseline, values }) => {
    const { outputs } = kernelShap(model, rows, background);
    expect(outputs).toHaveLength(1);
    expect(outputs[0].baseline).toBeCloseTo(baseline, 12);
    outputs[0].contributions.forEach((column, j) => {
      column.forEach((value, row) => {
        expect(Math.abs(value - values[row][j])).toBeLessThan(1e-9);
      });
    });
  });

  it('in log-odds are those of a regressor of the log-odds', () => {
    const { unit, outputs } = kernelShap(formula, rows, background, { scale: 'log-odds' });
    expect(unit).toBe('log-odds');
    const ofAmounts = kernelShap(amounts, rows, background).outputs[0];
    outputs[0].contributions.forEach((column, j) => {
      column.forEach((value, row) => {
        expect(value).toBeCloseTo(ofAmounts.contributions[j][row], 9);
      });
    });
  });

  const random = new Random(3);
  const wide = Table.fromColumns(
    Object.fromEntries(
      Array.from({ length: 14 }, (_, j) => [`c${j}`, Array.from({ length: 40 }, () => random.normal())]),
    ),
  );
  const few = wide.take([0, 1, 2]);
  const others = wide.take([10, 11, 12, 13, 14, 15]);
  const adding = (products: boolean): FittedRegressor => ({
    role: 'regressor',
    type: 'Adding',
    state: {},
    features: wide.names,
    predict: (table) =>
      table.numeric('c0').map((first, i) => {
        const sum = wide.names.reduce((total, name, j) => total + (j + 1) * table.numeric(name)[i], 0);
        return products ? sum + 3 * first * table.numeric('c1')[i] : sum;
      }),
  });

  it('of a sum over many columns are its terms, whatever sets are sampled', () => {
    const { outputs } = kernelShap(adding(false), few, others, { nSamples: 60 });
    outputs[0].contributions.forEach((column, j) => {
      const values = others.numeric(`c${j}`);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      column.forEach((value, row) => {
        expect(value).toBeCloseTo((j + 1) * (few.numeric(`c${j}`)[row] - mean), 9);
      });
    });
  });

  it('of many columns add up to the prediction, are close to the exact ones and reproducible', () => {
    const model = adding(true);
    const [{ baseline, contributions }] = kernelShap(model, few, others, { nSamples: 400, seed: 1 }).outputs;
    const [exact] = kernelShap(model, few, others, { nSamples: 1 << 14 }).outputs;
    model.predict(few).forEach((amount, row) => {
      expect(contributions.reduce((sum, column) => sum + column[row], baseline)).toBeCloseTo(
        amount as number,
        9,
      );
      contributions.forEach((column, j) => {
        expect(Math.abs(column[row] - exact.contributions[j][row])).toBeLessThan(0.2);
      });
    });
    const again = kernelShap(model, few, others, { nSamples: 400, seed: 1 }).outputs[0];
    expect(again.contributions).toEqual(contributions);
    const other = kernelShap(model, few, others, { nSamples: 400, seed: 2 }).outputs[0];
    expect(other.contributions).not.toEqual(contributions);
  });

  it('have one output per class of several, and the whole difference for one column', () => {
    const table = Table.fromColumns({ a: Array.from({ length: 30 }, (_, i) => i) });
    const labels = Array.from({ length: 30 }, (_, i) => 'pqr'[Math.floor(i / 10)]);
    const model = new KNeighborsClassifier().fit(table, labels);
    const { outputs } = kernelShap(model, table.take([3]), table.take([25]));
    expect(outputs.map(({ baseline }) => baseline)).toEqual([0, 0, 1]);
    expect(outputs.map(({ contributions }) => contributions[0][0])).toEqual([1, 0, -1]);
  });

  it.each<[KernelShapOptions, string]>([
    [{ nSamples: 9 }, 'nSamples: expected an integer of at least 10, got 9'],
    [{ scale: 'odds' as 'log-odds' }, 'scale: expected one of probability, log-odds, got "odds"'],
  ])('reject %j', (options, message) => {
    expect(() => kernelShap(formula, rows, background, options)).toThrow(message);
  });

  it('require background rows', () => {
    expect(() => kernelShap(formula, rows, x.take([]))).toThrow(
      'background: expected a table with at least one row',
    );
    expect(() => kernelShap(formula, rows, undefined as never)).toThrow('background: expected a Table');
  });
});
