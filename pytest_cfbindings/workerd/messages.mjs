// JavaScript values as JSON and back. Texts, booleans, null and ordinary numbers stand
// for themselves; anything else is a list that begins with a tag. Objects are numbered
// in order of appearance, and ["=", number] is one that was there before.

const PLAIN = new Set([Object.prototype, null]);
const GLOBAL_ERRORS = new Set(["Error", "TypeError", "RangeError", "SyntaxError",
  "ReferenceError", "EvalError", "URIError", "AggregateError"]);
const ODD_NUMBERS = { NaN, Infinity, "-Infinity": -Infinity, "-0": -0 };

export class Encoder {
  constructor(client) {
    this.client = client;
    this.seen = new Map();
    this.waiting = [];
  }

  /** Resolves when all that encode() returned is complete. */
  pending() {
    return Promise.all(this.waiting);
  }

  encode(value) {
    switch (typeof value) {
      case "undefined": return ["undefined"];
      case "bigint": return ["bigint", String(value)];
      case "symbol": return ["symbol", value.description ?? ""];
      case "number":
        if (Number.isFinite(value) && !Object.is(value, -0)) return value;
        return ["number", Object.is(value, -0) ? "-0" : String(value)];
      case "string": case "boolean": return value;
    }
    if (value === null) return null;
    const before = this.seen.get(value);
    if (before !== undefined) return ["=", before];
    if (ArrayBuffer.isView(value)) {
      const buffer = this.encode(value.buffer);
      this.number(value);
      return ["view", value.constructor.name, value.byteOffset, value.byteLength, buffer];
    }
    this.number(value);
    return this.object(value);
  }

  number(value) {
    this.seen.set(value, this.seen.size);
  }

  object(value) {
    if (typeof value === "function") return this.handle("function", value);
    if (Array.isArray(value)) return ["array", Array.from(value, (x) => this.encode(x))];
    if (value instanceof ArrayBuffer) return ["buffer", new Uint8Array(value).toBase64()];
    if (value instanceof Date) return ["date", Number.isNaN(+value) ? null : +value];
    if (value instanceof Map) {
      return ["map", Array.from(value, ([k, v]) => [this.encode(k), this.encode(v)])];
    }
    if (value instanceof Set) return ["set", Array.from(value, (x) => this.encode(x))];
    if (value instanceof RegExp) return ["regexp", value.source, value.flags];
    if (value instanceof Error || value instanceof DOMException) return this.error(value);
    if (value instanceof Headers) return ["headers", [...value]];
    if (value instanceof ReadableStream) return ["stream", this.client.numberOf(value)];
    if (value instanceof Blob) return this.blob(value);
    if (PLAIN.has(Object.getPrototypeOf(value))) return ["object", this.entries(value)];
    if ([Number, String, Boolean, BigInt].includes(value.constructor)) {
      return ["boxed", this.encode(value.valueOf())];
    }
    return this.handle("instance", value);
  }

  entries(value) {
    return Object.keys(value).map((key) => [key, this.encode(value[key])]);
  }

  error(value) {
    const own = Object.getOwnPropertyNames(value).filter(
      (key) => !["name", "message", "stack"].includes(key),
    );
    const properties = own.map((key) => [key, this.encode(value[key])]);
    return ["error", value.constructor.name, value.name, value.message, properties];
  }

  blob(value) {
    const encoded = ["blob", "", value.type];
    this.waiting.push(value.arrayBuffer().then((buffer) => {
      encoded[1] = new Uint8Array(buffer).toBase64();
    }));
    return encoded;
  }

  /** An object that stays here: what it is called, and what there is to call on it. */
  handle(kind, value) {
    const methods = new Set();
    const getters = new Set();
    for (let at = Object.getPrototypeOf(value); !PLAIN.has(at); at = Object.getPrototypeOf(at)) {
      for (const key of Reflect.ownKeys(at)) {
        const { get, value: member } = Object.getOwnPropertyDescriptor(at, key);
        const name = typeof key === "symbol" ? SYMBOLS.get(key) : key;
        if (name === undefined || name === "constructor") continue;
        if (get !== undefined) getters.add(name);
        else if (typeof member === "function") methods.add(name);
      }
    }
    const name = kind === "function" ? value.name : value.constructor.name;
    const own = kind === "function" ? [] : Object.keys(value);
    return [kind, this.client.numberOf(value), name, [...methods], [...getters], own];
  }
}

const SYMBOLS = new Map(
  ["iterator", "asyncIterator"].map((name) => [Symbol[name], `@@${name}`]),
);

export class Decoder {
  constructor(client) {
    this.client = client;
    this.made = [];
  }

  decode(node) {
    if (!Array.isArray(node)) return node;
    const [tag, ...rest] = node;
    return DECODERS[tag](this, ...rest);
  }

  keep(value) {
    this.made.push(value);
    return value;
  }

  fill(object, entries) {
    for (const [key, node] of entries) {
      const value = this.decode(node);
      Object.defineProperty(object, key, {
        value, writable: true, enumerable: true, configurable: true,
      });
    }
    return object;
  }
}

const DECODERS = {
  "=": (decoder, number) => decoder.made[number],
  undefined: () => undefined,
  bigint: (_, text) => BigInt(text),
  number: (_, text) => ODD_NUMBERS[text],
  symbol: (_, description) => Symbol(description),
  here: (decoder, number) => decoder.keep(decoder.client.objects[number]),
  array(decoder, items) {
    const made = decoder.keep([]);
    for (const item of items) made.push(decoder.decode(item));
    return made;
  },
  object: (decoder, entries) => decoder.fill(decoder.keep({}), entries),
  /** An object of a class that this runtime does not have: as Pyodide's, a Proxy. */
  foreign(decoder, name, entries, shown) {
    const cls = { [name]: class { toString() { return shown; } } }[name];
    return decoder.fill(decoder.keep(new Proxy(new cls(), {})), entries);
  },
  function: (decoder) => decoder.keep(function () {}),
  buffer: (decoder, text) => decoder.keep(Uint8Array.fromBase64(text).buffer),
  view(decoder, name, offset, length, node) {
    const buffer = decoder.decode(node);
    const cls = globalThis[name];
    return decoder.keep(new cls(buffer, offset, length / (cls.BYTES_PER_ELEMENT ?? 1)));
  },
  date: (decoder, time) => decoder.keep(new Date(time ?? NaN)),
  map(decoder, entries) {
    const made = decoder.keep(new Map());
    for (const [key, value] of entries) made.set(decoder.decode(key), decoder.decode(value));
    return made;
  },
  set(decoder, items) {
    const made = decoder.keep(new Set());
    for (const item of items) made.add(decoder.decode(item));
    return made;
  },
  regexp: (decoder, source, flags) => decoder.keep(new RegExp(source, flags)),
  error(decoder, cls, name, message, entries) {
    const made = decoder.keep(
      cls === "DOMException" ? new DOMException(message, name)
        : new globalThis[GLOBAL_ERRORS.has(cls) ? cls : "Error"](message),
    );
    if (made.name !== name) made.name = name;
    return decoder.fill(made, entries);
  },
  headers: (decoder, fields) => decoder.keep(new Headers(fields)),
  blob: (decoder, text, type) => decoder.keep(new Blob([Uint8Array.fromBase64(text)], { type })),
  boxed: (decoder, node) => decoder.keep(Object(decoder.decode(node))),
  /** A stream of bytes: whether its length is known, and what was done to it. */
  stream(decoder, text, hasLength, state) {
    const bytes = Uint8Array.fromBase64(text);
    const made = decoder.keep(hasLength ? new Response(bytes).body : ofUnknownLength(bytes));
    if (state === "locked") made.getReader();
    if (state === "disturbed") made.cancel().catch(() => {});
    return made;
  },
};

function ofUnknownLength(bytes) {
  return new ReadableStream({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}
