// Runs inside workerd: lets one client at a time use objects of the runtime, by
// messages on a WebSocket. All of them share the context of that one request, so that
// what a call returned (a statement, an upload, a stream) can be used by later calls.
import { DurableObject } from "cloudflare:workers";
import { Client } from "./client.mjs";
import { Line, Port } from "./lines.mjs";
import { Encoder } from "./messages.mjs";

/** Shows the storage of an object, which runs no code of its own. */
export class StorageProbe extends DurableObject {
  /**
   * Answers a client. Asking it for its next message is I/O of the object's own, so
   * that inside of a transaction it is not kept waiting as an event would be.
   */
  async serve(exchange) {
    const { storage } = this.ctx;
    const roots = (name) => (name === "storage" ? storage : storage[name]);
    await new Client(new Line(exchange), roots).serve();
  }

  alarm() {}
}

/** Has the object answer, for as long as it is not reset. */
async function serveFrom(stub, port) {
  try {
    await stub.serve((part) => port.exchange(part));
  } catch (error) {
    const encoder = new Encoder(new Client());
    port.fail(JSON.stringify({ kind: "reset", value: encoder.encode(error) }));
  }
}

export default {
  fetch(request, env) {
    const { searchParams } = new URL(request.url);
    const object = searchParams.get("object");
    const [ours, theirs] = Object.values(new WebSocketPair());
    const port = new Port(theirs);
    if (object === null) {
      const line = new Line((part) => port.exchange(part));
      new Client(line, (name) => env[name]).serve();
    } else {
      const namespace = env[searchParams.get("namespace")];
      serveFrom(namespace.get(namespace.idFromString(object)), port);
    }
    return new Response(null, { status: 101, webSocket: ours });
  },
};
