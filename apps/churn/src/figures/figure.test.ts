import { type Figure, fileName, withOwnIds } from './figure';

const figure = (id: string): Figure => ({ id, section: 'data', alt: id, chart: {} as Figure['chart'] });

it('numbers duplicate ids, also those that differ in case or by a number', () => {
  const ids = withOwnIds(['a', 'a', 'a_2', 'A', 'b'].map(figure)).map(({ id }) => id);
  expect(ids).toEqual(['a', 'a_2', 'a_2_2', 'A_3', 'b']);
});

it('makes file names from any text', () => {
  expect(fileName(' Total Trans (Ct) ')).toBe('total_trans_ct');
  expect(fileName('Größe/2')).toBe('größe_2');
  expect(fileName('../')).toBe('column');
  expect(fileName('x'.repeat(99))).toHaveLength(50);
});
