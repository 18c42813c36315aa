import { within } from "../../../shared/within.ts";

/** How long requests under way may take to be answered: an app may wait for the end of its task. */
const ANSWER_MILLISECONDS = 2_000;

/**
 * Lets no more requests in, and gives those under way a moment to be answered. The others end with the
 * connections of those who asked, or with what they wait for.
 */
export async function stopServer(server: Deno.HttpServer): Promise<void> {
  await within(ANSWER_MILLISECONDS, "end of all requests", server.shutdown()).catch(() => {});
}
