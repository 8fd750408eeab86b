INSERT INTO publishers (id, name) VALUES (1, 'Harbour; Lane & Sons'), (2, 'North');
INSERT INTO authors (id, name) VALUES (1, 'Ada Pine'), (2, 'Bo Reed');
INSERT INTO books (isbn, title, publisher_id, price_cents) VALUES
  ('9780000000001', 'Tides and Timetables', 1, 1250),
  ('9780000000002', 'A Field Guide to Queues', 2, 2100),
  ('9780000000003', 'The Timetable Mystery', 2, 990);
INSERT INTO book_authors VALUES (1, 1), (2, 2), (3, 1), (3, 2);
INSERT INTO stock SELECT id, 5 FROM books;
