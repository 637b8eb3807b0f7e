import { z } from 'zod';

/** A JSON Schema, or a part of one. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

const written = new WeakMap<object, () => JsonSchema>();

/** Adds a JSON Schema to a schema that is parsed by its own code, of which zod only sees a function. */
export function writtenAs<S extends z.ZodType>(schema: S, as: () => JsonSchema): S {
  written.set(schema, as);
  return schema;
}

/** The JSON Schema of the input of a schema, before parsing and defaults. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...found } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const own = written.get(zodSchema);
      if (own) Object.assign(jsonSchema, own());
      // The bounds that zod adds to every integer.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return found;
}
