import { compileRow, rowValues, schemaOf, Table, type Transformer } from '@churn/core';
import { ConstantImputer } from './constant-imputer';
import { MeanImputer } from './mean-imputer';
import { MedianImputer } from './median-imputer';
import { ModeImputer } from './mode-imputer';

const x = Table.fromColumns({
  b: [1, null, 3],
  '7': [2, 2, null],
  full: [1, 2, 3],
  empty: Float64Array.of(NaN, NaN, NaN),
  kind: ['p', null, null],
});
const options = { columns: ['b', '7', 'full', 'empty'], addIndicator: true };
const imputers: Record<string, Transformer> = {
  MeanImputer: new MeanImputer(options),
  MedianImputer: new MedianImputer(options),
  ModeImputer: new ModeImputer(options),
  ConstantImputer: new ConstantImputer({ ...options, value: 0 }),
};

describe.each(Object.entries(imputers))('%s', (_, imputer) => {
  it('adds a column of 0 and 1 for each column with missing values, in order', () => {
    const { fitted, output } = imputer.fitTransform(x);
    expect(fitted.state.indicators).toEqual(['b', '7', 'empty']);
    expect(output.names.slice(x.names.length)).toEqual(['b_missing', '7_missing', 'empty_missing']);
    expect(output.numeric('b_missing')).toEqual(Float64Array.of(0, 1, 0));
    expect(output.numeric('7_missing')).toEqual(Float64Array.of(0, 0, 1));
    expect(output.numeric('empty_missing')).toEqual(Float64Array.of(1, 1, 1));
  });

  it('imputes new rows, with indicators for the columns with missing values at fit', () => {
    const later = Table.fromColumns({ b: [null, 1], '7': [1, 1], full: [null, 1], empty: [1, 1] });
    const output = imputer.fit(x).transform(later);
    expect(output.names.slice(later.names.length)).toEqual(['b_missing', '7_missing', 'empty_missing']);
    expect(output.numeric('b_missing')).toEqual(Float64Array.of(1, 0));
    expect(output.numeric('empty_missing')).toEqual(Float64Array.of(0, 0));
    expect(output.numeric('full')[0]).not.toBeNaN();
  });

  it('leaves the given row unchanged', () => {
    const row = rowValues(schemaOf(x), x.row(1));
    const before = [...row];
    compileRow([imputer.fit(x)], schemaOf(x)).apply(row);
    expect(row).toEqual(before);
  });

  it('rejects a new column with the name of an indicator, in tables and rows', () => {
    const clash = x.with({ '7_missing': ['text', 'text', 'text'] });
    const fitted = imputer.fit(x);
    for (const action of [() => fitted.transform(clash), () => fitted.compileRow?.(schemaOf(clash))]) {
      expect(action).toThrow(expect.objectContaining({ code: 'column-name' }));
      expect(action).toThrow('column "7_missing" is in the table, but the name is reserved');
    }
  });
});

it('indicates missing categories', () => {
  const { output } = new ModeImputer({ addIndicator: true }).fitTransform(x);
  expect(output.names).toEqual([...x.names, 'kind_missing']);
  expect(output.numeric('kind_missing')).toEqual(Float64Array.of(0, 1, 1));
});

it('adds nothing by default', () => {
  const { fitted, output } = new MeanImputer().fitTransform(x);
  expect(Object.keys(fitted.state)).toEqual(['means']);
  expect(output.names).toEqual(x.names);
});
