import { checkedConfig } from './config';

const checked = (groups: unknown, others: object = {}) =>
  checkedConfig({ data: { file: 'x.csv', target: 'y' }, groups, ...others }, 'churn.yaml');

describe('group columns in a configuration', () => {
  it('are none by default, and may be dropped columns', () => {
    expect(checked(undefined).groups).toEqual([]);
    const data = { file: 'x.csv', target: 'y', drop: ['gender'] };
    expect(checked([' gender ', 'age'], { data }).groups).toEqual(['gender', 'age']);
  });

  it('default to those of the gate', () => {
    const gateOf = (gate: object) => checked(['gender'], { registry: { gate } }).registry.gate?.groups;
    expect([gateOf({}), gateOf({ groups: [] }), gateOf({ groups: ['age'] })]).toEqual([
      ['gender'],
      [],
      ['age'],
    ]);
  });

  it.each([
    ['gender', /groups: /],
    [['gender', 'gender '], 'groups: expected different columns, got "gender" twice'],
    [['y'], 'groups: expected other columns than the target, got "y"'],
    [[7], /groups\.0: /],
  ])('rejects %j', (given, message) => {
    expect(() => checked(given)).toThrow(message);
  });
});
