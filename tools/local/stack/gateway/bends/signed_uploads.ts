import { z } from "zod";
import type { NamedObject } from "./object_names.ts";

const local = z.object({ token: z.string() });
const stored = z.object({ Key: z.string() });

/** What the local Storage answers to a request for a signed upload, as the platform says it. */
export async function asSignedUpload(
  { bucket, name }: NamedObject,
  answer: Response,
): Promise<Response> {
  if (!answer.ok) return answer;
  const { token } = local.parse(await answer.json());
  const path = [bucket, ...name.split("/")].map(encodeURIComponent).join("/");
  return Response.json({ url: `/object/upload/sign/${path}?token=${token}`, token });
}

/** What it answers to the upload itself: the platform's key begins with the bucket. */
export async function asStoredUpload({ bucket }: NamedObject, answer: Response): Promise<Response> {
  if (!answer.ok) return answer;
  const { Key } = stored.parse(await answer.json());
  return Response.json({ Key: `${bucket}/${Key}` });
}
