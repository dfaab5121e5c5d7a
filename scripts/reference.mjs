// Writes the reference of packages/flags from the docstrings of what it exports; `--check` compares instead.
// Ends with 1 when an export has no docstring, or, with `--check`, when the file is not what would be written.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSync } from "oxc-parser";
import { root } from "./install.mjs";

const home = "packages/flags";
const target = "docs/reference/flags.md";

/** What each entry point is for; an entry point that is not here is not described, and the run ends with an error. */
const intros = {
  ".": "Declares flags, reads flag sets, evaluates them and says why; no clock, network or Node in it.",
  "./react": "Typed hooks over flags that a server evaluated, live, with a cache for outages.",
  "./pattern": "The engine of `matches` conditions, a part of its own because of its size.",
  "./override": "Signed tokens that force variants for one person for a while.",
  "./testing": "Flags with known answers, for tests.",
  "./exchange": "Flag sets from and to other systems, each with a report of what could not be carried over.",
  "./foreign": "How other systems place ids and compare; needed to evaluate flags imported from them.",
  "./openfeature-server": "OpenFeature's provider for servers.",
  "./openfeature-web": "OpenFeature's provider for browsers.",
};

const { text, missing } = reference();
if (missing.length > 0) end(missing.map((name) => `${name} has no docstring`));
if (!process.argv.includes("--check")) write(text);
else if (written() !== text) end([`${target} is out of date: node scripts/reference.mjs`]);

/** The page, and the exports without a docstring as `file: name`. */
function reference() {
  const { name, exports } = JSON.parse(readFileSync(join(root, home, "package.json"), "utf8"));
  const stray = Object.keys(exports).filter((entry) => !Object.hasOwn(intros, entry));
  if (stray.length > 0) end(stray.map((entry) => `${name}: ${entry} has no intro in scripts/reference.mjs`));

  const found = Object.entries(intros).map(([entry, intro]) => ({
    path: entry.replace(/^\./, name),
    intro,
    members: members(join(root, home, exports[entry])),
  }));
  const bare = found.flatMap(({ members }) => members.filter(({ doc }) => doc === ""));
  return { text: page(name, found), missing: [...new Set(bare.map(({ file, name }) => `${file}: ${name}`))] };
}

/** Everything that a module exports, by name. */
function members(file) {
  const names = read(file).body.flatMap((statement) => {
    if (statement.type === "ExportAllDeclaration") throw new Error(`${file}: export * hides what is exported`);
    return statement.type === "ExportNamedDeclaration" ? exportedNames(statement) : [];
  });
  return [...new Set(names)].sort(byCodeUnit).map((name) => ({ name, ...member(file, name) }));
}

/** Where an exported name is declared, with its docstring and its signature. */
function member(file, name) {
  const module = read(file);
  const origin = originOf(module.body, name);
  if (origin) return member(join(dirname(file), origin.from), origin.name);

  const own = module.body.filter((statement) => declaredNames(statement.declaration ?? statement).includes(name));
  if (own.length === 0) throw new Error(`${file}: ${name} is exported and not declared`);
  return {
    file: file.slice(root.length),
    doc: own.map((statement) => docstring(module, statement)).find((doc) => doc !== "") ?? "",
    signature: signatures(module.source, own).join("\n\n"),
  };
}

/** The module that an exported name comes from, and its name there; undefined when it is declared here. */
function originOf(body, name) {
  for (const statement of body) {
    const specifier = statement.specifiers?.find(({ exported, local }) => (exported ?? local).name === name);
    if (specifier && statement.source)
      return { from: statement.source.value, name: (specifier.imported ?? specifier.local).name };
  }
}

function exportedNames({ declaration, specifiers }) {
  return [...declaredNames(declaration), ...specifiers.map(({ exported }) => exported.name)];
}

function declaredNames(declaration) {
  if (declaration?.type === "VariableDeclaration") return declaration.declarations.map(({ id }) => id.name);
  return declaration?.id ? [declaration.id.name] : [];
}

/** The Markdown of the block comment right above a statement; its tags become a list. */
function docstring({ source, comments }, { start }) {
  const comment = comments.findLast(({ end }) => end <= start);
  const isOurs = comment?.value.startsWith("*") && source.slice(comment.end, start).trim() === "";
  if (!isOurs) return "";

  const lines = comment.value.slice(1).split("\n");
  const plain = lines.map((line) => line.replace(/^\s*\* ?/, "").trimEnd()).join("\n");
  const [prose, ...tags] = plain.split(/^@(?=param|returns|throws)/m).map((part) => part.trim());
  const list = tags.map((tag) => tag.replace(/^\w+/, "- `@$&`").replaceAll("\n", "\n  ")).join("\n");
  return [prose, list].filter((part) => part !== "").join("\n\n");
}

/** Declarations as source, without bodies; of an overloaded function, what callers see. */
function signatures(source, statements) {
  const declarations = statements.map((statement) => statement.declaration ?? statement);
  const overloads = declarations.filter(({ type }) => type === "TSDeclareFunction");
  return (overloads.length > 0 ? overloads : declarations).map((declaration) => signature(source, declaration));
}

function signature(source, declaration) {
  const until = (end) => source.slice(declaration.start, end).trim();
  if (declaration.type === "FunctionDeclaration") return `${until(declaration.body.start)};`;
  if (declaration.type !== "VariableDeclaration") return until(declaration.end);

  const [{ id, init }] = declaration.declarations;
  if (id.typeAnnotation) return `${until(id.end)};`;
  if (init.type === "ArrowFunctionExpression") return `${until(init.body.start)} …;`;
  const [head, ...rest] = until(declaration.end).split("\n");
  return rest.length === 0 ? head : `${head} … ${rest.at(-1)}`;
}

function page(name, entries) {
  const intro = `What \`${name}\` exports, by entry point. Written by \`node scripts/reference.mjs\` from the docstrings.`;
  return `${[`# Reference: ${name}`, intro, ...entries.map(section)].join("\n\n")}\n`;
}

function section({ path, intro, members }) {
  const parts = members.map(({ name, doc, signature }) => `### ${name}\n\n${doc}\n\n\`\`\`ts\n${signature}\n\`\`\``);
  return [`## ${path}`, intro, `\`import { … } from "${path}";\``, ...parts].join("\n\n");
}

function read(file) {
  const source = readFileSync(file, "utf8");
  const { program, comments, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  return { source, body: program.body, comments };
}

function written() {
  try {
    return readFileSync(join(root, target), "utf8");
  } catch {
    return undefined;
  }
}

function write(text) {
  mkdirSync(dirname(join(root, target)), { recursive: true });
  writeFileSync(join(root, target), text);
}

/** The same order on every machine, whatever its locale. */
function byCodeUnit(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function end(lines) {
  process.stderr.write(`${lines.join("\n")}\n`);
  process.exit(1);
}
