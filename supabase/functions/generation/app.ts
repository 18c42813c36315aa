import { isOneOfSecrets } from "../../../shared/auth/secret.ts";
import type { App } from "../../../shared/http/app_environment.ts";
import { createApp, refuseOtherMethods } from "../../../shared/http/create_app.ts";
import type { Log } from "../../../shared/log.ts";
import { openApiDocument } from "../../../shared/openapi/document.ts";
import type { HealthCheck } from "./health.ts";
import { addSubmit, type SubmitDependencies } from "./submit.ts";

export interface GenerationDependencies extends SubmitDependencies {
  readonly log: Log;
  readonly corsOrigins: readonly string[];
  readonly health: HealthCheck;
  /** The worker's: whoever has one is told all of the service's health. */
  readonly operatorSecrets: readonly string[];
}

/** `POST /generation/{operation}`, `GET /generation/health` and `GET /generation/openapi.json`. */
export function createGenerationApp(dependencies: GenerationDependencies): App {
  const { log, health, functionsUrl } = dependencies;
  const isOperator = (secret = ""): boolean => isOneOfSecrets(secret, dependencies.operatorSecrets);
  const app = createApp({ log, corsOrigins: dependencies.corsOrigins });

  app.get(
    "/generation/health",
    async (c) => c.json(await health.check(isOperator(c.req.header("apikey")))),
  );
  refuseOtherMethods(app, "/generation/health", "GET");

  app.get("/generation/openapi.json", (c) => c.json(openApiDocument(functionsUrl)));
  refuseOtherMethods(app, "/generation/openapi.json", "GET");

  addSubmit(app, dependencies);
  return app;
}
