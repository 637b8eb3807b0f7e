import { bin, root, run } from './process';

it('has no unused file, export or dependency', () => {
  expect(run(bin('knip'), ['--no-progress', '--no-config-hints'], root)).toBe('');
});
