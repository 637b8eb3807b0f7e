// Writes the API reference of all published packages, with every entry point, as Markdown pages into docs/api.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Application, Converter, ReflectionKind } from 'typedoc';
import { entryPoints, ROOT } from './entry-points.mjs';

const entries = entryPoints();
const application = await Application.bootstrapWithPlugins({
  name: 'API reference',
  entryPoints: entries.map(({ source }) => join(ROOT, source)),
  tsconfig: join(ROOT, 'docs/tsconfig.api.json'),
  compilerOptions: {
    paths: Object.fromEntries(entries.map(({ module, source }) => [module, [join(ROOT, source)]])),
  },
  // The packages are type-checked elsewhere.
  skipErrorChecking: true,
  plugin: ['typedoc-plugin-markdown'],
  out: join(ROOT, 'docs/api'),
  entryFileName: 'index',
  readme: 'none',
  excludeInternal: true,
  excludePrivate: true,
  disableSources: true,
  hidePageHeader: true,
  hideGroupHeadings: true,
  pageTitleTemplates: { member: '{name}', module: '{name}' },
  indexFormat: 'table',
  parametersFormat: 'table',
  propertiesFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  enumMembersFormat: 'table',
  tableColumnSettings: { hideInherited: true, hideModifiers: true, hideSources: true, hideOverrides: true },
  expandObjects: false,
  treatWarningsAsErrors: true,
  validation: { notExported: false, invalidLink: true, rewrittenLink: false },
  logLevel: 'Warn',
});

application.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
  if (!reflection.kindOf(ReflectionKind.Module)) return;
  const file = context.getSymbolFromReflection(reflection)?.declarations?.[0]?.getSourceFile().fileName;
  const entry = entries.find(({ source }) => file?.endsWith(source));
  if (entry) reflection.name = entry.module;
});
// What a class inherits from an expression, as transformers do, would be told by the whole text of that expression.
application.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
  for (const reflection of Object.values(project.reflections)) {
    delete reflection.inheritedFrom;
    delete reflection.implementationOf;
    delete reflection.overwrites;
  }
});

const project = await application.convert();
if (!project) process.exit(1);
application.validate(project);
await application.generateOutputs(project);
writeFileSync(
  join(ROOT, 'docs/api/index.md'),
  [
    '# API reference',
    '',
    'Every name that the packages export, by the path it is imported from.',
    '',
    ...entries.map(({ module }) => `- [${module}](${module}/index.md)`),
    '',
  ].join('\n'),
);
if (application.logger.hasErrors() || application.logger.hasWarnings()) process.exit(1);
