import { dateColumns, replacedLevels } from './raw-readings.js';

const part = (more: object) => ({ role: 'transformer', type: 'Part', ...more }) as never;
const dates = (...names: string[]) => part({ dates: names });
const renamed = (from: string, to: string) => part({ origins: new Map([[to, [from]]]) });

describe('dateColumns', () => {
  it('finds the columns that a step reads as dates, by their raw names', () => {
    const steps = [dates('joined'), renamed('left', 'end'), dates('end')];
    expect(dateColumns({ steps, features: ['joined', 'left', 'plan'] })).toEqual(new Set(['joined', 'left']));
  });

  it('finds those that transformers within transformers read', () => {
    const steps = [part({ part: dates('joined') }), part({ parts: [dates('left'), part({})] })];
    expect(dateColumns({ steps, features: ['joined', 'left', 'plan'] })).toEqual(new Set(['joined', 'left']));
  });

  it('finds those of pipelines within the model, by raw names', () => {
    const member = part({ steps: [renamed('end', 'last'), dates('last')], features: ['end', 'plan'] });
    const model = part({ calibrated: part({ members: [part({}), member] }) });
    const steps = [renamed('left', 'end')];
    expect(dateColumns({ steps, model, features: ['left', 'plan'] })).toEqual(new Set(['left']));
  });

  it('finds none if no step reads dates', () => {
    expect(dateColumns({ steps: [part({})], model: part({ counts: [1, null] }), features: ['a'] }).size).toBe(
      0,
    );
  });
});

it('replacedLevels are those of all parts, by raw column', () => {
  const steps = [renamed('state', 'plan'), part({ replaces: { plan: { Y: 'Yes', '?': null } } })];
  const model = part({
    members: [part({ steps: [part({ replaces: { plan: { N: 'No' } } })], features: ['plan'] })],
  });
  const found = replacedLevels({ steps, model, features: ['state'] });
  expect(found).toEqual(
    new Map([
      [
        'state',
        new Map([
          ['Y', 'Yes'],
          ['?', null],
          ['N', 'No'],
        ]),
      ],
    ]),
  );
});
