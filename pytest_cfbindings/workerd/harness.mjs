// Runs inside workerd: lets one client at a time use objects of the runtime, by
// messages on a WebSocket. All of them share the context of that one request, so that
// what a call returned (a statement, an upload, a stream) can be used by later calls.
import { DurableObject } from "cloudflare:workers";
import { Decoder, Encoder } from "./messages.mjs";

/** What a client holds: objects by number, and the names it begins with. */
class Client {
  constructor(socket, roots) {
    this.socket = socket;
    this.roots = roots;
    this.objects = [];
    this.numbers = new Map();
    this.readers = new Map();
    this.parts = [];
    socket.accept();
    socket.addEventListener("message", ({ data }) => this.receive(data));
    socket.addEventListener("close", () => this.forget());
  }

  forget() {
    this.objects = [];
    this.numbers.clear();
    this.readers.clear();
  }

  numberOf(object) {
    let number = this.numbers.get(object);
    if (number === undefined) {
      number = this.objects.push(object) - 1;
      this.numbers.set(object, number);
    }
    return number;
  }

  /** A message may come in parts; "." is in front of the last one. */
  async receive(data) {
    this.parts.push(data.slice(1));
    if (data[0] !== ".") return;
    const text = this.parts.join("");
    this.parts = [];
    const answer = await this.answer(JSON.parse(text));
    const reply = JSON.stringify(answer);
    for (let at = 0; at < reply.length || at === 0; at += PART) {
      const isLast = at + PART >= reply.length;
      this.socket.send((isLast ? "." : "+") + reply.slice(at, at + PART));
    }
  }

  async answer({ operation, target, name, values = [] }) {
    const decoder = new Decoder(this);
    const encoder = new Encoder(this);
    let kind, outcome;
    let given = [];
    try {
      given = values.map((value) => decoder.decode(value));
      const object = typeof target === "number" ? this.objects[target] : target;
      [kind, outcome] = await settled(OPERATIONS[operation](this, object, name, given));
    } catch (thrown) {
      [kind, outcome] = ["thrown", thrown];
    }
    const answer = { kind, value: encoder.encode(outcome) };
    const headers = given.map((value) => (value instanceof Headers ? [...value] : null));
    if (headers.some((fields) => fields !== null)) answer.headers = headers;
    await encoder.pending();
    return answer;
  }
}

const PART = 512 * 1024;

/** How a call ended: it returned, or what it promised was resolved or rejected. */
async function settled(result) {
  if (!(result instanceof Promise)) return ["returned", result];
  try {
    return ["resolved", await result];
  } catch (reason) {
    return ["rejected", reason];
  }
}

const OPERATIONS = {
  root: (client, _target, name) => client.roots(name),
  call(client, target, name, values) {
    const method = target[symbolOf(name)];
    // Answers of some bindings depend on how many arguments there are.
    return method.apply(target, values);
  },
  invoke: (client, target, _name, values) => target(...values),
  get: (client, target, name) => target[name],
  set(client, target, name, [value]) {
    target[name] = value;
  },
  read(client, target) {
    let reader = client.readers.get(target);
    if (reader === undefined) client.readers.set(target, (reader = target.getReader()));
    return reader.read();
  },
  /** Has a stream locked or not, as it is on the other side. */
  lock(client, target, _name, [isLocked]) {
    const reader = client.readers.get(target);
    if (isLocked && reader === undefined) client.readers.set(target, target.getReader());
    if (!isLocked && reader !== undefined) {
      reader.releaseLock();
      client.readers.delete(target);
    }
  },
  cancel(client, target, _name, [reason]) {
    const reader = client.readers.get(target);
    return (reader ?? target).cancel(reason);
  },
  async wipe(client) {
    const storage = client.roots("storage");
    await storage.deleteAlarm();
    await storage.deleteAll();
    await storage.sync();
  },
};

function symbolOf(name) {
  return name.startsWith("@@") ? Symbol[name.slice(2)] : name;
}

function upgraded(roots) {
  const [ours, theirs] = Object.values(new WebSocketPair());
  new Client(theirs, roots);
  return new Response(null, { status: 101, webSocket: ours });
}

/** Shows the storage of an object, which runs no code of its own. */
export class StorageProbe extends DurableObject {
  fetch(_request) {
    const { storage } = this.ctx;
    return upgraded((name) => (name === "storage" ? storage : storage[name]));
  }
  alarm() {}
}

export default {
  fetch(request, env) {
    const { searchParams } = new URL(request.url);
    const prefix = `${searchParams.get("set")}:`;
    const object = searchParams.get("object");
    if (object === null) return upgraded((name) => env[prefix + name] ?? env[name]);
    const namespace = env[searchParams.get("namespace")];
    return namespace.get(namespace.idFromString(object)).fetch(request);
  },
};
