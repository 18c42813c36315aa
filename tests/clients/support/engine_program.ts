import { createMakeIt3D } from "@makeit3d/client";
import { setEngineGlobals } from "./engine_globals.ts";
import { killAndResume, type Order, type Seen } from "./kill_and_resume.ts";
import { type Answered, type Asked, bodyOf } from "./recorder.ts";

/** What the test puts before the program: what was recorded elsewhere, and the photo's bytes. */
export interface Recorded {
  readonly order: Order;
  readonly photo: readonly number[];
  readonly answers: readonly Answered[];
}

/** What the program prints. */
export type Printed = { readonly seen: Seen; readonly asked: readonly Asked[] } | {
  readonly error: string;
};

/** The backend's answers, in their order, in what React Native's `fetch` has of a response. */
function replay({ photo, answers }: Recorded) {
  const asked: Asked[] = [];
  const fetch = (url: string, { method = "GET", body }: RequestInit = {}): Promise<object> => {
    const bytes = new Uint8Array(photo).buffer;
    if (url.startsWith("file:")) {
      return Promise.resolve({ arrayBuffer: () => Promise.resolve(bytes) });
    }
    const answer = answers[asked.length];
    asked.push({ method, url, ...bodyOf(body) });
    return Promise.resolve({
      status: answer?.status,
      headers: { get: (name: string) => answer?.headers[name.toLowerCase()] ?? null },
      text: () => Promise.resolve(answer?.text),
    });
  };
  // Nobody asks for more of a response.
  return { asked, fetch: fetch as unknown as typeof globalThis.fetch };
}

/** Runs the app in the engine. */
export async function runProgram(
  AbortController: unknown,
  recorded: Recorded,
  print: (line: string) => void,
): Promise<void> {
  setEngineGlobals(AbortController);
  const { asked, fetch } = replay(recorded);
  const printed: Printed = await killAndResume(createMakeIt3D, recorded.order, fetch)
    .then((seen) => ({ seen, asked }), ({ stack, message }) => ({ error: stack ?? message }));
  print(JSON.stringify(printed));
}
