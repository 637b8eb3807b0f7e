import { Centre, Drop } from '../test/parts.js';
import { restorePart, savedPart } from './restore.js';
import { StateReader } from './state-reader.js';
import { Table } from './table.js';

const fitted = new Centre('a').fit(Table.fromColumns({ a: [1, 3] }));
const saved = () => new StateReader('model', JSON.parse(JSON.stringify(savedPart(fitted))));

describe('restorePart', () => {
  it('restores a part by the class that it names', () => {
    expect(restorePart(saved(), [Drop, Centre], 'transformer')).toEqual(fitted);
  });

  it.each([
    [[Drop], 'the model needs the class Centre, which is not allowed; allowed are Drop'],
    [[], 'the model needs the class Centre, which is not allowed; allowed are none'],
  ])('rejects a class that was not given', (classes, message) => {
    expect(() => restorePart(saved(), classes, 'transformer')).toThrow(
      expect.objectContaining({ code: 'model-file', message }),
    );
  });

  it('rejects a damaged state, naming the class', () => {
    const damaged = new StateReader('model', { type: 'Centre', state: { column: 'a' } });
    expect(() => restorePart(damaged, [Centre], 'transformer')).toThrow(
      'Centre: expected "mean" to be a value, got nothing',
    );
  });
});
