UPDATE questions SET asked = '{}' WHERE asked <> '{}';
