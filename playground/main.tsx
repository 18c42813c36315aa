import { render } from "preact";
import { App } from "./shell/app.tsx";
import { applyTheme } from "./shell/theme_button.tsx";

const root = document.querySelector("#app");
if (!root) throw new Error("The page has no #app");
applyTheme();
render(<App />, root);
