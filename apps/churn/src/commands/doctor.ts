import { createRequire } from 'node:module';
import { type Check, worstOf } from '../doctor/check.js';
import { coresCheck, diskCheck, memoryCheck, nodeCheck, optionalChecks } from '../doctor/machine.js';
import { projectChecks } from '../doctor/project.js';
import { serviceChecks } from '../doctor/services.js';
import type { Outcome } from '../terminal/outcome.js';

/**
 * Looks at the machine and at the project of a configuration: whether all that its commands need is there, and agrees.
 * @returns one line per check, with what to do; and whether something is wrong.
 */
export async function doctor(configFile: string): Promise<Outcome & { readonly isWell: boolean }> {
  const { checks: ofProject, config } = await projectChecks(configFile);
  const checks = [
    ...[nodeCheck(process.version), coresCheck(), memoryCheck()],
    await diskCheck(config?.output.folder ?? '.'),
    // It is the one that loads them.
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
  const told = advice === undefined ? found : `${found.trimEnd()}: ${advice}`;
  return `${state.padEnd(7)} ${name}: ${told}`;
}
