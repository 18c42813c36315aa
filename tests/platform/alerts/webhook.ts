import { z } from "zod";

const messageBody = z.object({
  text: z.string(),
  content: z.string(),
  alerts: z.array(z.object({ code: z.string(), subject: z.string(), message: z.string() })),
});

export type Message = z.infer<typeof messageBody>;

/** What the receiver does with a message. Of the numbers it answers one as its status. */
export type Behavior = number | "away" | "slow";

/** A receiver of alerts, at one address however often it goes away. */
export interface Webhook {
  readonly url: string;
  /** Those that were answered with a 2xx: the receiver has told somebody. */
  readonly taken: readonly Message[];
  /** How many came, taken or not. */
  readonly countAsked: () => number;
  /** What it does with the messages that come next, one after the other; the last with all others. */
  behave(...behaviors: readonly [Behavior, ...Behavior[]]): Promise<void>;
}

/** Works with a receiver that takes everything until it is told to behave otherwise. */
export async function withWebhook(work: (webhook: Webhook) => Promise<void>): Promise<void> {
  const taken: Message[] = [];
  let asked = 0;
  let next: Behavior[] = [204];
  /** Given to whoever has stopped to wait. */
  const tooLate = Promise.withResolvers<Response>();
  const answer = async (request: Request): Promise<Response> => {
    asked++;
    const message = messageBody.parse(await request.json());
    const [behavior = 204] = next;
    if (next.length > 1) next.shift();
    if (typeof behavior !== "number") return await tooLate.promise;
    if (behavior < 300) taken.push(message);
    return new Response(null, { status: behavior });
  };
  const listen = (port: number): Deno.HttpServer<Deno.NetAddr> =>
    Deno.serve({ hostname: "127.0.0.1", port, onListen: () => {} }, answer);
  let server: Deno.HttpServer<Deno.NetAddr> | undefined = listen(0);
  const { port } = server.addr;
  try {
    await work({
      url: `http://127.0.0.1:${port}/hook`,
      taken,
      countAsked: () => asked,
      behave: async (...behaviors) => {
        next = [...behaviors];
        if (behaviors[0] === "away") {
          await server?.shutdown();
          server = undefined;
        } else {
          server ??= listen(port);
        }
      },
    });
  } finally {
    tooLate.resolve(new Response());
    await server?.shutdown();
  }
}
