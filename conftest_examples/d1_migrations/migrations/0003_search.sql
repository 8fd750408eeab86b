CREATE VIRTUAL TABLE book_search USING fts5(title, content='books', content_rowid='id');

CREATE TRIGGER book_found AFTER INSERT ON books
BEGIN
  INSERT INTO book_search (rowid, title) VALUES (NEW.id, NEW.title);
END;

CREATE TRIGGER book_lost AFTER DELETE ON books
BEGIN
  INSERT INTO book_search (book_search, rowid, title)
  VALUES ('delete', OLD.id, OLD.title);
END;
