import { render } from "preact";
import { App } from "./shell/app.tsx";

const root = document.querySelector("#app");
if (!root) throw new Error("The page has no #app");
render(<App />, root);
