"""What the bindings hold, seen from outside: dump, diff, seed, restore, snapshot.

Each kind of binding has its module (`kv` ...) with one class of the shape that
`contents` describes; everything else here works on that shape alone.
"""
