CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE
);

CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid', 'sent')),
  placed_at TEXT NOT NULL DEFAULT (datetime('now'))
);
CREATE INDEX open_orders ON orders (customer_id) WHERE state = 'open';

CREATE TABLE order_lines (
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  book_id INTEGER NOT NULL REFERENCES books (id),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, book_id)
);

CREATE TABLE stock (
  book_id INTEGER PRIMARY KEY REFERENCES books (id) ON DELETE CASCADE,
  copies INTEGER NOT NULL CHECK (copies >= 0)
) STRICT;

CREATE TABLE stock_log (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL,
  change INTEGER NOT NULL
);

-- A sale takes the copies from the stock, and every change is written down.
CREATE TRIGGER sold AFTER INSERT ON order_lines
BEGIN
  UPDATE stock SET copies = copies - NEW.quantity WHERE book_id = NEW.book_id;
END;

CREATE TRIGGER stock_changed AFTER UPDATE OF copies ON stock
WHEN NEW.copies <> OLD.copies
BEGIN
  INSERT INTO stock_log (book_id, change)
  VALUES (NEW.book_id, NEW.copies - OLD.copies);
END;
