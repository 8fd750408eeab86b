// 200 tests of 20 operations each: 8 of KV, 5 of D1, 4 of R2, 3 of a Durable Object.
// `benchmarks/mixed/test_mixed.py` does the same without workerd.
import { env, reset } from "cloudflare:test";
import { afterEach, beforeEach, expect, test } from "vitest";

// Each test begins with the table and nothing else, as those of pytest do.
beforeEach(() =>
  env.DB.exec("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT NOT NULL)"),
);
afterEach(reset);

test.each(Array.from({ length: 200 }, (_, number) => number))(
  "mixed %i",
  async (number) => {
    for (const key of ["a", "b", "c"])
      await env.KV.put(`${key}:${number}`, `value ${number}`);
    for (const key of ["a", "b", "c"])
      expect(await env.KV.get(`${key}:${number}`)).toBe(`value ${number}`);
    expect((await env.KV.list({ prefix: "a:" })).keys.length).toBe(1);
    await env.KV.delete(`a:${number}`);

    const insert = env.DB.prepare("INSERT INTO items (name) VALUES (?)");
    for (const name of ["one", "two", "three"]) await insert.bind(name).run();
    const select = env.DB.prepare("SELECT * FROM items WHERE name = ?");
    expect((await select.bind("two").all()).results.length).toBe(1);
    const count = env.DB.prepare("SELECT count(*) AS n FROM items");
    expect(await count.first("n")).toBe(3);

    await env.FILES.put("file", "x".repeat(1024));
    const stored = await env.FILES.get("file");
    expect((await stored.text()).length).toBe(1024);
    expect((await env.FILES.head("file")).size).toBe(1024);
    expect((await env.FILES.list()).objects.length).toBe(1);

    const counter = env.COUNTERS.getByName("one");
    for (const expected of [1, 2, 3]) expect(await counter.add()).toBe(expected);
  },
);
