// What a client of the runtime asks of its objects, message by message.
import ask from "./blocking.cjs";
import { Decoder, Encoder } from "./messages.mjs";

/** Answers one client: it holds the objects by number, and names it begins with. */
export class Client {
  constructor(line, roots) {
    this.line = line;
    this.roots = roots;
    this.objects = [];
    this.numbers = new Map();
    this.readers = new Map();
    this.promises = [];
  }

  numberOf(object) {
    let number = this.numbers.get(object);
    if (number === undefined) {
      number = this.objects.push(object) - 1;
      this.numbers.set(object, number);
    }
    return number;
  }

  /** Answers what is asked until something ends; its name, null for the client's own end. */
  async serve(reply) {
    for (;;) {
      const text = await this.line.next(reply);
      if (text === null) return null;
      const message = JSON.parse(text);
      if (message.operation === "end") return message.name;
      reply = JSON.stringify(await this.answer(message));
    }
  }

  async answer(message) {
    const encoder = new Encoder(this);
    const given = [];
    const [kind, outcome] = await settled(() => this.perform(message, given));
    const answer = { kind, value: encoder.encode(outcome) };
    const headers = given.map((value) => (value instanceof Headers ? [...value] : null));
    if (headers.some((fields) => fields !== null)) answer.headers = headers;
    await encoder.pending();
    return answer;
  }

  /** The same where nothing can be awaited: what is promised is told later. */
  serveAtOnce(reply) {
    for (;;) {
      const message = JSON.parse(ask(JSON.stringify(reply)));
      if (message.operation === "end") return message.name;
      reply = this.answerAtOnce(message);
    }
  }

  answerAtOnce(message) {
    let kind, value;
    try {
      [kind, value] = ["returned", this.perform(message, [])];
    } catch (thrown) {
      [kind, value] = ["thrown", thrown];
    }
    if (value instanceof Promise) {
      value = this.promises.push(settled(() => value)) - 1;
      kind = "promised";
    }
    return { kind, value: new Encoder(this).encode(value) };
  }

  /** How all promises of answers at once have ended. */
  async kept() {
    const promises = await Promise.all(this.promises);
    this.promises = [];
    return promises;
  }

  /** `given` is filled with the arguments. */
  perform({ operation, target, name, values = [] }, given) {
    const decoder = new Decoder(this);
    for (const value of values) given.push(decoder.decode(value));
    const object = typeof target === "number" ? this.objects[target] : target;
    return OPERATIONS[operation](this, object, name, given);
  }
}

/** How a call ended: it returned, or what it promised was resolved or rejected. */
async function settled(call) {
  let result;
  try {
    result = call();
  } catch (thrown) {
    return ["thrown", thrown];
  }
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
  /**
   * Runs a transaction whose closure is the client's: it is answered inside of it, as a
   * part of it, until it says that the closure has ended.
   */
  async transaction(client, target, _name, options) {
    const thrown = new Error("the closure has thrown");
    try {
      await target.transaction(async (txn) => {
        const value = new Encoder(client).encode(txn);
        const end = await client.serve(JSON.stringify({ kind: "entered", value }));
        if (end !== "returned") throw thrown;
      }, ...options);
    } catch (reason) {
      if (reason !== thrown) throw reason;
      return "thrown";
    }
    return "returned";
  },
  /** A synchronous one, inside of which the client is answered at once. */
  transactionSync(client, target) {
    const thrown = new Error("the closure has thrown");
    try {
      target.transactionSync(() => {
        const end = client.serveAtOnce({ kind: "entered", value: null });
        if (end !== "returned") throw thrown;
      });
    } catch (reason) {
      if (reason !== thrown) throw reason;
      return "thrown";
    }
    return "returned";
  },
  /** Does what waits for the client in its middle, who is told the end of it at once. */
  async atOnce(client, target, operation) {
    ask(JSON.stringify(client.answerAtOnce({ operation, target })));
    return client.kept();
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
