import { setTimeout } from "node:timers/promises";
import type { App, Ended } from "./app.ts";
import { type Fate, Network } from "./network.ts";
import type { Service } from "./service.ts";

/** How long a run takes. */
const RUN_MILLISECONDS = 8_000;
/** After a run has begun: the app has heard of it where it is told. */
const SOON_MILLISECONDS = 2_000;
const OUTAGE_MILLISECONDS = 60_000;

/** What became of one picture that somebody wanted. */
export interface Outcome {
  readonly bought: number;
  readonly canceled: number;
  /** What the app said at last, each time that it was started. */
  readonly said: readonly string[];
}

export interface Attempt {
  readonly service: Service;
  readonly prompt: string;
  start(origin: string, prompt: string): Promise<App>;
}

interface Scene {
  readonly app: App;
  readonly network: Network;
  /** Resolves soon after the run has begun. */
  underWay(): Promise<void>;
}

/** Something that happens to an app. Resolves when it has ended. */
interface Trouble {
  readonly fate?: Fate;
  readonly prompt?: string;
  /** Nobody starts the app again where it has no result. */
  readonly isUnwanted?: boolean;
  readonly happen: (scene: Scene) => Promise<Ended>;
}

/** In the words of the table. */
export const troubles: Readonly<Record<string, Trouble>> = {
  "nothing": { happen: ({ app }) => app.ended },
  "killed before the answer": {
    fate: "is held",
    happen: async ({ app, network }) => {
      await network.accepted;
      return await kill(app);
    },
  },
  "killed while it runs": {
    happen: async ({ app, underWay }) => {
      await underWay();
      return await kill(app);
    },
  },
  "the answer is lost": { fate: "is lost", happen: ({ app }) => app.ended },
  "no network for a minute": {
    happen: async ({ app, network, underWay }) => {
      await underWay();
      await network.gone(() => setTimeout(OUTAGE_MILLISECONDS));
      return await app.ended;
    },
  },
  "Ctrl-C": {
    isUnwanted: true,
    happen: async ({ app, underWay }) => {
      await underWay();
      app.signal("SIGINT");
      return await app.ended;
    },
  },
  "a wrong parameter": { prompt: "", isUnwanted: true, happen: ({ app }) => app.ended },
  "an expired token": {
    happen: async ({ app, network, underWay }) => {
      await underWay();
      network.refusesFirstToken = true;
      const ended = await app.ended;
      // Somebody has got another meanwhile.
      network.refusesFirstToken = false;
      return ended;
    },
  },
};

/** Starts an app, lets a trouble happen, and starts it again if it has no result. */
export async function observe(
  { service, start, ...attempt }: Attempt,
  { fate = "arrives", prompt = attempt.prompt, isUnwanted = false, happen }: Trouble,
): Promise<Outcome> {
  const network = await Network.to(service, fate);
  const underWay = async (): Promise<void> => {
    await service.whenBegun(prompt);
    await setTimeout(SOON_MILLISECONDS);
  };
  try {
    return await service.whileSlow(RUN_MILLISECONDS, async () => {
      const ended = await happen({ app: await start(network.origin, prompt), network, underWay });
      const all = [ended];
      if (!isUnwanted && !ended.hasResult) {
        all.push(await (await start(network.origin, prompt)).ended);
      }
      const said = all.map(({ said, seconds }) => `${said} (${seconds} s)`);
      return { ...await service.count(prompt), said };
    });
  } finally {
    await network.end();
  }
}

async function kill(app: App): Promise<Ended> {
  app.signal("SIGKILL");
  return { ...await app.ended, said: "killed" };
}
