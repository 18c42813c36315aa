/**
 * The image models, what each can do, and when each ends.
 *
 * Sources: https://developers.openai.com/api/docs/deprecations and
 * https://developers.openai.com/api/docs/guides/image-generation
 *
 * @module
 */
import { OpenAiError } from "./errors.ts";

export type Quality = "low" | "medium" | "high" | "xhigh" | "max" | "auto";
type InputFidelity = "high" | "low";

/** What the models of one generation can do. */
export interface ModelAbilities {
  /**
   * Any size within the rules of the newer generations, or three fixed ones.
   */
  readonly sizes: "free-form" | "fixed";
  readonly qualities: readonly Quality[];
  readonly transparentBackground: boolean;
  /** Empty: the parameter itself is refused. */
  readonly inputFidelities: readonly InputFidelity[];
  /** Whether edits take a drawing laid over the first image. */
  readonly markup: boolean;
}

const commonQualities = ["low", "medium", "high", "auto"] as const;
const allQualities = ["low", "medium", "high", "xhigh", "max", "auto"] as const;

const generations = {
  "2.6": freeForm({ qualities: allQualities, transparentBackground: true, markup: false }),
  "2.5": freeForm({ qualities: allQualities, transparentBackground: true, markup: true }),
  "2": freeForm({ qualities: commonQualities, transparentBackground: false, markup: false }),
  "1.5": fixed(["high", "low"]),
  "1-mini": fixed(["low"]),
  chatgpt: fixed(["high", "low"]),
} as const satisfies Record<string, ModelAbilities>;

interface Model {
  readonly id: string;
  readonly generation: keyof typeof generations | "retired";
  /** The day of the announcement, UTC. */
  readonly released: string;
  /** The first day without the model, UTC. */
  readonly shutdown?: string;
}

const models: readonly Model[] = [
  { id: "gpt-image-2.6-sunburst", generation: "2.6", released: "2026-11-04" },
  { id: "gpt-image-2.6-flare", generation: "2.6", released: "2026-11-04" },
  { id: "gpt-image-2.5-sunburst", generation: "2.5", released: "2026-09-08" },
  { id: "gpt-image-2.5-sunburst-2026-09-08", generation: "2.5", released: "2026-09-08" },
  { id: "gpt-image-2.5-flare", generation: "2.5", released: "2026-09-08" },
  { id: "gpt-image-2.5-flare-2026-09-08", generation: "2.5", released: "2026-09-08" },
  { id: "gpt-image-2", generation: "2", released: "2026-04-21" },
  { id: "gpt-image-2-2026-04-21", generation: "2", released: "2026-04-21" },
  { id: "gpt-image-1.5", generation: "1.5", released: "2025-12-16", shutdown: "2026-12-01" },
  {
    id: "gpt-image-1.5-2025-12-16",
    generation: "1.5",
    released: "2025-12-16",
    shutdown: "2026-12-01",
  },
  { id: "gpt-image-1-mini", generation: "1-mini", released: "2025-10-06", shutdown: "2026-12-01" },
  {
    id: "chatgpt-image-latest",
    generation: "chatgpt",
    released: "2025-12-16",
    shutdown: "2026-12-01",
  },
  { id: "gpt-image-1", generation: "retired", released: "2025-04-23", shutdown: "2026-10-23" },
  { id: "dall-e-3", generation: "retired", released: "2023-11-06", shutdown: "2026-05-12" },
  { id: "dall-e-2", generation: "retired", released: "2022-11-03", shutdown: "2026-05-12" },
];

/**
 * The model the service takes when a request names none; it has moved before.
 */
export const DEFAULT_MODEL = "gpt-image-2.5-sunburst";

/**
 * The abilities of a model that lives at the given time.
 *
 * @throws OpenAiError when the model is unknown or has been shut down.
 */
export function findAbilities(id: string, now: Date): ModelAbilities {
  const model = models.find((candidate) => candidate.id === id);
  if (model === undefined || model.generation === "retired" || !isAlive(model, now)) {
    throw modelGone(id);
  }
  return generations[model.generation];
}

/** As seen of a sibling endpoint in June 2026: neither a code nor a parameter tells that it is the model. */
export function modelGone(id: string): OpenAiError {
  return new OpenAiError("unservable_value", `The model '${id}' does not exist.`);
}

/** The body of `GET /v1/models` at the given time. */
export function listModels(now: Date): Record<string, unknown> {
  const data = models
    .filter((model) => isAlive(model, now))
    .map((model) => ({
      id: model.id,
      object: "model",
      created: Date.parse(model.released) / 1000,
      owned_by: "system",
      shutdown_date: model.shutdown ?? null,
    }));
  return { object: "list", data };
}

function isAlive({ shutdown }: Model, now: Date): boolean {
  return shutdown === undefined || now.getTime() < Date.parse(shutdown);
}

function freeForm(
  abilities: Pick<ModelAbilities, "qualities" | "transparentBackground" | "markup">,
): ModelAbilities {
  return { sizes: "free-form", inputFidelities: [], ...abilities };
}

function fixed(inputFidelities: readonly InputFidelity[]): ModelAbilities {
  return {
    sizes: "fixed",
    qualities: commonQualities,
    transparentBackground: true,
    inputFidelities,
    markup: false,
  };
}
