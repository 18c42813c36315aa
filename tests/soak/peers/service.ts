/** What is behind an app: the service that sells runs. */
export interface Service {
  readonly origin: string;
  /** Whether a request asks for a run. */
  isSubmit(method: string, path: string): boolean;
  /** What an app is started with that reaches the service by another origin. */
  environmentBy(origin: string): Promise<Record<string, string>>;
  /** Resolves when a run for a prompt has begun. */
  whenBegun(prompt: string): Promise<void>;
  /** How many runs were bought for a prompt, and how many of them were canceled, when all have ended. */
  count(prompt: string): Promise<{ readonly bought: number; readonly canceled: number }>;
  /** Lets each run take so long while the work is done. */
  whileSlow<T>(milliseconds: number, work: () => Promise<T>): Promise<T>;
  end(): Promise<void>;
}
