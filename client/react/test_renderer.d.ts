/** What the tests use of react-test-renderer, which has no types. */
export interface Renderer {
  unmount(): void;
}
export function create(element: unknown): Renderer;
