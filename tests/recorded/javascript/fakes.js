// fakes(): bindings that tell what reached them and hand back what is asked for. A class's name is what the SDK goes by.
function fakes() {
  class R2Object {
    constructor(key) { this.key = key; this.size = 3; this.uploaded = new Date(0); this.customMetadata = { a: "b" }; }
    async text() { return "text of " + this.key; }
    self() { return this; }
  }
  const values = {
    null: () => null, undefined: () => undefined, number: () => 5, float: () => 1.5, bigint: () => 10n, string: () => "s", bool: () => true,
    array: () => [1, null, undefined, [2]], object: () => ({ a: 1, b: null, c: undefined, d: { e: [null] } }), empty: () => ({}),
    map: () => new Map([["k", { v: null }], ["n", null]]), set: () => new Set([1, 2]), date: () => new Date(1700000000123), dates: () => ({ d: new Date(0) }),
    buffer: () => new Uint8Array([1, 2]).buffer, u8: () => new Uint8Array([1, 2]), error: () => new TypeError("an error value"), boxed: () => new Number(3),
    instance: () => new R2Object("k"), instances: () => [new R2Object("a"), new R2Object("b")], inside: () => ({ o: new R2Object("k"), l: [new R2Object("x")] }),
    function: () => (x) => x + 1, functions: () => ({ f: (x) => x + 1 }), stream: () => new Response("abc").body, headers: () => new Headers([["a", "1"]]),
    response: () => new Response("abc", { status: 201 }), request: () => new Request("http://u/p"), blob: () => new Blob(["ab"], { type: "t/x" }), regexp: () => /a/,
    null_proto: () => Object.assign(Object.create(null), { a: 1 }), clash: () => ({ keys: 1, items: 2, a: 3 }), formdata: () => { const f = new FormData(); f.append("k", "v"); return f; },
  };
  class Base {
    calls = 0;
    text = "plain"; nothing = null; date = new Date(0); object = { a: { b: null } }; list = [1, null];
    echo(...args) { this.calls++; return args.length + ": " + args.map((a) => describe(a)).join(" | "); }
    async later(...args) { return this.echo(...args); }
    giveNow(kind) { return values[kind](); }
    async give(kind) { return values[kind](); }
    async boom(name, message) { throw Object.assign(new Error(message), { name }); }
    async boomType(message) { throw new TypeError(message); }
    boomNow(message) { throw new RangeError(message); }
    async callMe(f, ...args) { return describe(await f(...args)); }
    thenable() { return { then(ok) { ok("from then"); } }; }
  }
  class KvNamespace extends Base {}
  class D1PreparedStatement extends Base { constructor(sql, args) { super(); this.sql = sql; this.args = args ?? []; } bind(...a) { return new D1PreparedStatement(this.sql, a); } async all() { return { results: [{ id: 1, v: null }], success: true, sql: this.sql, args: this.args.map((a) => describe(a)) }; } }
  class D1Database extends Base { prepare(sql) { return new D1PreparedStatement(sql); } async batch(l) { return describe(l.map((s) => s.sql)); } }
  class R2Bucket extends Base {}
  class DurableObjectId { constructor(n) { this.name = n; } toString() { return "f".repeat(64); } equals(o) { return this.name === o.name; } }
  class DurableObject extends Base { constructor(id) { super(); this.id = id; this.name = id.name; } async fetch(req, init) { return new Response("fetched " + (req.url ?? req) + " " + describe(init)); } }
  class DurableObjectNamespace extends Base { idFromName(n) { return new DurableObjectId(n); } get(id, o) { return new DurableObject(id); } getByName(n) { return new DurableObject(new DurableObjectId(n)); } newUniqueId() { return new DurableObjectId(undefined); } jurisdiction(j) { return this; } }
  class Fetcher extends Base { async fetch(req, init) { return new Response("service " + (req.url ?? req)); } }
  class Mystery extends Base {}
  return { KV: new KvNamespace(), DB: new D1Database(), BUCKET: new R2Bucket(), NS: new DurableObjectNamespace(), SVC: new Fetcher(), OTHER: new Mystery(), TEXT: "a text", JSON_VAR: { a: [1, null] }, NUM: 5 };
}
