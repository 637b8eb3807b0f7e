import { ChurnError } from '@churn/core';
import { ConstantImputer, type ConstantImputerOptions } from './constant-imputer';
import type { ImputerOptions } from './imputer-options';
import { MeanImputer } from './mean-imputer';
import { MedianImputer } from './median-imputer';
import { ModeImputer } from './mode-imputer';

const learning = { MeanImputer, MedianImputer, ModeImputer };
const all = {
  ...learning,
  ConstantImputer: class extends ConstantImputer {
    constructor(options: Omit<ConstantImputerOptions, 'value'> = {}) {
      super({ value: 0, ...options });
    }
  },
};

const refused: [options: Record<string, unknown>, message: string][] = [
  [{ columns: 'age' }, 'columns: expected a list of unique column names, got "age"'],
  [{ columns: [1] }, 'columns: expected a list of unique column names, got [1]'],
  [{ columns: ['a', 'b', 'a'] }, 'columns: expected a list of unique column names, got ["a","b","a"]'],
  [{ addIndicator: 1 }, 'addIndicator: expected true or false, got 1'],
  [{ addIndicator: null }, 'addIndicator: expected true or false, got null'],
];
const refusedGroups: [options: Record<string, unknown>, message: string][] = [
  [{ groupBy: ['kind'] }, 'groupBy: expected a column name, got ["kind"]'],
  [{ groupBy: null }, 'groupBy: expected a column name, got null'],
  [
    { columns: ['a', 'kind'], groupBy: 'kind' },
    'columns: expected names other than that of groupBy, got "kind"',
  ],
];

describe.each(Object.entries(all))('%s', (_, Imputer) => {
  it.each(refused)('rejects %j', (options, message) => {
    const make = () => new Imputer(options as ImputerOptions);
    expect(make).toThrow(new ChurnError('invalid-parameter', message));
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });

  it('copies its options', () => {
    const columns = ['a'];
    const imputer = new Imputer({ columns, addIndicator: true });
    columns.push('b');
    expect(imputer.columns).toEqual(['a']);
    expect(imputer.addIndicator).toBe(true);
    expect(new Imputer().addIndicator).toBe(false);
  });
});

describe.each(Object.entries(learning))('%s', (_, Imputer) => {
  it.each(refusedGroups)('rejects %j', (options, message) => {
    expect(() => new Imputer(options as ImputerOptions)).toThrow(message);
  });
});

it.each([
  [undefined, 'undefined'],
  [null, 'null'],
  [NaN, 'NaN'],
  [Infinity, 'Infinity'],
  [true, 'true'],
])('rejects a constant that is %s', (value, got) => {
  const options = { value } as unknown as ConstantImputerOptions;
  expect(() => new ConstantImputer(options)).toThrow(`value: expected a finite number or text, got ${got}`);
});
