import { checkedConfig } from './config';

const withServer = (tracking: unknown) =>
  checkedConfig({ data: { file: 'a.csv', target: 'left', positive: 'yes' }, tracking }, 'a.yaml').tracking;

it('accepts the address of a server, and names', () => {
  expect(withServer({ mlflow: 'http://localhost:5000/' })).toEqual({ mlflow: 'http://localhost:5000' });
  const all = { mlflow: 'https://a.example/mlflow', experiment: 'my bank', model: 'leavers' };
  expect(withServer(all)).toEqual(all);
  expect(withServer(undefined)).toBeUndefined();
});

it.each([
  [{}, /tracking\.mlflow: expected an address such as http:\/\/localhost:5000/],
  [{ mlflow: 'localhost:5000' }, /tracking\.mlflow: expected an address/],
  [{ mlflow: 'localhost' }, /tracking\.mlflow: expected an address/],
  [{ mlflow: 'ftp://a.example' }, /tracking\.mlflow: expected an address/],
  [
    { mlflow: 'http://me:secret@a.example' },
    /tracking\.mlflow: expected no login in the address; set MLFLOW_TRACKING_USER/,
  ],
  [{ mlflow: 'http://a.example', experiment: "it's" }, /tracking\.experiment: a name without/],
  [{ mlflow: 'http://a.example', model: 'a/b' }, /tracking\.model: a name without/],
  [{ mlflow: 'http://a.example', token: 'x' }, /tracking: .*token/],
])('rejects %j', (tracking, message) => {
  expect(() => withServer(tracking)).toThrow(message);
});
