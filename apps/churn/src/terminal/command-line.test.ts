import { execFileSync } from 'node:child_process';
import { commandLine } from './command-line.js';

it.each(['plain', 'two words', "it's", '$HOME', 'a"b', '`id`', 'back\\slash', '', 'sales/**/*.csv', '!x'])(
  'passes %j to a shell unchanged',
  (text) => {
    const shown = execFileSync('sh', ['-c', commandLine('printf', '%s', text)], { encoding: 'utf8' });
    expect(shown).toBe(text);
  },
);
