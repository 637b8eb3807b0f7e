import { type Figure, fileName, withOwnIds } from './figure';

const figure = (id: string): Figure => ({ id, section: 'data', alt: id, chart: {} as Figure['chart'] });

it('numbers an id that is taken, also by a number or in other letters', () => {
  const ids = withOwnIds(['a', 'a', 'a_2', 'A', 'b'].map(figure)).map(({ id }) => id);
  expect(ids).toEqual(['a', 'a_2', 'a_2_2', 'A_3', 'b']);
});

it('makes names of files of any text', () => {
  expect(fileName(' Total Trans (Ct) ')).toBe('total_trans_ct');
  expect(fileName('Größe/2')).toBe('größe_2');
  expect(fileName('../')).toBe('column');
  expect(fileName('x'.repeat(99))).toHaveLength(50);
});
