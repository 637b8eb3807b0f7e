import { bin, root, run } from './process';

it('has no file, export or dependency that nothing uses', () => {
  expect(run(bin('knip'), ['--no-progress', '--no-config-hints'], root)).toBe('');
});
