import assert from "node:assert/strict";
import { limits } from "../../testing/limits/all.ts";
import { type Limits, NOTHING, type PairLimits, type Values } from "../../testing/limits/limits.ts";
import { ApiError } from "../contract/errors.ts";
import type { OperationId } from "../contract/operations.ts";
import { type ProviderId, providerIds, providers } from "../providers/catalog.ts";
import type { AnyProviderOperation } from "../providers/provider_operation.ts";
import { type GenerationCommand, parseCommand } from "./command.ts";

type Fields = Readonly<Record<string, unknown>>;

interface Pair {
  readonly provider: ProviderId;
  readonly operation: OperationId;
  readonly declared: AnyProviderOperation;
  /** Nothing if the table does not have the pair. */
  readonly promised: PairLimits;
}

const pairs: readonly Pair[] = providerIds.flatMap((provider) =>
  providers[provider].operations.map((declared) => ({
    provider,
    operation: declared.operation,
    declared,
    promised: limits[provider][declared.operation] ?? { smallest: {}, fields: {} },
  }))
);

function parse({ provider, operation }: Pair, fields: Fields): GenerationCommand {
  return parseCommand(operation, { task_id: "task-1", provider, ...fields });
}

/** The fields that a refusal names; empty if there is none. */
function refusedFields(pair: Pair, fields: Fields): string[] {
  try {
    parse(pair, fields);
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    assert.equal(error.code, "invalid_request");
    return error.details.map(({ field }) => field);
  }
  return [];
}

function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
}

/** All values of a parameter, with what stands beside them. */
function casesOf(field: Limits): readonly (Values & { readonly beside: Fields })[] {
  return [{ beside: {}, ...field }, ...(field.also ?? [])];
}

function show(value: unknown, beside: Fields = {}): string {
  const text = JSON.stringify(value);
  const short = text.length > 60 ? `${text.slice(0, 20)}… (${text.length})` : text;
  return Object.keys(beside).length > 0 ? `${short} beside ${JSON.stringify(beside)}` : short;
}

Deno.test("the table has every pair and every parameter, and no others", async (t) => {
  for (const provider of providerIds) {
    await t.step(provider, () => {
      const offered = providers[provider].operations.map(({ operation }) => operation);
      assert.deepEqual(Object.keys(limits[provider]).sort(), offered.sort());
    });
  }
  for (const { provider, operation, declared, promised } of pairs) {
    await t.step(`${provider} ${operation}`, () => {
      const parameters = Object.keys(declared.schema.shape).sort();
      assert.deepEqual(Object.keys(promised.fields).sort(), parameters);
    });
  }
});

Deno.test("the table tries every parameter at and beyond its limits", () => {
  for (const { provider, operation, promised } of pairs) {
    for (const [name, field] of Object.entries(promised.fields)) {
      for (const { accepted, refused } of casesOf(field)) {
        assert.ok(accepted.length > 0 && refused.length > 0, `${provider} ${operation} ${name}`);
      }
    }
  }
});

Deno.test("the example of each pair is accepted as it stands, and nothing in it is warned of", async (t) => {
  for (const pair of pairs) {
    await t.step(`${pair.provider} ${pair.operation}`, () => {
      const { parameters, warnings } = parse(pair, pair.declared.example);
      for (const [name, value] of Object.entries(pair.declared.example)) {
        assert.deepEqual(parameters[name], value, name);
      }
      assert.deepEqual(warnings, []);
    });
  }
});

Deno.test("the smallest request is accepted, every default is filled in, and nothing else", async (t) => {
  for (const pair of pairs) {
    await t.step(`${pair.provider} ${pair.operation}`, () => {
      const { smallest, fields } = pair.promised;
      const defaults = Object.entries(fields).flatMap(([name, { absent }]) =>
        typeof absent === "string" ? [] : [[name, absent.becomes] as const]
      );
      const { parameters, warnings } = parse(pair, smallest);
      assert.deepEqual(parameters, { ...smallest, ...Object.fromEntries(defaults) });
      assert.deepEqual(warnings, [], "Who asks for nothing is warned of nothing");
    });
  }
});

for (const pair of pairs) {
  const { smallest, fields } = pair.promised;

  Deno.test(`each parameter is accepted up to its bounds: ${pair.provider} ${pair.operation}`, () => {
    for (const [name, field] of Object.entries(fields)) {
      for (const { accepted, beside } of casesOf(field)) {
        for (const value of accepted) {
          const body = { ...smallest, ...beside, [name]: value };
          const words = `${name}: ${show(value, beside)}`;
          assert.deepEqual(refusedFields(pair, body), [], words);
          assert.deepEqual(parse(pair, body).parameters[name], value, words);
        }
      }
    }
  });

  Deno.test(`a value beyond is refused under its name: ${pair.provider} ${pair.operation}`, () => {
    for (const [name, field] of Object.entries(fields)) {
      for (const { refused, beside } of casesOf(field)) {
        for (const value of refused) {
          const named = refusedFields(pair, { ...smallest, ...beside, [name]: value });
          const words = `${name}: ${show(value, beside)} (${named})`;
          assert.ok(named.length > 0, words);
          assert.ok(named.every((each) => each === name || each.startsWith(`${name}[`)), words);
        }
      }
    }
  });

  Deno.test(`what is clear is read: ${pair.provider} ${pair.operation}`, () => {
    for (const [name, field] of Object.entries(fields)) {
      for (const { readAs = [], beside } of casesOf(field)) {
        for (const [sent, read] of readAs) {
          const { parameters } = parse(pair, { ...smallest, ...beside, [name]: sent });
          assert.deepEqual(parameters[name], read, `${name}: ${show(sent, beside)}`);
        }
      }
    }
  });

  Deno.test(`what stands for nothing is as if left out: ${pair.provider} ${pair.operation}`, () => {
    for (const [name, { absent, accepted }] of Object.entries(fields)) {
      if (absent === "refused") continue;
      for (const value of NOTHING.filter((each) => !accepted.includes(each))) {
        const { parameters, warnings } = parse(pair, { ...smallest, [name]: value });
        assert.deepEqual(parameters, parse(pair, without(smallest, name)).parameters, name);
        assert.deepEqual(warnings, [], name);
      }
    }
  });

  Deno.test(`what must be sent is asked for: ${pair.provider} ${pair.operation}`, () => {
    for (const [name, { absent }] of Object.entries(fields)) {
      const named = refusedFields(pair, without(smallest, name));
      assert.deepEqual(named, absent === "refused" ? [name] : [], name);
    }
  });
}
