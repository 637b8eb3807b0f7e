import { createRequire } from 'node:module';
import { type Check, worstOf } from '../doctor/check.js';
import { coresCheck, diskCheck, memoryCheck, nodeCheck, optionalChecks } from '../doctor/machine.js';
import { projectChecks } from '../doctor/project.js';
import { serviceChecks } from '../doctor/services.js';
import type { Outcome } from '../terminal/outcome.js';

/**
 * Checks the machine and the project of a configuration: whether everything that commands need is there and consistent.
 * @returns one line per check, with advice; and whether all is well.
 */
export async function doctor(configFile: string): Promise<Outcome & { readonly isWell: boolean }> {
  const { checks: ofProject, config } = await projectChecks(configFile);
  const checks = [
    ...[nodeCheck(process.version), coresCheck(), memoryCheck()],
    await diskCheck(config?.output.folder ?? '.'),
    ...optionalChecks(createRequire(import.meta.resolve('@churn/io')).resolve),
    ...ofProject,
    ...(config ? await serviceChecks(config) : []),
  ];
  return {
    text: checks.map(lineOf).join('\n'),
    figures: { state: worstOf(checks), checks },
    isWell: worstOf(checks) !== 'error',
  };
}

function lineOf({ name, state, found, advice }: Check): string {
  const detail = advice === undefined ? found : `${found.trimEnd()}: ${advice}`;
  return `${state.padEnd(7)} ${name}: ${detail}`;
}
