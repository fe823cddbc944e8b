-- The title counts four times as much as the body; the weights are stored so that "order by rank" uses them (sqlite.org/fts5.html, 5.1.1).
create virtual table search using fts5 (
    title, body, kind unindexed, language unindexed, at unindexed,
    tokenize = 'unicode61 remove_diacritics 2'
);
insert into search (search, rank) values ('rank', 'bm25(4.0, 1.0)');
