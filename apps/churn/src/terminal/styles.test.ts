import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasColours, hasCursor } from './styles.js';

const TERMINAL = { isTTY: true };
const PIPE = { isTTY: false };

it.each<[object, { isTTY: boolean }, boolean]>([
  [{}, TERMINAL, true],
  [{}, PIPE, false],
  [{ TERM: 'dumb' }, TERMINAL, false],
  [{ NO_COLOR: '1' }, TERMINAL, false],
  [{ NO_COLOR: '' }, TERMINAL, true],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, TERMINAL, false],
  [{ FORCE_COLOR: '1' }, PIPE, true],
  [{ FORCE_COLOR: '' }, PIPE, true],
  [{ FORCE_COLOR: '0' }, TERMINAL, false],
  [{ FORCE_COLOR: 'false' }, TERMINAL, false],
])('with %j and %j: %s', (env, stream, expected) => {
  expect(hasColours(stream, env as Record<string, string>)).toBe(expected);
});

it('moves the cursor of terminals, whatever the colours', () => {
  expect(hasCursor(TERMINAL, { NO_COLOR: '1' })).toBe(true);
  expect(hasCursor(PIPE, { FORCE_COLOR: '1' })).toBe(false);
  expect(hasCursor(TERMINAL, { TERM: 'dumb' })).toBe(false);
});

it('is the only module with escape codes, or terminal checks of standard error', () => {
  const folder = join(__dirname, '..');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== join('terminal', 'styles.ts'),
  );
  const others = files.filter((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return /\\u001b\[|\\x1b\[|stderr\.isTTY/.test(text);
  });
  expect(others).toEqual([join('serve', 'hostile-requests.ts')]);
});
