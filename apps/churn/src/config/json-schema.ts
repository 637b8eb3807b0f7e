import { configSchema } from './config.js';
import { DESCRIPTIONS } from './descriptions.js';
import { type JsonSchema, jsonSchemaOf } from './written-as.js';

/** The JSON Schema of a configuration file, for editors, with defaults and descriptions. */
export function configurationSchema(): JsonSchema {
  const { properties = {}, required: _, ...found } = jsonSchemaOf(configSchema);
  const all: JsonSchema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'churn configuration',
    ...found,
    // A file that extends another may lack required keys.
    anyOf: [{ required: ['data'] }, { required: ['extends'] }],
    properties: { extends: { type: 'string', minLength: 1 }, ...properties },
  };
  for (const { path, schema } of keysOf(all)) schema.description = DESCRIPTIONS[path];
  return all;
}

/** A key of a configuration; alternatives share a path. */
interface Key {
  readonly path: string;
  readonly schema: JsonSchema;
}

/** All keys except those of models, whose parameters have their own descriptions. */
export function keysOf(schema: JsonSchema, above = ''): Key[] {
  const alternatives = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])] as JsonSchema[];
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, each]) => {
    const key = { path: above + name, schema: each as JsonSchema };
    return [key, ...keysOf(key.schema, `${key.path}.`)];
  });
  return [...own, ...alternatives.flatMap((each) => keysOf(each, above))];
}
