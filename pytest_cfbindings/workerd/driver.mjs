// Runs in Node: starts workerd by Miniflare, and anew with other options for each line
// {"start"} on standard input. Standard output has a line of JSON for each: {"url"} or
// {"error"}. What blocking.cjs asks is a line {"asked"}, to be answered by {"answer"}.
// It ends, and workerd with it, when standard input does.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

// Standard output is for answers.
for (const name of ["log", "info", "debug", "warn"]) console[name] = console.error;

const [, , folder] = process.argv;
const { resolve } = createRequire(pathToFileURL(`${folder}/`));
const { Log, LogLevel, Miniflare, Response } = await import(pathToFileURL(resolve("miniflare")));

const read = (name) => ({
  type: name.endsWith(".cjs") ? "CommonJS" : "ESModule",
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
      ...["blocking.cjs", "client.mjs", "lines.mjs", "messages.mjs"].map(read),
    ],
    cf: false,
    log: new Log(LogLevel.ERROR),
    telemetry: { enabled: false },
    unsafeUseModuleFallbackService: true,
    unsafeModuleFallbackService: answerModule,
  };
}

let parts = [];
let answered;

/** Answers what a module's name asks, when standard input has the answer. */
async function answerModule(request) {
  const name = new URL(request.url).searchParams.get("specifier").slice(1);
  const [, isLast, data] = name.match(/^asked\/\d+\/(?:(last)|more)\/(.*)$/) ?? [];
  if (data === undefined) return new Response(null, { status: 404 });
  parts.push(data);
  let text = "";
  if (isLast) {
    const asked = Buffer.from(parts.join(""), "base64url").toString();
    parts = [];
    text = await new Promise((resolve) => {
      answered = resolve;
      say({ asked });
    });
  }
  return Response.json({ name, text });
}

let miniflare;

async function start(options) {
  if (miniflare === undefined) miniflare = new Miniflare(complete(options));
  else await miniflare.setOptions(complete(options));
  return String(await miniflare.ready);
}

const say = (answer) => process.stdout.write(JSON.stringify(answer) + "\n");

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.start === undefined) {
    answered(message.answer);
    continue;
  }
  try {
    say({ url: await start(message.start) });
  } catch (error) {
    say({ error: String(error?.stack ?? error) });
  }
}
await miniflare?.dispose();
process.exit(0);
