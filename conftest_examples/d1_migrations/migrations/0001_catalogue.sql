-- What the shop sells.
CREATE TABLE publishers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sort_name TEXT GENERATED ALWAYS AS (lower(name)) VIRTUAL
);
CREATE INDEX authors_by_sort_name ON authors (sort_name);

CREATE TABLE books (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  isbn TEXT NOT NULL UNIQUE CHECK (length(isbn) = 13),
  title TEXT NOT NULL,
  publisher_id INTEGER NOT NULL REFERENCES publishers (id),
  price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
  price_euros REAL GENERATED ALWAYS AS (price_cents / 100.0) STORED,
  added_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX books_by_publisher ON books (publisher_id);

CREATE TABLE book_authors (
  book_id INTEGER NOT NULL REFERENCES books (id) ON DELETE CASCADE,
  author_id INTEGER NOT NULL REFERENCES authors (id),
  PRIMARY KEY (book_id, author_id)
) WITHOUT ROWID;
