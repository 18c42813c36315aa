import { createMakeIt3D, type MakeIt3D, type PendingStorage } from "../../../client/mod.ts";
import { SEED } from "../../../tools/local/stack/settings.ts";
import { type NewUser, newUser } from "../../support/new_user.ts";
import { stack } from "../../support/stack.ts";

/** What an app on one device keeps: it outlives the client. */
export class Device implements PendingStorage {
  readonly items = new Map<string, string>();

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }

  /** How many generations are kept as not ended. */
  get pending(): number {
    return [...this.items.values()].reduce((sum, text) => sum + JSON.parse(text).length, 0);
  }
}

export interface AnApp {
  readonly user: NewUser;
  readonly device: Device;
  readonly client: MakeIt3D;
}

export interface AppOptions {
  readonly user?: NewUser;
  readonly device?: Device;
  readonly fetch?: typeof fetch;
}

/** An app of a new user, or of one who has it already. */
export async function anApp(options: AppOptions = {}): Promise<AnApp> {
  const { user = await newUser(), device = new Device(), fetch } = options;
  const client = createMakeIt3D({
    url: stack.projectUrl,
    apiKey: SEED.apiKey,
    accessToken: () => Promise.resolve(user.token),
    storage: device,
    ...(fetch && { fetch }),
  });
  return { user, device, client };
}

/** A prompt that finds its purchases. */
export function aPrompt(): string {
  return `A red cube ${crypto.randomUUID()}`;
}
