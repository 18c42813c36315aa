import { z } from "zod";

/** Chosen by the client; the idempotency key within user and operation. */
export const taskId = z.string().min(1).max(200);

/** Words for the provider; the limit is the shortest among the providers that state none of their own. */
export const prompt = z.string().trim().min(1).max(4000);
