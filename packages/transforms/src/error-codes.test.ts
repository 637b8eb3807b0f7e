import { ChurnError, StateReader, schemaOf, Table } from '@churn/core';
import { Binner } from './binner';
import { custom } from './custom';
import { DateParts } from './date-parts';
import { Log1pTransformer } from './log1p-transformer';
import { MeanImputer } from './mean-imputer';
import { MinMaxScaler } from './min-max-scaler';
import { OrdinalEncoder } from './ordinal-encoder';
import { PolynomialFeatures } from './polynomial-features';
import { PowerTransformer } from './power-transformer';
import { QuantileTransformer } from './quantile-transformer';
import { RenameColumns } from './rename-columns';
import { ValueMapper } from './value-mapper';
import { WeightOfEvidenceEncoder } from './weight-of-evidence-encoder';

const x = Table.fromColumns({ a: [1, 2, 3, 4], b: [4, 3, 2, 2], kind: ['p', 'q', 'p', 'q'] });
const restoreCustom = () =>
  custom({
    type: 'Strict',
    fit: () => ({ by: 1 }),
    transform: (table) => table,
    isState: (learned) => typeof learned === 'object',
  }).restore(new StateReader('Strict', { learned: 1 }));

/** A caller tells these errors apart by their codes. */
it.each<[code: string, message: string, refused: () => unknown]>([
  [
    'invalid-data',
    'column "a", row 0: expected a bin index below 2, got 2',
    () => new Binner({ nBins: 2 }).fit(x).inverseTransform(Table.fromColumns({ a: [2], b: [0] })),
  ],
  [
    'invalid-data',
    'column "a", row 0: expected a bin index below 2, got 0.5',
    () => new Binner({ nBins: 2 }).fit(x).inverseTransform(Table.fromColumns({ a: [0.5], b: [0] })),
  ],
  [
    'invalid-data',
    'column "a", row 0: expected a bin index below 2, got -1',
    () => new Binner({ nBins: 2 }).fit(x).inverseTransform(Table.fromColumns({ a: [-1], b: [0] })),
  ],
  [
    'invalid-data',
    'expected a bin, got "x"',
    () =>
      new Binner({ nBins: 2, encode: 'label' })
        .fit(x)
        .inverseTransform(Table.fromColumns({ a: ['x'], b: ['x'] })),
  ],
  ['model-file', 'Strict: expected "learned" to pass its isState', restoreCustom],
  [
    'invalid-data',
    'column "kind", row 0: expected a date such as 2024-02-29 or 2024-02-29T13:45:00Z, got "p"',
    () => new DateParts({ columns: ['kind'] }).fitTransform(x),
  ],
  [
    'invalid-data',
    'column "kind", row 0: expected a date',
    () =>
      new DateParts({ columns: ['kind'] })
        .fit(Table.fromColumns({ kind: ['2024-01-01'] }))
        .compileRow([{ name: 'kind', kind: 'category' }])
        .apply(['p']),
  ],
  [
    'invalid-data',
    'expected a number above -1, got -1',
    () => new Log1pTransformer().fit(x).compileRow(schemaOf(x)).apply([-1, 0, 'p']),
  ],
  [
    'invalid-data',
    'column "a", row 1: expected a finite number, got Infinity',
    () => new MeanImputer().fit(Table.fromColumns({ a: [1, Infinity] })),
  ],
  [
    'invalid-data',
    'column "close": the range of its values is too small to be scaled',
    () => new MinMaxScaler({ featureRange: [0, 5] }).fit(Table.fromColumns({ close: [0, 5e-324] })),
  ],
  [
    'invalid-data',
    'column "a", row 0: expected an integer below 2, got 2',
    () =>
      new OrdinalEncoder()
        .fit(Table.fromColumns({ a: ['p', 'q'] }))
        .inverseTransform(Table.fromColumns({ a: [2] })),
  ],
  [
    'column-name',
    'column "a^2" appears twice',
    () =>
      new PolynomialFeatures({ columns: ['a'] })
        .fit(x)
        .compileRow([...schemaOf(x), { name: 'a^2', kind: 'numeric' }]),
  ],
  [
    'invalid-data',
    'column "a", row 1: expected a positive number for Box-Cox, got 0',
    () => new PowerTransformer({ method: 'box-cox' }).fit(Table.fromColumns({ a: [1, 0] })),
  ],
  ['invalid-data', 'the table has no rows', () => new QuantileTransformer().fit(x.take([]))],
  [
    'column-name',
    'expected each column name once after renaming, got "b" twice',
    () => new RenameColumns({ a: 'b' }).fit(x),
  ],
  [
    'invalid-data',
    'column "kind": the mapping cannot be undone, as "p" became missing',
    () => new ValueMapper({ kind: { p: null } }).fit(x).inverseTransform(x),
  ],
  [
    'invalid-target',
    'expects two classes, got 4 (0, 1, 2, 3)',
    () => new WeightOfEvidenceEncoder().fit(x, [0, 1, 2, 3]),
  ],
])('%s: %s', (code, message, refused) => {
  let error: unknown;
  try {
    refused();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ChurnError);
  expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
});
