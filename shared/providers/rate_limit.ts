/** What a service says of its own window, counted in results. What it does not say is left out. */
export interface RateLimit {
  /** So many results in a window. */
  readonly limit?: number;
  /** So many more in this one. */
  readonly remaining?: number;
  /** Until the window is as good as new. */
  readonly resetSeconds?: number;
}
