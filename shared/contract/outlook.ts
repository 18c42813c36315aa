import { z } from "zod";

/** Up to how many starts before a task's are counted. */
export const MOST_PLACES = 1_000;

/** What is said of a task that more start before. */
export const MORE_PLACES = `${MOST_PLACES}+`;

/** When a task is done. */
const eta = z.object({
  seconds: z.int().min(1).describe("As often in less time as in more"),
  seconds_max: z.int().min(1).describe("Nine times of ten it takes no longer"),
  based_on: z.enum(["history", "typical"]).describe(
    "history: the last runs of the same operation, provider and model here; typical: what is usual, " +
      "while there are few",
  ),
});

/** What a status says of the time to come; each is left out where it says nothing. */
export const outlookFields = {
  queue_position: z.union([z.int().min(0).max(MOST_PLACES), z.literal(MORE_PLACES)]).optional()
    .describe(
      "While it is pending: how many starts come before its own, of those that wait now. Of each " +
        "other user as many later requests may go first as the user has waiting up to this one: at " +
        "most one, where it is the only one",
    ),
  eta: eta.optional().describe(
    "While it is pending or processing: in how many seconds it is done, about; left out while its " +
      "provider is paused for good",
  ),
};

const outlook = z.object(outlookFields);

export type Outlook = z.infer<typeof outlook>;

export type Eta = z.infer<typeof eta>;
