import type { Context } from "hono";
import { isOneOfSecrets } from "../../../shared/auth/secret.ts";
import { ApiError } from "../../../shared/contract/errors.ts";
import type { App, AppEnvironment } from "../../../shared/http/app_environment.ts";
import { createApp, refuseOtherMethods } from "../../../shared/http/create_app.ts";
import type { Log } from "../../../shared/log.ts";
import { openApiDocument } from "../../../shared/openapi/document.ts";
import { addAvailability, type AvailabilityDependencies } from "./availability.ts";
import type { HealthCheck } from "./health.ts";
import type { Metrics } from "./metrics.ts";
import { addPlainTexts } from "./plain_texts.ts";
import { PROMETHEUS_TEXT } from "./prometheus_text.ts";
import { addSubmit, type SubmitDependencies } from "./submit.ts";

export interface GenerationDependencies extends SubmitDependencies, AvailabilityDependencies {
  readonly log: Log;
  readonly corsOrigins: readonly string[];
  readonly health: HealthCheck;
  readonly metrics: Metrics;
  /** The worker's: whoever has one is told all of the service's health, and its numbers. */
  readonly operatorSecrets: readonly string[];
}

/**
 * `POST /generation/{operation}`, and what is told of the service: what it offers now, health, metrics,
 * OpenAPI document, and texts for language models.
 */
export function createGenerationApp(dependencies: GenerationDependencies): App {
  const { log, health, metrics, functionsUrl, operatorSecrets } = dependencies;
  const app = createApp({ log, corsOrigins: dependencies.corsOrigins });

  app.get(
    "/generation/health",
    async (c) => c.json(await health.check(isOperator(c, operatorSecrets))),
  );
  refuseOtherMethods(app, "/generation/health", "GET");

  app.get("/generation/metrics", async (c) => {
    if (!isOperator(c, operatorSecrets)) {
      throw new ApiError("unauthorized", "Missing or invalid worker secret");
    }
    return c.body(await metrics.read(), 200, { "content-type": PROMETHEUS_TEXT });
  });
  refuseOtherMethods(app, "/generation/metrics", "GET");
  app.get("/generation/openapi.json", (c) => c.json(openApiDocument(functionsUrl)));
  refuseOtherMethods(app, "/generation/openapi.json", "GET");
  addPlainTexts(app, functionsUrl);

  addAvailability(app, dependencies);
  addSubmit(app, dependencies);
  return app;
}

/** The secret is a key, in the header of keys; monitoring systems can often send a token only. */
function isOperator({ req }: Context<AppEnvironment>, secrets: readonly string[]): boolean {
  const [, token] = /^Bearer (.+)$/i.exec(req.header("authorization") ?? "") ?? [];
  return [req.header("apikey"), token].some((secret = "") => isOneOfSecrets(secret, secrets));
}
