import { z } from "zod";

/** https://developers.openai.com/api/docs/guides/moderation: it is free, and takes text and images. */
const MODEL = "omni-moderation-latest";

/** A user waits for the answer. */
const TIMEOUT_MILLISECONDS = 6_000;

/** An answer has some two kilobytes for each input; nobody needs an endless one. */
const MAX_ANSWER_BYTES = 256 * 1024;

export interface OpenAiAccess {
  readonly apiKey: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
}

/** What the service thinks of one input. */
export interface Rating {
  readonly isFlagged: boolean;
  /** Of the flagged: `violence`, `sexual/minors`, … */
  readonly categories: readonly string[];
}

/** The service gave no rating. */
export class NoRating extends Error {
  override readonly name = "NoRating";
  /** It cannot use the input; the same again will not help. */
  readonly isUnusable: boolean;
  /** When to try again; undefined if the service does not say. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    message: string,
    { isUnusable = false, retryAfterSeconds, ...options }: ErrorOptions & {
      readonly isUnusable?: boolean;
      readonly retryAfterSeconds?: number | undefined;
    } = {},
  ) {
    super(message, options);
    this.isUnusable = isUnusable;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const answerSchema = z.object({
  results: z.array(z.object({
    flagged: z.boolean(),
    // Some are null for models that do not know them.
    categories: z.record(z.string(), z.boolean().nullable()),
  })).min(1),
});

/** Several texts, which get a rating each, or one image: more are refused (`too_many_images`). */
export type ModerationInput =
  | readonly string[]
  | readonly [{ readonly type: "image_url"; readonly image_url: { readonly url: string } }];

/**
 * Asks for ratings, in the order of the input. Plain HTTP, because a function that answers apps must
 * not load a whole client for it. Throws a NoRating.
 */
export async function askForRatings(
  { apiKey, baseUrl }: OpenAiAccess,
  input: ModerationInput,
  timeout = TIMEOUT_MILLISECONDS,
): Promise<Rating[]> {
  const text = await ask(`${baseUrl}/moderations`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ model: MODEL, input }),
    signal: AbortSignal.timeout(timeout),
  });
  const ratings = parse(text).results.map(({ flagged, categories }) => ({
    isFlagged: flagged,
    categories: Object.entries(categories).flatMap(([name, isOn]) => isOn ? [name] : []),
  }));
  if (ratings.length === input.length) return ratings;
  throw new NoRating(`${ratings.length} ratings for ${input.length} inputs`);
}

async function ask(url: string, options: RequestInit): Promise<string> {
  try {
    const response = await fetch(url, options);
    const text = await readBounded(response);
    if (response.ok) return text;
    throw new NoRating(`The moderation service answers ${response.status}: ${text}`, {
      isUnusable: response.status === 400,
      retryAfterSeconds: Number(response.headers.get("retry-after")) || undefined,
    });
  } catch (cause) {
    if (cause instanceof NoRating) throw cause;
    throw new NoRating("The moderation service cannot be reached", { cause });
  }
}

async function readBounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_ANSWER_BYTES) throw new NoRating("The answer is too long");
  }
  return text + decoder.decode();
}

function parse(text: string): z.infer<typeof answerSchema> {
  try {
    return answerSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new NoRating("The moderation service answers something else", { cause });
  }
}
