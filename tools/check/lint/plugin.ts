/**
 * The project's own rules for `deno lint`, which editors underline while one writes. Deno calls the
 * interface of its plugins experimental: `plugin_test.ts` says what must hold after an update.
 */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { effectRules } from "./effect_rules.ts";
import { brokenImportRules, TEST_FILE } from "./import_rules.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** What is deployed, or a unit test of it. */
const PRODUCT = /^(?:shared|supabase\/functions)\//;

/** Tests and their helpers; those that wait for what time does to a worker run in no gate. */
const TIMELESS = /^(?!tests\/(?:faults|soak|support)\/)(?:.*_test\.ts$|testing\/|tests\/[^/]+\/)/;

const IMPORT = "ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression";

const importDirections: Deno.lint.Rule = {
  create(context) {
    const path = relative(root, context.filename);
    return {
      [IMPORT](node: { readonly source: Deno.lint.Node | null }): void {
        const { source } = node;
        if (source?.type !== "Literal" || typeof source.value !== "string") return;
        for (const { name, reason } of brokenImportRules(path, pathOf(source.value, path))) {
          context.report({ node: source, message: `${name}: ${reason}` });
        }
      },
    };
  },
};

/** A file's path from the root, or the name of a package as it is. */
function pathOf(specifier: string, importer: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return new URL(specifier, `file:///${importer}`).pathname.slice(1);
}

const effects: Deno.lint.Rule = {
  create(context) {
    const path = relative(root, context.filename);
    if (!PRODUCT.test(path) || TEST_FILE.test(path)) return {};
    const check = (node: Deno.lint.Expression): void => {
      const written = context.sourceCode.getText(node);
      for (const { expression, reason, allowedIn } of effectRules) {
        if (written !== expression || allowedIn.test(path)) continue;
        context.report({ node, message: `${expression} does not belong here: ${reason}` });
      }
    };
    return {
      MemberExpression: check,
      CallExpression({ callee }): void {
        if (callee.type === "Identifier") check(callee);
      },
    };
  },
};

const ELAPSED = "A test must not measure or compare times of the clock: it is red beside load";
const INSTEAD = "Count steps or calls, pass a clock in, or wait for what happens with waitUntil";

const noWallClockInTests: Deno.lint.Rule = {
  create(context) {
    if (!TIMELESS.test(relative(root, context.filename))) return {};
    const report = (node: Deno.lint.Node): void =>
      context.report({ node, message: ELAPSED, hint: INSTEAD });
    return {
      CallExpression(node): void {
        if (context.sourceCode.getText(node.callee) === "performance.now") report(node);
      },
      BinaryExpression(node): void {
        const { left, operator, right } = node;
        const [first, second] = [left, right].map((side) => context.sourceCode.getText(side));
        const isElapsed = operator === "-" && first === "Date.now()" && right.type !== "Literal";
        const isCompared = ["<", ">", "<=", ">="].includes(operator) &&
          [first, second].includes("Date.now()");
        if (isElapsed || isCompared) report(node);
      },
    };
  },
};

const plugin: Deno.lint.Plugin = {
  name: "project",
  rules: {
    "import-directions": importDirections,
    "effects": effects,
    "no-wall-clock-in-tests": noWallClockInTests,
  },
};

export default plugin;
