import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkedConfig } from './config';
import { predictionLogOf } from './live-monitoring';
import { parseYaml } from './parse-yaml';

const checked = (monitoring: unknown) =>
  checkedConfig({ data: { file: 'x.csv', target: 'y' }, monitoring }, 'churn.yaml').monitoring;

describe('live monitoring in a configuration', () => {
  it('has defaults, and a log only if a folder is named', () => {
    expect(checked(undefined)).toMatchObject({ live: { window: { seconds: 86_400 } } });
    expect(checked(undefined).log).toBeUndefined();
    expect(checked({ log: { folder: 'f' } }).log).toEqual({
      folder: 'f',
      format: 'jsonl',
      columns: 'all',
      hashed: [],
      rotate: { rows: 100_000, bytes: 64 * 2 ** 20, age: 3600 },
    });
    expect(checked({ live: false }).live).toBe(false);
    expect(checked({ live: { window: { rows: 500 } } }).live).toEqual({ window: { rows: 500 } });
  });

  it.each([
    [
      { log: { folder: 'f', hashed: ['id'] } },
      /monitoring.log.saltEnv: expected the name of the environment variable/,
    ],
    [{ log: { folder: 'f', salt: 'secret' } }, /monitoring.log: .*"salt"/],
    [
      { log: { folder: 'f', columns: 'some' } },
      /monitoring.log.columns: expected all, none or a list of columns/,
    ],
    [{ log: { folder: 'f', rotate: { rows: 0 } } }, /monitoring.log.rotate.rows: /],
    [{ log: { format: 'jsonl' } }, /monitoring.log.folder: /],
    [{ live: { window: 'long' } }, /monitoring.live.*: expected /],
    [{ live: { window: { rows: 5 } } }, /monitoring.live.*: expected /],
  ])('rejects %j', (given, message) => {
    expect(() => checked(given)).toThrow(message);
  });

  it('uses the folder of the option, and everything else of the configuration', () => {
    expect(predictionLogOf(undefined)).toBeUndefined();
    expect(predictionLogOf(undefined, 'f')).toEqual(checked({ log: { folder: 'f' } }).log);
    const { log } = checked({ log: { folder: 'f', columns: 'none' } });
    expect(predictionLogOf(log)).toEqual(log);
    expect(predictionLogOf(log, 'g')).toEqual({ ...log, folder: 'g' });
  });

  it('matches the guide', () => {
    const guide = readFileSync(join(__dirname, '../../../../docs/guides/serving-live.md'), 'utf8');
    const blocks = Array.from(guide.matchAll(/```yaml\n(monitoring:.*?)```/gs), ([, text]) => text);
    expect(blocks).toHaveLength(2);
    for (const text of blocks) {
      const { monitoring } = parseYaml(text, 'guide') as { monitoring: unknown };
      expect(() => checked(monitoring)).not.toThrow();
    }
  });
});
