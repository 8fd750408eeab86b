// Runs in Node: starts workerd by Miniflare, and anew with other options for each line
// on standard input. Standard output has a line of JSON for each: {"url"} or {"error"}.
// It ends, and workerd with it, when standard input does.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

// Standard output is for answers.
for (const name of ["log", "info", "debug", "warn"]) console[name] = console.error;

const [, , folder] = process.argv;
const { resolve } = createRequire(pathToFileURL(`${folder}/`));
const { Log, LogLevel, Miniflare } = await import(pathToFileURL(resolve("miniflare")));

const read = (name) => ({
  type: "ESModule",
  path: name,
  contents: readFileSync(new URL(name, import.meta.url), "utf8"),
});

function complete({ classes, ...options }) {
  const entry = [
    'export { default } from "./harness.mjs";',
    'import { StorageProbe } from "./harness.mjs";',
    ...classes.map((name) => `export class ${name} extends StorageProbe {}`),
  ];
  return {
    ...options,
    modules: [
      { type: "ESModule", path: "entry.mjs", contents: entry.join("\n") },
      read("harness.mjs"),
      ...["client.mjs", "lines.mjs", "messages.mjs"].map(read),
    ],
    cf: false,
    log: new Log(LogLevel.ERROR),
    telemetry: { enabled: false },
  };
}

let miniflare;

async function start(options) {
  if (miniflare === undefined) miniflare = new Miniflare(complete(options));
  else await miniflare.setOptions(complete(options));
  return String(await miniflare.ready);
}

const say = (answer) => process.stdout.write(JSON.stringify(answer) + "\n");

for await (const line of createInterface({ input: process.stdin })) {
  try {
    say({ url: await start(JSON.parse(line)) });
  } catch (error) {
    say({ error: String(error?.stack ?? error) });
  }
}
await miniflare?.dispose();
process.exit(0);
