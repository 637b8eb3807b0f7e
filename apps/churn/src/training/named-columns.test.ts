import { Table } from '@churn/core';
import { namedColumns } from './named-columns';

it('names the setting and the file of a missing column', () => {
  const table = Table.fromColumns({ region: ['north'], age: [30] });
  const where = { setting: 'groups', file: 'data.csv' };
  expect(namedColumns(table, ['age'], where).names).toEqual(['age']);
  expect(namedColumns(table, [], where)).toMatchObject({ names: [], nRows: 1 });
  expect(() => namedColumns(table, ['regoin'], where)).toThrow(/^groups: data\.csv: .*regoin.*region/);
});
