// The way between a client and what answers it: a WebSocket, and what is joined to it.
// Texts go in parts; "." is in front of the last part of a text, "+" of the others.

const PART = 512 * 1024;

/** A text in parts. */
function* parts(text) {
  for (let at = 0; at < text.length || at === 0; at += PART) {
    yield (at + PART >= text.length ? "." : "+") + text.slice(at, at + PART);
  }
}

/** Whole texts over `exchange`: it sends a part, and after a last one waits for one. */
export class Line {
  constructor(exchange) {
    this.exchange = exchange;
  }

  /** Gives the client a reply, if there is one; its next text, null when it is gone. */
  async next(reply) {
    let part = null;
    const sent = reply === undefined ? [undefined] : parts(reply);
    for (const one of sent) part = await this.exchange(one);
    const received = [];
    for (; part !== null; part = await this.exchange()) {
      received.push(part.slice(1));
      if (part[0] === ".") return received.join("");
    }
    return null;
  }
}

/** The end of a WebSocket, as lines use it. */
export class Port {
  constructor(socket) {
    this.socket = socket;
    this.received = [];
    this.isGone = false;
    this.isAsked = false;
    socket.accept();
    socket.addEventListener("message", ({ data }) => this.receive(data));
    socket.addEventListener("close", () => this.leave());
  }

  receive(part) {
    if (part[0] === ".") this.isAsked = true;
    if (this.failure !== undefined) this.answerWithFailure();
    else if (this.wake === undefined) this.received.push(part);
    else this.wake(part);
  }

  leave() {
    this.isGone = true;
    this.wake?.(null);
  }

  exchange(part) {
    if (part !== undefined) {
      this.socket.send(part);
      if (part[0] === "+") return;
      this.isAsked = false;
    }
    if (this.received.length > 0) return this.received.shift();
    if (this.isGone) return null;
    return new Promise((resolve) => {
      this.wake = (received) => {
        this.wake = undefined;
        resolve(received);
      };
    });
  }

  /** Whatever answered is no more: from now on, this is the answer. */
  fail(reply) {
    this.failure = reply;
    this.answerWithFailure();
  }

  answerWithFailure() {
    if (!this.isAsked || this.isGone) return;
    this.isAsked = false;
    for (const part of parts(this.failure)) this.socket.send(part);
  }
}
