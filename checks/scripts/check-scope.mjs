// Ends a release before it begins if whoever publishes may not publish under the scope of the packages: npm would refuse
// them one by one, with "not found" as the reason. The registry and the token are those that npm itself uses.
import { spawnSync } from 'node:child_process';
import { project } from './project.mjs';

const { scope } = project();

/** What npm answers, as JSON; nothing if it refuses. */
function ask(...args) {
  const { status, stdout } = spawnSync('npm', [...args, '--json', '--loglevel=silent'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  return JSON.parse(stdout);
}

/** Why the scope is not theirs; nothing if it is. */
function obstacle() {
  const user = ask('whoami');
  if (user === undefined)
    return 'npm does not know who publishes: log in, or store a token as the secret NPM_TOKEN';
  if (user === scope) return undefined;
  const members = ask('org', 'ls', scope);
  if (members && user in members) return undefined;
  // A token restricted to packages may not list members of an organisation.
  const packages = ask('access', 'list', 'packages', user) ?? {};
  const isWritable = ([name, access]) => name.startsWith(`@${scope}/`) && access === 'read-write';
  if (Object.entries(packages).some(isWritable)) return undefined;
  return `the scope @${scope} does not belong to "${user}", as whom npm publishes: create the organisation "${scope}" on npm or become a member`;
}

const why = obstacle();
if (why !== undefined) {
  process.stderr.write(
    `Nothing was published: ${why}. To publish under a scope of your own, rename the packages: node checks/scripts/rename-scope.mjs @yours\n`,
  );
  process.exit(1);
}
