/** Said in the page when a task is there that no view has submitted. */
const NEWS = "makeit3d-playground:news";

export function tellNews(): void {
  dispatchEvent(new Event(NEWS));
}

/** Returns how to stop hearing them. */
export function onNews(listener: () => void): () => void {
  addEventListener(NEWS, listener);
  return () => removeEventListener(NEWS, listener);
}
