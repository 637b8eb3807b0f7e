// Stops a release before it starts if the user may not publish under the scope of the packages: npm would reject them one by one, with "not
// found" as the reason. It uses the same registry and token as npm.
import { spawnSync } from 'node:child_process';
import { project } from './project.mjs';

const { scope } = project();

/** The JSON output of npm; `undefined` if it fails. */
function ask(...args) {
  const { status, stdout } = spawnSync('npm', [...args, '--json', '--loglevel=silent'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  return JSON.parse(stdout);
}

/** The reason why the user may not publish; `undefined` if they may. */
function obstacle() {
  const user = ask('whoami');
  if (user === undefined) return 'npm is not logged in: log in, or store a token as the secret NPM_TOKEN';
  if (user === scope) return undefined;
  const members = ask('org', 'ls', scope);
  if (members && user in members) return undefined;
  // A token restricted to packages may not list members of an organisation.
  const packages = ask('access', 'list', 'packages', user) ?? {};
  const isWritable = ([name, access]) => name.startsWith(`@${scope}/`) && access === 'read-write';
  if (Object.entries(packages).some(isWritable)) return undefined;
  return `the scope @${scope} does not belong to the npm user "${user}": create the organisation "${scope}" on npm or become a member`;
}

const why = obstacle();
if (why !== undefined) {
  process.stderr.write(
    `Nothing was published: ${why}. To publish under your own scope, rename the packages: node checks/scripts/rename-scope.mjs @yours\n`,
  );
  process.exit(1);
}
