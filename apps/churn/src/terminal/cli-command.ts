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
    if (isMissing && unknown !== undefined) this.#refuse('unknownOption', unknown);
    const excess = this.args[this.registeredArguments.length];
    if (excess !== undefined && (isMissing || options?.code === 'commander.excessArguments')) {
      this.#refuse('excessArguments', excess);
    }
    return super.error(message, options);
  }

  #refuse(code: 'unknownOption' | 'excessArguments', given: string): never {
    const help = this.createHelp();
    const known = [...help.visibleOptions(this), ...help.visibleGlobalOptions(this)].flatMap(
      ({ long }) => long ?? [],
    );
    const isOption = code === 'unknownOption';
    const option = isOption ? similarName(given, known) : FILE_OPTIONS.find((each) => known.includes(each));
    const meant = isOption || option === undefined ? option : `${option} ${given}`;
    const suggestion = meant === undefined ? '' : `\n(Did you mean ${meant}?)`;
    super.error(`error: ${isOption ? 'unknown option' : 'unexpected argument'} '${given}'${suggestion}`, {
      code: `commander.${code}`,
    });
  }
}
