/**
 * Where a simulated provider begins: behind the address of all simulators its name, then the path of
 * the real one's base URL.
 */
export function simulatedBaseUrl(provider: string, baseUrl: string, simulatorsUrl: string): string {
  return `${simulatorsUrl}/${provider}${new URL(baseUrl).pathname.replace(/\/$/, "")}`;
}
