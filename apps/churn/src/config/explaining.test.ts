import { checkedConfig } from './config';

const checked = (explain: unknown) =>
  checkedConfig({ data: { file: 'x.csv', target: 'y' }, explain }, 'churn.yaml').explain;

describe('what may change, in a configuration', () => {
  it('is anything, without a word', () => {
    expect(checked(undefined)).toEqual({ fixed: [], monotone: {} });
  });

  it('leaves out columns that cannot change, or not in both ways', () => {
    const given = { fixed: [' age '], monotone: { tenure: 'up', ['__proto__']: 'down' } };
    expect(checked(given)).toEqual({ ...given, fixed: ['age'] });
  });

  it.each([
    [{ fixed: 'age' }, /explain.fixed: /],
    [{ monotone: { tenure: 'upwards' } }, /explain.monotone.tenure: /],
    [{ frozen: ['age'] }, /explain: .*"frozen"/],
  ])('refuses %j', (given, message) => {
    expect(() => checked(given)).toThrow(message);
  });
});
