using CyberInsights.Storage;

namespace CyberInsights.Tests.Storage;

/// <summary>What holds on every engine; one subclass for each.</summary>
public abstract class DatabaseContract : IAsyncLifetime
{
    private Database database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The name of a new, empty database.</summary>
    protected abstract Task<string> NewNameAsync();

    private string name = "";

    public async ValueTask InitializeAsync()
    {
        name = await NewNameAsync();
        database = await Database.StartAsync(name, Some.Clock(), Cancel);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Starting_again_changes_nothing()
    {
        var before = await database.QueryAsync<string>("select hash from migrations order by number", null, Cancel);

        await using var again = await Database.StartAsync(name, Some.Clock(), Cancel);

        Assert.Equal(
            before,
            await again.QueryAsync<string>("select hash from migrations order by number", null, Cancel)
        );
        Assert.NotEmpty(before);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_with_a_sentence_and_left_alone()
    {
        await database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "insert into migrations (number, name, hash, at) values (9999, 'future', 'x', 0)",
                    null,
                    Cancel
                ),
            Cancel
        );

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => Database.StartAsync(name, Some.Clock(), Cancel));

        Assert.Contains("newer version", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(
            1L,
            await database.FirstAsync<long>("select count(*) from migrations where number = 9999", null, Cancel)
        );
    }

    [Fact]
    public async Task A_migration_that_was_edited_after_its_release_is_refused()
    {
        await database.WriteAsync(
            t => t.ExecuteAsync("update migrations set hash = 'edited' where number = 1", null, Cancel),
            Cancel
        );

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => Database.StartAsync(name, Some.Clock(), Cancel));

        Assert.Contains("Migration 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_that_throws_leaves_nothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            database.WriteAsync(
                async t =>
                {
                    await WorkList.AddAsync(t, Stage.Extract, [1], Cancel);
                    throw new InvalidOperationException("after the write");
                },
                Cancel
            )
        );

        Assert.Equal(0L, await database.FirstAsync<long>("select count(*) from work", null, Cancel));
    }

    [Fact]
    public async Task Moments_and_booleans_come_back_as_they_went_in()
    {
        var moment = new DateTimeOffset(2025, 5, 28, 14, 30, 15, 123, TimeSpan.FromHours(2));
        await database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    """
                    insert into sources (id, key, name, address, kind, reliability, full_text, state, due_at, lease_until, fence, failures, created_at)
                    values (@id, 'a', 'A', 'http://a.example/', 1, 3, @fullText, 1, 0, 0, 0, 0, @moment)
                    """,
                    new
                    {
                        id = t.NextId(),
                        fullText = true,
                        moment,
                    },
                    Cancel
                ),
            Cancel
        );

        var source = await database.FirstAsync<Source>("select * from sources", null, Cancel);
        var stored = await database.FirstAsync<DateTimeOffset>("select created_at from sources", null, Cancel);

        Assert.True(source!.FullText);
        Assert.Equal(SourceKind.Feed, source.Kind);
        Assert.Equal(moment, stored);
        Assert.Equal(TimeSpan.Zero, stored.Offset);
    }

    [Fact]
    public async Task Bytes_come_back_as_they_went_in()
    {
        byte[] body = [0, 1, 255, 39, 34, 0];
        await database.WriteAsync(
            async t =>
            {
                await t.ExecuteAsync(
                    """
                    insert into sources (id, key, name, address, kind, reliability, full_text, state, due_at, lease_until, fence, failures, created_at)
                    values (1, 'a', 'A', 'http://a.example/', 1, 3, 0, 1, 0, 0, 0, 0, 0)
                    """,
                    null,
                    Cancel
                );
                await t.ExecuteAsync(
                    """
                    insert into snapshots (id, source_id, address, fetched_at, status, hash, length, body)
                    values (2, 1, 'http://a.example/', 0, 200, 'h', 6, @body)
                    """,
                    new { body },
                    Cancel
                );
            },
            Cancel
        );

        Assert.Equal(body, await database.FirstAsync<byte[]>("select body from snapshots", null, Cancel));
    }

    [Fact]
    public async Task Work_that_became_due_again_is_not_finished_with_old_results()
    {
        var work = new WorkList(database, Some.Clock());
        await database.WriteAsync(t => WorkList.AddAsync(t, Stage.Publish, [7], Cancel), Cancel);
        var read = Assert.Single(await work.DueAsync(Stage.Publish, 10, Cancel));
        await database.WriteAsync(t => WorkList.AddAsync(t, Stage.Publish, [7], Cancel), Cancel);

        var taken = await database.WriteAsync(t => WorkList.TakeAsync(t, Stage.Publish, [read], Cancel), Cancel);

        Assert.Empty(taken);
        var again = Assert.Single(await work.DueAsync(Stage.Publish, 10, Cancel));
        Assert.Equal(
            [7],
            await database.WriteAsync(t => WorkList.TakeAsync(t, Stage.Publish, [again], Cancel), Cancel)
        );
        Assert.Empty(await work.DueAsync(Stage.Publish, 10, Cancel));
    }

    [Fact]
    public async Task Work_is_taken_by_one_of_two_workers()
    {
        var work = new WorkList(database, Some.Clock());
        await database.WriteAsync(t => WorkList.AddAsync(t, Stage.Group, [7], Cancel), Cancel);
        var item = Assert.Single(await work.DueAsync(Stage.Group, 10, Cancel));

        var both = await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(_ => database.WriteAsync(t => WorkList.TakeAsync(t, Stage.Group, [item], Cancel), Cancel))
        );

        Assert.Single(both, taken => taken.Contains(7));
    }

    [Fact]
    public async Task Failing_work_waits_longer_each_time_and_is_parked_after_five_failures()
    {
        var clock = Some.Clock();
        await using var timed = await Database.StartAsync(name, clock, Cancel);
        var work = new WorkList(timed, clock);
        await timed.WriteAsync(t => WorkList.AddAsync(t, Stage.Extract, [7], Cancel), Cancel);

        for (var failure = 0; failure < WorkList.MaxFailures; failure++)
        {
            var item = Assert.Single(await work.DueAsync(Stage.Extract, 10, Cancel));
            await work.FailAsync(Stage.Extract, item, "broken", Cancel);
            Assert.Empty(await work.DueAsync(Stage.Extract, 10, Cancel));
            clock.Advance(TimeSpan.FromMinutes(Math.Pow(4, failure)));
        }

        Assert.Empty(await work.DueAsync(Stage.Extract, 10, Cancel));
        var state = Assert.Single(await work.StateAsync(Cancel));
        Assert.Equal((Stage.Extract, 0, 1, "broken"), (state.Stage, state.Waiting, state.Parked, state.LastError));
    }

    [Fact]
    public async Task A_thousand_writers_at_once_all_get_through()
    {
        await Task.WhenAll(
            Enumerable
                .Range(1, 1000)
                .Select(i => database.WriteAsync(t => WorkList.AddAsync(t, Stage.Extract, [i], Cancel), Cancel))
        );

        Assert.Equal(1000L, await database.FirstAsync<long>("select count(*) from work", null, Cancel));
    }

    [Fact]
    public async Task Ids_go_on_after_the_largest_stored_one()
    {
        var stored = await database.WriteAsync(
            async t =>
            {
                var id = t.NextId() + 100;
                await t.ExecuteAsync(
                    "insert into topics (id, slug, name, position) values (@id, 'x', 'x', 0)",
                    new { id },
                    Cancel
                );
                return id;
            },
            Cancel
        );

        await using var again = await Database.StartAsync(name, Some.Clock(), Cancel);

        Assert.Equal(stored + 1, await again.WriteAsync(t => Task.FromResult(t.NextId()), Cancel));
    }

    [Theory]
    [InlineData("ministry", "1,2")]
    [InlineData("MINISTRY", "1,2")]
    [InlineData("\"ministry network\"", "1")]
    [InlineData("ministry -network", "2")]
    [InlineData("network OR outage", "1,3")]
    [InlineData("lipavsky", "1")]
    [InlineData("minis*", "1,2")]
    [InlineData("nowhere", "")]
    [InlineData("cve-2025-99101", "3")]
    public async Task Search_finds_words_phrases_alternatives_and_exclusions(string query, string expected)
    {
        await database.WriteAsync(
            async t =>
            {
                await t.PutDocumentsAsync(
                    [Some.Document(1, "Prague", "The ministry network. Jan Lipavský spoke.")],
                    Cancel
                );
                await t.PutDocumentsAsync([Some.Document(2, "Berlin", "Another ministry answers.")], Cancel);
                await t.PutDocumentsAsync([Some.Document(3, "Oslo", "An outage after CVE-2025-99101.")], Cancel);
                await t.PutDocumentsAsync([Some.Document(3, "Oslo", "An outage after CVE-2025-99101 again.")], Cancel);
            },
            Cancel
        );

        var hits = await database.FindAsync(Query(query), Cancel);

        Assert.Equal(expected, string.Join(',', hits.Select(h => h.Id).Order()));
    }

    [Fact]
    public async Task Search_marks_what_was_found_and_ranks_titles_first()
    {
        await database.WriteAsync(
            async t =>
            {
                await t.PutDocumentsAsync(
                    [Some.Document(1, "Weather", "A gateway and much else besides, for long.")],
                    Cancel
                );
                await t.PutDocumentsAsync([Some.Document(2, "Gateway flaw", "Patch now.")], Cancel);
            },
            Cancel
        );

        var hits = await database.FindAsync(Query("gateway"), Cancel);

        Assert.Equal([2L, 1L], hits.Select(h => h.Id));
        Assert.Contains($"{SearchHit.MarkStart}gateway{SearchHit.MarkEnd}", hits[1].Snippet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_keeps_to_kinds_and_times_and_pages_through()
    {
        await database.WriteAsync(
            async t =>
            {
                for (var i = 1; i <= 5; i++)
                {
                    var document = Some.Document(i, $"Flaw {i}", "flaw", i == 5 ? "event" : "report");
                    await t.PutDocumentsAsync([document with { At = Some.Moment.AddDays(i) }], Cancel);
                }
                await t.DropDocumentAsync(1, Cancel);
            },
            Cancel
        );

        var query = Query("flaw") with { Kinds = ["report"], NewestFirst = true };
        var all = await database.FindAsync(query, Cancel);
        var second = await database.FindAsync(query with { Skip = 1, Count = 1 }, Cancel);
        var early = await database.FindAsync(query with { Before = Some.Moment.AddDays(3) }, Cancel);
        var late = await database.FindAsync(query with { After = Some.Moment.AddDays(4) }, Cancel);

        Assert.Equal([4L, 3L, 2L], all.Select(h => h.Id));
        Assert.Equal(3L, Assert.Single(second).Id);
        Assert.Equal(2L, Assert.Single(early).Id);
        Assert.Equal(4L, Assert.Single(late).Id);
    }

    [Fact]
    public async Task Search_finds_other_forms_of_a_word_and_keeps_to_keys()
    {
        await database.WriteAsync(
            async t =>
            {
                var document = Some.Document(1, "Attackers moved", "They were attacking hospitals.");
                await t.PutDocumentsAsync(
                    [
                        document with
                        {
                            Keys = [SearchKeys.Actor(7)],
                        },
                        Some.Document(2, "An attack", "A hospital."),
                        Some.Document(3, "The attacked", "Hospital", "event"),
                    ],
                    Cancel
                );
                await t.FileDocumentsAsync(
                    new Dictionary<long, IReadOnlyList<string>> { [2] = [SearchKeys.Country(5)] },
                    Cancel
                );
            },
            Cancel
        );

        var query = Query("attack hospital");
        var actor = new SearchFilter([SearchKeys.Actor(7), SearchKeys.Actor(8)]);
        var country = new SearchFilter([SearchKeys.Country(5)]);
        var answer = await database.Search.FindAsync(query, Cancel);

        Assert.Equal([1L, 2L, 3L], answer.Hits.Select(h => h.Id).Order());
        Assert.Equal((3, false), (answer.Found, answer.Bounded));
        Assert.Equal(2, answer.Counts[SearchKeys.Kind("report")]);
        Assert.Equal(1, answer.Counts[SearchKeys.Actor(7)]);
        Assert.Equal([1L], await IdsAsync(query with { Filters = [actor] }));
        Assert.Equal([2L, 3L], await IdsAsync(query with { Filters = [actor with { None = true }] }));
        Assert.Equal([2L], await IdsAsync(query with { Groups = [], Filters = [country] }));
        Assert.Empty(await IdsAsync(query with { Groups = [], Filters = [actor with { None = true }] }));
        Assert.Equal([1L, 2L], await IdsAsync(query with { Kinds = ["report"], Before = Some.Moment.AddHours(1) }));
        Assert.Empty(await IdsAsync(query with { After = Some.Moment.AddHours(1) }));
    }

    [Fact]
    public async Task Search_ranks_by_rare_words_and_finds_most_of_many()
    {
        await database.WriteAsync(
            t =>
                t.PutDocumentsAsync(
                    [
                        Some.Document(1, "One", "gateway gateway of the ministry"),
                        Some.Document(2, "Two", "ministry of the zeppelin"),
                        Some.Document(3, "Three", "gateway"),
                        Some.Document(4, "Four", "gateway"),
                    ],
                    Cancel
                ),
            Cancel
        );

        var query = Query("the OR gateway OR zeppelin");
        var most = new SearchQuery { Groups = [Group("gateway"), Group("ministry"), Group("zeppelin")], Least = 2 };

        Assert.Equal(2L, (await database.FindAsync(query, Cancel))[0].Id);
        Assert.Equal([1L, 2L], await IdsAsync(most));

        static IReadOnlyList<SearchPhrase> Group(string word) => [new SearchPhrase([word])];
    }

    [Fact]
    public async Task An_index_of_an_earlier_edition_is_built_anew_at_the_next_start()
    {
        await database.WriteAsync(
            async t =>
            {
                await t.PutDocumentsAsync([Some.Document(1, "Attackers", "moved")], Cancel);
                await t.ExecuteAsync(
                    "update search_documents set keys = 's9', terms = @none",
                    new { none = Array.Empty<byte>() },
                    Cancel
                );
                await t.ExecuteAsync("update search_state set edition = 0", null, Cancel);
            },
            Cancel
        );

        await using var again = await Database.StartAsync(name, Some.Clock(), Cancel);

        var answer = await again.Search.FindAsync(Query("attack"), Cancel);
        Assert.Equal(1L, Assert.Single(answer.Hits).Id);
        Assert.Equal(1, answer.Counts["s9"]);
        Assert.Equal(1, answer.Counts[SearchKeys.Language("en-GB")!]);
    }

    private async Task<IReadOnlyList<long>> IdsAsync(SearchQuery query) =>
        [.. (await database.FindAsync(query, Cancel)).Select(h => h.Id).Order()];

    // The visitor's own syntax is read by Publish; here a small one is enough to say what each case is about.
    private static SearchQuery Query(string text)
    {
        var groups = new List<IReadOnlyList<SearchPhrase>>();
        var without = new List<SearchPhrase>();
        foreach (var term in text.Contains('"', StringComparison.Ordinal) ? [text.Trim('"')] : text.Split(' '))
        {
            var words = term.ToLowerInvariant().Split([' ', '-', '*'], StringSplitOptions.RemoveEmptyEntries);
            var phrase = new SearchPhrase(words, term.EndsWith('*'));
            if (term == "OR")
            {
                continue;
            }
            if (term.StartsWith('-'))
            {
                without.Add(phrase);
            }
            else if (text.Contains(" OR ", StringComparison.Ordinal) && groups.Count > 0)
            {
                groups[^1] = [.. groups[^1], phrase];
            }
            else
            {
                groups.Add([phrase]);
            }
        }
        return new SearchQuery { Groups = groups, Without = without };
    }
}
