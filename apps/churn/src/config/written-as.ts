import { z } from 'zod';

/** A JSON Schema, or a part of one. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

const written = new WeakMap<object, () => JsonSchema>();

/** Says what a configuration may have in the place of a schema whose own code reads it, where zod sees only a function. */
export function writtenAs<S extends z.ZodType>(schema: S, as: () => JsonSchema): S {
  written.set(schema, as);
  return schema;
}

/** What a configuration may have, as a JSON Schema: before values are read and defaults filled in. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...found } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const own = written.get(zodSchema);
      if (own) Object.assign(jsonSchema, own());
      // What zod says of every whole number.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return found;
}
