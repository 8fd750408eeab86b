WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 1000)
INSERT INTO books (title, stock) SELECT 'Volume ' || n, n % 7 FROM number;
