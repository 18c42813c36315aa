import { z } from "zod";
import type { TaskPlace } from "../../../shared/tasks/task.ts";

const PLACE = /^(\d{1,16})_(.*)$/;
const uuid = z.uuid();

/**
 * A place in the list of a user's tasks as apps carry it: nothing to be read or made by them. It gives no
 * rights, and tells nothing that the list has not told.
 */
export function writeCursor({ createdMicroseconds, id }: TaskPlace): string {
  return btoa(`${createdMicroseconds}_${id}`).replaceAll("=", "");
}

/** The place that a cursor was written for; undefined for what is no cursor. */
export function readCursor(cursor: string): TaskPlace | undefined {
  // No padding, and none of the letters that an address would change.
  if (!/^[a-zA-Z0-9]{1,100}$/.test(cursor)) return undefined;
  const [, microseconds, name] = PLACE.exec(decode(cursor)) ?? [];
  const id = uuid.safeParse(name);
  const createdMicroseconds = Number(microseconds);
  if (!id.success || !Number.isSafeInteger(createdMicroseconds)) return undefined;
  return { createdMicroseconds, id: id.data };
}

function decode(cursor: string): string {
  try {
    return atob(cursor);
  } catch {
    return "";
  }
}
