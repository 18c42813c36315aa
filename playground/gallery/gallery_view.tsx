import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { viewAddress } from "../shell/route.ts";
import { useNow } from "../task/use_now.ts";
import { filterAddress, filterOf, isFiltering } from "./filter.ts";
import { GalleryCard } from "./gallery_card.tsx";
import { GalleryFilter } from "./gallery_filter.tsx";
import type { History } from "./history.ts";
import { useHistory } from "./use_history.ts";
import { useNews } from "./use_news.ts";

/** The times of cards are told in minutes. */
const MINUTE_MILLISECONDS = 60_000;

/** What the user has made, newest first. */
export function GalleryView({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const filter = useMemo(() => filterOf(query), [query]);
  const { history, isReading, problem, more, refresh } = useHistory(filter);
  useNews(refresh);
  return (
    <>
      <div class="gallery-head">
        <h1>Gallery</h1>
        <GalleryFilter filter={filter} />
      </div>
      {problem && (
        <p role="alert" class="problem">
          The gallery could not be read: {problem}{" "}
          <button type="button" onClick={refresh}>Try again</button>
        </p>
      )}
      {history && history.tasks.length > 0 && <Cards history={history} />}
      {history?.tasks.length === 0 && <Empty isFiltered={isFiltering(filter)} />}
      {!history && isReading && <p class="muted" role="status">Reading your history…</p>}
      {history?.nextCursor && (
        <p class="gallery-more">
          <button type="button" disabled={isReading} onClick={more}>
            {isReading ? "Reading…" : "Show more"}
          </button>
        </p>
      )}
    </>
  );
}

function Cards({ history }: { readonly history: History }): JSX.Element {
  const now = useNow(true, MINUTE_MILLISECONDS);
  return (
    <ul class="gallery" aria-label="Your tasks">
      {history.tasks.map((task) => (
        <li key={task.id}>
          <GalleryCard task={task} now={now} />
        </li>
      ))}
    </ul>
  );
}

function Empty({ isFiltered }: { readonly isFiltered: boolean }): JSX.Element {
  return (
    <div class="gallery-empty">
      <p class="gallery-empty-title">
        {isFiltered ? "Nothing of this kind" : "Nothing here yet"}
      </p>
      <p class="muted">
        {isFiltered
          ? "No task of yours is as the filter asks."
          : "Describe something, or take a sample: what comes of it is kept here, on every device."}
      </p>
      <p>
        {isFiltered
          ? (
            <a class="button" href={filterAddress({ operation: undefined, status: undefined })}>
              Show everything
            </a>
          )
          : <a class="button primary" href={viewAddress("create")}>Make your first image</a>}
      </p>
    </div>
  );
}
