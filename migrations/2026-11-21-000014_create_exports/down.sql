DROP TABLE erasures;
DROP TABLE exports;
