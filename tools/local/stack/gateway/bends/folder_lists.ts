import { z } from "zod";
import type { AskStorage } from "./local_storage.ts";

const question = z.object({
  prefix: z.string().default(""),
  limit: z.int().min(0).default(100),
  offset: z.int().min(0).default(0),
  search: z.string().nullish().transform((word) => word ?? ""),
  sortBy: z.object({
    column: z.enum(["name", "updated_at", "created_at", "last_accessed_at"]).default("name"),
    order: z.string().default("asc"),
  }).nullish().transform((order) => order ?? { column: "name" as const, order: "asc" }),
});

type Question = z.infer<typeof question>;

const file = z.object({
  name: z.string(),
  id: z.string(),
  updated_at: z.string().nullable(),
  created_at: z.string().nullable(),
  last_accessed_at: z.string().nullable(),
  metadata: z.unknown(),
});

type File = z.infer<typeof file>;

/**
 * Lists a folder as the platform does: names without the folder, folders in it as entries without an
 * id, sorted, a page of them. The local Storage lists all below a prefix by whole paths.
 */
export async function listFolder(
  bucket: string,
  body: unknown,
  ask: AskStorage,
): Promise<Response> {
  const asked = question.safeParse(body);
  const prefix = asked.success ? folderOf(asked.data.prefix) : "";
  const answer = await ask(`/storage/v1/object/list/${encodeURIComponent(bucket)}`, {
    method: "POST",
    body: { prefix },
  });
  if (!answer.ok || !asked.success) return answer;
  const files = z.array(file).parse(await answer.json());
  return Response.json(pageOf(files, { ...asked.data, prefix }));
}

/** A prefix is always a folder. */
function folderOf(prefix: string): string {
  return prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
}

/** @param files All whose path may begin with the prefix, with their whole paths. */
export function pageOf(files: readonly File[], asked: Question): readonly unknown[] {
  const { prefix, search, limit, offset, sortBy } = asked;
  const inside = files
    // In the local Storage's pattern % and _ stand for others.
    .filter(({ name }) => name.startsWith(prefix))
    .map((one) => ({ ...one, name: one.name.slice(prefix.length) }))
    .filter(({ name }) => name.toLowerCase().startsWith(search.toLowerCase()));
  const folders = new Set(
    inside.filter(({ name }) => name.includes("/")).map(({ name }) => name.split("/")[0] ?? ""),
  );
  const sign = sortBy.order.toLowerCase() === "desc" ? -1 : 1;
  const entries = [
    ...[...folders].sort((one, other) => sign * compare(one, other)).map(folderEntry),
    ...inside
      .filter(({ name }) => !name.includes("/"))
      .sort((one, other) => sign * compare(one[sortBy.column], other[sortBy.column])),
  ];
  return entries.slice(offset, offset + limit);
}

function compare(one: string | null, other: string | null): number {
  return (one ?? "") < (other ?? "") ? -1 : 1;
}

function folderEntry(name: string): Record<string, string | null> {
  const nothing = { id: null, updated_at: null, created_at: null, last_accessed_at: null };
  return { name, ...nothing, metadata: null };
}
