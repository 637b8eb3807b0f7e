import type { JsonObject } from '@churn/core';

/** Describes the parameters of a model: its type and values; for a blend, its members with their weights. */
export function parameterText(parameters: JsonObject): string {
  const { model, type, members, ...values } = parameters;
  const parts = Array.isArray(members)
    ? (members as unknown as readonly { model: string; weight: number }[]).map(
        (member) => `${member.weight.toFixed(2)} ${member.model}`,
      )
    : [];
  const given = Object.entries(values).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  return `${type}: ${[...parts, ...given].join(', ')}`;
}
