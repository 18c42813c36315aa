import { z } from "zod";

/** Chosen by the client; the idempotency key within user and operation. */
export const taskId = z.string().min(1).max(200);

/** Words for the provider: as many as any takes. A provider that takes fewer narrows it. */
export const prompt = z.string().trim().min(1).max(32_000);
