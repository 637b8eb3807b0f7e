import { similarName } from '@churn/core';
import { Command, type ErrorOptions } from 'commander';

/** A command that reports an unknown option before a missing one: a misspelt required option is both. */
export class CliCommand extends Command {
  override createCommand(name?: string): CliCommand {
    return new CliCommand(name);
  }

  override error(message: string, options?: ErrorOptions): never {
    if (options?.code === 'commander.missingMandatoryOptionValue') {
      const unknown = this.args.find((each) => /^-./.test(each));
      if (unknown !== undefined) {
        const help = this.createHelp();
        const known = [...help.visibleOptions(this), ...help.visibleGlobalOptions(this)];
        const meant = similarName(
          unknown,
          known.flatMap(({ long }) => long ?? []),
        );
        const suggestion = meant === undefined ? '' : `\n(Did you mean ${meant}?)`;
        return super.error(`error: unknown option '${unknown}'${suggestion}`, {
          ...options,
          code: 'commander.unknownOption',
        });
      }
    }
    return super.error(message, options);
  }
}
