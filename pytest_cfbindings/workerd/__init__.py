"""The same tests on the real runtime: KV, D1 and R2 as workerd answers."""
