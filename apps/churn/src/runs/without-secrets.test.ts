import { withoutSecrets } from './without-secrets';

it.each([
  ['postgres://me:pa55@db.example/x', 'postgres://***@db.example/x'],
  ['https://token@mlflow.example', 'https://***@mlflow.example'],
  [
    "create secret (type s3, key_id 'AK', secret 'x y', region 'eu')",
    "create secret (type s3, key_id ***, secret ***, region 'eu')",
  ],
  ["attach 'host=db user=me password=hunter2' as d", "attach 'host=db user=me password=***' as d"],
  ["select * from 'a.csv' where token_count > 3", "select * from 'a.csv' where token_count > 3"],
])('shows %p as %p', (text, shown) => {
  expect(withoutSecrets({ data: { query: text }, list: [text], n: 1, none: undefined })).toEqual({
    data: { query: shown },
    list: [shown],
    n: 1,
  });
});
