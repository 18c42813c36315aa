import type { JSX } from "preact";
import { BreakItView } from "../break_it/break_it_view.tsx";
import { CompareView } from "../compare/compare_view.tsx";
import { CreateView } from "../create/create_view.tsx";
import { GalleryView } from "../gallery/gallery_view.tsx";
import { OperateView } from "../operate/operate_view.tsx";
import { TaskView } from "../task/task_view.tsx";
import type { Route } from "./route.ts";

/** The view that an address names. */
export function ViewOf({ route }: { readonly route: Route }): JSX.Element {
  switch (route.view) {
    case "task":
      return <TaskView key={route.id} id={route.id} />;
    case "create":
      return <CreateView query={route.query} />;
    case "compare":
      return <CompareView query={route.query} />;
    case "gallery":
      return <GalleryView query={route.query} />;
    case "break-it":
      return <BreakItView />;
    case "operate":
      return <OperateView />;
  }
}
