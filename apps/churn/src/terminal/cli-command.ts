import { similarName } from '@churn/core';
import { Command, type ErrorOptions } from 'commander';

/** The options by which commands take their file, the most usual first. */
const FILE_OPTIONS = ['--input', '--data'];

/**
 * A command that reports what was given before what is missing: a misspelt required option is both, and so is a file without its option.
 */
export class CliCommand extends Command {
  override createCommand(name?: string): CliCommand {
    return new CliCommand(name);
  }

  override error(message: string, options?: ErrorOptions): never {
    const isMissing = options?.code === 'commander.missingMandatoryOptionValue';
    const unknown = this.args.find((each) => /^-./.test(each));
    if (isMissing && unknown !== undefined) {
      const meant = similarName(unknown, this.#optionNames());
      this.#refuse('unknownOption', `unknown option '${unknown}'`, meant);
    }
    const excess = this.args[this.registeredArguments.length];
    if (excess !== undefined && (isMissing || options?.code === 'commander.excessArguments')) {
      const known = this.#optionNames();
      const option = FILE_OPTIONS.find((each) => known.includes(each));
      this.#refuse('excessArguments', `unexpected argument '${excess}'`, option && `${option} ${excess}`);
    }
    return super.error(message, options);
  }

  #optionNames(): string[] {
    const help = this.createHelp();
    return [...help.visibleOptions(this), ...help.visibleGlobalOptions(this)].flatMap(
      ({ long }) => long ?? [],
    );
  }

  /** @param meant what was probably meant. */
  #refuse(code: string, what: string, meant: string | undefined): never {
    const suggestion = meant === undefined ? '' : `\n(Did you mean ${meant}?)`;
    super.error(`error: ${what}${suggestion}`, { code: `commander.${code}` });
  }
}
