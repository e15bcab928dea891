DROP TABLE comments, guests, threads;
