// Writes the API reference of all published packages, with every entry point, as Markdown pages into docs/api.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Application, Converter, ReferenceType, ReflectionKind, UnionType } from 'typedoc';
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
  if (reflection.kindOf(ReflectionKind.Module)) nameModule(context, reflection);
});
application.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
  context.setActiveProgram(context.programs[0]);
  for (const alias of context.project.getReflectionsByKind(ReflectionKind.TypeAlias))
    listProperties(context, alias);
});
application.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
  const all = Object.values(project.reflections);
  for (const reflection of all) {
    if (reflection.kindOf(ReflectionKind.SomeSignature)) nameParameters(reflection);
    if (reflection.kindOf(ReflectionKind.GetSignature)) reflection.comment?.removeTags('@returns');
    if (reflection.kindOf(ReflectionKind.Property)) delete reflection.defaultValue;
    if (reflection.kindOf(ReflectionKind.Method)) describeMethod(reflection);
  }
  for (const reflection of all) {
    if (reflection.kindOf(ReflectionKind.Class)) useAliases(reflection, project);
    // What a class inherits from an expression, as transformers do, would show the whole text of that expression.
    delete reflection.inheritedFrom;
    delete reflection.implementationOf;
    delete reflection.overwrites;
  }
});

/** Names the module of an entry point by the path it is imported from. */
function nameModule(context, reflection) {
  const file = context.getSymbolFromReflection(reflection)?.declarations?.[0]?.getSourceFile().fileName;
  const entry = entries.find(({ source }) => file?.endsWith(source));
  if (entry) reflection.name = entry.module;
}

/** Lists the properties of a type that is computed from others, such as `OptionsOf<typeof parameters>`. */
function listProperties(context, reflection) {
  const symbol = context.getSymbolFromReflection(reflection);
  const { type, typeParameters } = symbol?.declarations?.[0] ?? {};
  if (typeParameters || !/^(OptionsOf|SettingsOf|FittedBy)<|\['state'\]$/.test(type?.getText())) return;
  const properties = context.checker.getDeclaredTypeOfSymbol(symbol).getProperties();
  if (properties.length === 0) return;
  delete reflection.type;
  reflection.kind = ReflectionKind.Interface;
  for (const property of properties)
    context.converter.convertSymbol(context.withScope(reflection.parent).withScope(reflection), property);
}

/** Names a destructured parameter, which has no name in the code, after its type. */
function nameParameters({ parameters = [] }) {
  for (const parameter of parameters) {
    if (!parameter.name.startsWith('__')) continue;
    const { type } = parameter;
    const [named] = type.name === 'Pick' ? type.typeArguments : [type];
    const { name = 'Options' } = named;
    parameter.name = /Options$|Title$/.test(name) ? 'options' : name[0].toLowerCase() + name.slice(1);
  }
}

/** What a method does if its own comment tells only what it throws: the words of the interface. */
function describeMethod({ signatures = [] }) {
  for (const signature of signatures) {
    const from = signature.implementationOf?.reflection?.comment;
    if (from && signature.comment?.summary.length === 0) signature.comment.summary = from.summary;
  }
}

/** Refers to the options and the fitted form of a transformer by the names that they are exported by. */
function useAliases(reflection, project) {
  const exported = (name) => reflection.parent.getChildByName([name]);
  const aliases = {
    OptionsOf: exported(`${reflection.name}Options`),
    Fitted: exported(`Fitted${reflection.name}`),
  };
  if (reflection.extendedTypes?.some(({ type }) => type !== 'reference')) {
    delete reflection.extendedTypes;
    delete reflection.typeHierarchy;
  }
  const named = (type) => {
    const alias = type?.type === 'reference' && aliases[type.name];
    return alias ? ReferenceType.createResolvedReference(alias.name, alias, project) : type;
  };
  reflection.traverse(function visit(child) {
    child.type =
      child.type?.type === 'union' ? new UnionType(child.type.types.map(named)) : named(child.type);
    child.traverse(visit);
  });
}

const project = await application.convert();
if (!project) process.exit(1);
application.validate(project);
await application.generateOutputs(project);
writeFileSync(
  join(ROOT, 'docs/api/index.md'),
  [
    '# API reference',
    '',
    'Every export of the packages, by import path.',
    '',
    ...entries.map(({ module, description }) => {
      const link = `[${module}](${module}/index.md)`;
      // What is below a package is a part of it.
      return module.split('/').length === 2 ? `- ${link}: ${description}` : `  - ${link}`;
    }),
    '',
  ].join('\n'),
);
for (const page of readdirSync(join(ROOT, 'docs/api'), { recursive: true, encoding: 'utf8' }))
  if (
    page.endsWith('.md') &&
    readFileSync(join(ROOT, 'docs/api', page), 'utf8').includes('__namedParameters')
  )
    application.logger.error(`${page} has a parameter without a name`);
if (application.logger.hasErrors() || application.logger.hasWarnings()) process.exit(1);
