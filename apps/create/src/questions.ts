import { existsSync } from 'node:fs';
import { cancel, select, text } from '@clack/prompts';
import type { Arguments } from './arguments.js';
import type { Creation } from './create-project.js';
import { headerOf } from './header.js';

/** Asks for missing arguments: the folder and, unless an option names it, the column to predict. */
export async function askRest({ folder, data, init }: Arguments): Promise<Creation> {
  const chosen =
    folder ??
    (await answer(
      text({ message: 'Folder of the project', placeholder: 'my-case', defaultValue: 'my-case' }),
    ));
  const isOpen = folder === undefined && data === undefined;
  const file = isOpen
    ? await answer(
        text({
          message: 'Data file (leave empty for generated customers)',
          validate: (path) => (path && !existsSync(path) ? 'there is no such file' : undefined),
        }),
      )
    : data;
  if (!file) return { folder: chosen, init };
  const hasTarget = ['target', 'value', 'duration'].some((option) => init[option] !== undefined);
  if (hasTarget) return { folder: chosen, data: file, init };
  const columns = headerOf(file);
  const message = 'Column to predict';
  const target =
    columns.length > 1
      ? await answer(select({ message, options: columns.map((value) => ({ value, label: value })) }))
      : await answer(text({ message }));
  return { folder: chosen, data: file, init: { ...init, target } };
}

/** An answer; Ctrl+C ends the program. */
async function answer(question: Promise<string | symbol>): Promise<string> {
  const given = await question;
  if (typeof given === 'string') return given;
  cancel('Nothing was created.');
  process.exit(1);
}
