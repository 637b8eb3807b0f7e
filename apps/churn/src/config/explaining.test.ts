import { checkedConfig } from './config';

const checked = (explain: unknown) =>
  checkedConfig({ data: { file: 'x.csv', target: 'y' }, explain }, 'churn.yaml').explain;

describe('mutable columns in a configuration', () => {
  it('are all columns by default', () => {
    expect(checked(undefined)).toEqual({ fixed: [], monotone: {} });
  });

  it('exclude immutable columns, and limit directions', () => {
    const given = { fixed: [' age '], monotone: { tenure: 'up', ['__proto__']: 'down' } };
    expect(checked(given)).toEqual({ ...given, fixed: ['age'] });
  });

  it.each([
    [{ fixed: 'age' }, /explain.fixed: /],
    [{ monotone: { tenure: 'upwards' } }, /explain.monotone.tenure: /],
    [{ frozen: ['age'] }, /explain: .*"frozen"/],
  ])('rejects %j', (given, message) => {
    expect(() => checked(given)).toThrow(message);
  });
});
