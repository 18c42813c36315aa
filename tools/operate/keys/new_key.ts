import { KEY_ENVIRONMENTS, type KeyEnvironment } from "../../../shared/auth/api_key_format.ts";
import {
  isOperationId,
  type OperationId,
  operationIds,
} from "../../../shared/contract/operations.ts";
import { readUsd, readWhole } from "../amounts.ts";
import { readFutureDate } from "../future_date.ts";

/** What a new key is for. */
export interface NewKey {
  readonly client: string;
  /** Undefined, where nobody has said so. */
  readonly environment: KeyEnvironment | undefined;
  /** Null means all. */
  readonly operations: readonly OperationId[] | null;
  readonly expiresAt: Date | null;
  readonly submitsPerMinute: number | null;
  /** Null means that of `private.limits`, if there is one. */
  readonly usdPerDay: number | null;
  readonly seesCosts: boolean;
}

/** The options of `create`, as they were typed. */
export interface NewKeyOptions {
  readonly client?: string | undefined;
  readonly environment?: string | undefined;
  readonly operations?: string | undefined;
  readonly expires?: string | undefined;
  readonly "per-minute"?: string | undefined;
  readonly "usd-per-day"?: string | undefined;
  readonly "sees-costs"?: boolean;
}

/** Reads what a person typed. Throws an error that names the option and says what is possible. */
export function readNewKey(options: NewKeyOptions, now: Date): NewKey {
  const client = options.client?.trim();
  if (!client) throw new Error("--client is missing: the name of the app that gets the key");
  return {
    client,
    environment: options.environment === undefined
      ? undefined
      : readEnvironment(options.environment),
    operations: options.operations === undefined ? null : readOperations(options.operations),
    expiresAt: options.expires === undefined
      ? null
      : readFutureDate("--expires", options.expires, now),
    submitsPerMinute: options["per-minute"] === undefined
      ? null
      : readWhole("--per-minute", options["per-minute"], 1),
    usdPerDay: options["usd-per-day"] === undefined
      ? null
      : readUsd("--usd-per-day", options["usd-per-day"]),
    seesCosts: options["sees-costs"] ?? false,
  };
}

function readEnvironment(text: string): KeyEnvironment {
  const environment = KEY_ENVIRONMENTS.find((known) => known === text);
  if (environment) return environment;
  throw new Error(`--environment must be one of ${KEY_ENVIRONMENTS.join(", ")}: ${text}`);
}

function readOperations(text: string): readonly OperationId[] {
  return text.split(",").map((each) => {
    const operation = each.trim();
    if (isOperationId(operation)) return operation;
    throw new Error(
      `--operations: unknown ${JSON.stringify(operation)}; known: ${operationIds.join(", ")}`,
    );
  });
}
