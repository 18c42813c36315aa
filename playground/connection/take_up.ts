import type { MakeIt3D } from "@makeit3d/client";
import { tellNews } from "./news.ts";
import { whenAccepted } from "./when_accepted.ts";

/**
 * Takes up what the user had under way in this browser when the page was closed or loaded again: what
 * may not have been accepted is sent again, as the same request, and all is followed to its end.
 */
export async function takeUp(client: MakeIt3D): Promise<void> {
  try {
    for (const generation of await client.resume()) {
      if (generation.id === undefined) whenAccepted(generation, tellNews);
      // What comes of it is shown where the user looks: in the gallery, or on its own page.
      generation.result().catch(() => {});
    }
  } catch {
    // The session has ended meanwhile: it is taken up when somebody has signed in.
  }
}
