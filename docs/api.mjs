// Writes the API reference of all published packages, with every entry point, as Markdown pages into docs/api.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Application, Converter, ReflectionKind } from 'typedoc';

const ROOT = resolve(import.meta.dirname, '..');
const packages = readdirSync(join(ROOT, 'packages')).filter((name) => entriesOf(name).length > 0);
const entries = packages.flatMap(entriesOf);

/** The entry points of a package: what is imported, and the source of it. */
function entriesOf(directory) {
  const { name, exports = {} } = JSON.parse(readFileSync(join(ROOT, 'packages', directory, 'package.json'), 'utf8'));
  return Object.entries(exports).map(([path, targets]) => {
    const types = [...JSON.stringify(targets).matchAll(/dist\/([^"]*)\.d\.ts/g)].map(([, file]) => file);
    return { module: name + path.slice(1), source: `packages/${directory}/src/${types.at(-1)}.ts` };
  });
}

const application = await Application.bootstrapWithPlugins({
  entryPoints: entries.map(({ source }) => join(ROOT, source)),
  tsconfig: join(ROOT, 'docs/tsconfig.api.json'),
  compilerOptions: {
    paths: Object.fromEntries(entries.map(({ module, source }) => [module, [join(ROOT, source)]])),
  },
  // The packages are type-checked elsewhere.
  skipErrorChecking: true,
  plugin: ['typedoc-plugin-markdown'],
  out: join(ROOT, 'docs/api'),
  readme: 'none',
  excludeInternal: true,
  excludePrivate: true,
  disableSources: true,
  logLevel: 'Warn',
  entryFileName: 'index',
});
application.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
  if (!reflection.kindOf(ReflectionKind.Module)) return;
  const file = context.getSymbolFromReflection?.(reflection)?.declarations?.[0]?.getSourceFile().fileName;
  const entry = entries.find(({ source }) => file?.endsWith(source));
  if (entry) reflection.name = entry.module;
});
const project = await application.convert();
if (!project) process.exit(1);
application.validate(project);
await application.generateOutputs(project);
if (application.logger.hasErrors()) process.exit(1);
