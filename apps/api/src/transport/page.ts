import type { Documented, DocumentedOperation } from "./openapi.ts";
import type { JsonSchema } from "./operations.ts";

/** The OpenAPI document as one readable HTML page, without scripts. */
export function page({ info, paths }: Documented): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(info.title)} API</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
<header>
<h1>${escaped(info.title)} API <small>${escaped(info.version)}</small></h1>
<p>${escaped(info.description)} The same as <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.</p>
<p>Credentials: <code>Authorization: Bearer …</code> or <code>X-API-Key: …</code>. Errors: one key, <code>detail</code>.</p>
</header>
<nav aria-label="Operations">${tags.map((tag) => `<a href="#${anchor(tag)}">${escaped(tag)}</a>`).join(" ")}</nav>
<main>
${tags
  .map((tag) =>
    section(
      tag,
      operations.filter(({ operation }) => operation.tags.includes(tag)),
    ),
  )
  .join("\n")}
</main>
</body>
</html>
`;
}

type Listed = { path: string; method: string; operation: DocumentedOperation };

function section(tag: string, operations: readonly Listed[]): string {
  return `<section id="${anchor(tag)}"><h2>${escaped(tag)}</h2>${operations.map(article).join("\n")}</section>`;
}

function article({ path, method, operation }: Listed): string {
  const body = operation.requestBody?.content["application/json"].schema;
  const refusals = Object.entries(operation.responses).filter(([code]) => code !== "200");
  return `<article id="${anchor(operation.operationId)}">
<h3><span class="method ${method}">${method.toUpperCase()}</span> <code>${escaped(path)}</code></h3>
<p>${escaped(operation.summary)}. ${escaped(operation.description ?? "")}</p>
${operation.parameters.length > 0 ? `<h4>Parameters</h4>${fields(parametersOf(operation))}` : ""}
${body ? `<h4>Body</h4>${fields(body)}` : ""}
<h4>Answer</h4>${fields(operation.responses["200"]?.content["application/json"].schema ?? {})}
${refusals.length > 0 ? `<p class="refusals">${refusals.map(([code, { description }]) => `<b>${code}</b> ${escaped(description)}`).join(" · ")}</p>` : ""}
</article>`;
}

function parametersOf({ parameters }: DocumentedOperation): JsonSchema {
  return {
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

/** The properties of an object as a table; those that are objects themselves fold out. */
function fields(schema: JsonSchema): string {
  const entries = Object.entries(schema.properties ?? {});
  if (entries.length === 0) return "<p>Nothing.</p>";
  const rows = entries.map(([name, property]) => {
    const inner = [property, property.items, property.additionalProperties].find((part) => part?.properties);
    const nested = inner ? `<details><summary>fields</summary>${fields(inner)}</details>` : "";
    const required = schema.required?.includes(name) ? "required" : "";
    return `<tr><td><code>${escaped(name)}</code></td><td>${escaped(typeName(property))}</td><td>${required}</td><td>${escaped(notes(property))}${nested}</td></tr>`;
  });
  return `<div class="scroll"><table><thead><tr><th>Field</th><th>Type</th><th></th><th>Notes</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function typeName(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) return schema.anyOf.map(typeName).join(" | ");
  if (schema.type === "array") return `${typeName(schema.items ?? {})}[]`;
  if (schema["const"] !== undefined) return JSON.stringify(schema["const"]);
  return [schema.type ?? "any"].flat().join(" | ");
}

const bounds: readonly (readonly [string, string])[] = [
  ["minLength", "length ≥ %s"],
  ["maxLength", "length ≤ %s"],
  ["minimum", "≥ %s"],
  ["maximum", "≤ %s"],
  ["maxItems", "at most %s items"],
  ["default", "default %s"],
];

function notes(schema: JsonSchema): string {
  const parts = [schema, ...(schema.anyOf ?? [])];
  const limits = bounds.flatMap(([keyword, text]) =>
    parts
      // Whole numbers have the bounds of the number type itself where none are set.
      .filter((part) => part[keyword] !== undefined && Math.abs(Number(part[keyword])) !== Number.MAX_SAFE_INTEGER)
      .map((part) => text.replace("%s", JSON.stringify(part[keyword]))),
  );
  const description = parts.find((part) => part.description)?.description;
  return [description, ...limits].filter(Boolean).join("; ");
}

function anchor(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

export const styles = `
:root { color-scheme: light dark; --line: light-dark(#e3e5ea, #2c313a); --soft: light-dark(#5b6472, #9aa4b2); --accent: light-dark(#2f5bd0, #8fb0ff); }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 6rem; font: 15px/1.55 system-ui, sans-serif; background: light-dark(#fff, #14171c); color: light-dark(#1b2029, #e8ebf0); }
a { color: var(--accent); }
small, .refusals, th { color: var(--soft); font-weight: 400; }
nav { display: flex; gap: 1rem; padding: 0.75rem 0; border-bottom: 1px solid var(--line); }
article { border: 1px solid var(--line); border-radius: 8px; padding: 0.25rem 1rem 1rem; margin: 1rem 0; }
h3 code { font-size: 1rem; }
h4 { margin: 1rem 0 0.25rem; }
.method { font: 600 12px/1 ui-monospace, monospace; padding: 0.3em 0.5em; border-radius: 4px; border: 1px solid var(--line); color: var(--accent); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 34rem; table-layout: fixed; font-size: 14px; }
th:nth-child(1) { width: 28%; }
th:nth-child(2) { width: 26%; }
th:nth-child(3) { width: 5rem; }
details table { min-width: 0; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0; border-top: 1px solid var(--line); }
thead th { border-top: 0; }
code { font-family: ui-monospace, monospace; font-size: 0.93em; }
`;
