import { checkedConfig } from './config';
import { registryFolder } from './registry';

const configOf = (registry: object, data: object = { positive: 'yes' }) =>
  checkedConfig(
    { data: { file: 'a.csv', target: 'left', ...data }, output: { folder: 'out' }, registry },
    'c.yaml',
  );

describe('the registry in a configuration', () => {
  it('has no gate by default, and lies in the output folder', () => {
    const config = configOf({});
    expect(config.registry).toEqual({ license: 'unknown' });
    expect(registryFolder(config)).toBe('out/registry');
    expect(registryFolder(configOf({ folder: '/models' }))).toBe('/models');
  });

  it('has a gate that by default allows no degradation, also in groups', () => {
    expect(configOf({ gate: {} }).registry.gate).toEqual({ improve: 0, groups: [], tolerance: 0 });
    expect(configOf({ gate: { improve: -0.01, groups: [' région '] } }).registry.gate).toMatchObject({
      improve: -0.01,
      groups: ['région'.normalize('NFC')],
    });
  });

  it.each([
    [{ gate: { metric: 'r2' } }, /registry\.gate\.metric: /],
    [{ gate: { confidence: 95 } }, /registry\.gate\.confidence: /],
    [{ gate: { tolerance: -1 } }, /registry\.gate\.tolerance: /],
    [{ gate: { groups: 'Gender' } }, /registry\.gate\.groups: /],
    [{ gate: { metrics: 'rocAuc' } }, /registry\.gate: .*metrics/],
    [{ folder: '' }, /registry\.folder: /],
  ])('rejects %j', (registry, message) => {
    expect(() => configOf(registry)).toThrow(message);
  });

  it('rejects a metric of the positive class if there is none', () => {
    expect(() => configOf({ gate: { metric: 'f1' } }, {})).toThrow(
      /registry\.gate\.metric: f1 is about a positive label, which data\.positive names$/,
    );
  });
});
