"""SQLite as workerd sets it up; D1 and the storage of Durable Objects stand on it.

    vfs = ClockVfs(clock)                    one for all databases that share a clock
    database = Database(vfs)                 empty, or Database(vfs, image) for a clone
    database.begin()
    cursor = database.query(sql, values)     what a Worker may do; SqlError if not
    cursor.columns, list(cursor)             rows come one by one, as tuples
    database.commit()                        SqlError for a violated deferred constraint
    database.run("SELECT ...", values)       the service's own SQL: nothing is refused
    image = database.serialize()

`query` runs a text of several statements and gives the cursor of the last, `execute`
runs exactly one. Both refuse what workerd's authorizer refuses (transactions, names
that begin with `_cf_`, functions, PRAGMAs ...): the transaction is the service's
business, by `begin`, `commit`, `rollback`, `savepoint`, `release` and `rollback_to`.

A statement starts, and writes, when it is executed, not when its rows are read; a
cursor that still has rows keeps it open, and `close` or the end of the rows ends it.

Values are None, int, float, str and bytes, in both directions. What is bound in place
of a boolean or an integer is the product's decision. A lone surrogate is stored as
three U+FFFD, and text that is not UTF-8 comes back with U+FFFD.
"""
