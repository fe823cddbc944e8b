using System.Runtime.CompilerServices;
using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>What people made of one statement: as it was found, and as they left it.</summary>
public sealed record LabelledReview
{
    public required long StatementId { get; init; }

    /// <summary>Where the report was published.</summary>
    public required string Report { get; init; }

    /// <summary>BCP 47, of the report.</summary>
    public required string Language { get; init; }

    /// <summary>When it was judged last.</summary>
    public required DateTimeOffset JudgedAt { get; init; }

    /// <summary><c>accept</c>: as it was found; <c>correct</c>: something was changed; <c>reject</c>.</summary>
    public required string Decision { get; init; }

    /// <summary>The language model that proposed it; null: our own rules found it, or the statement is gone.</summary>
    public string? Model { get; init; }
    public double? Confidence { get; init; }

    /// <summary>The sentence and some of the report around it.</summary>
    public required string Text { get; init; }
    public required LabelledCoding Found { get; init; }

    /// <summary>Null: rejected.</summary>
    public LabelledCoding? Became { get; init; }
}

/// <summary>A coding without the numbers of this newsroom.</summary>
public sealed record LabelledCoding
{
    public required StatementState State { get; init; }
    public required Stance Stance { get; init; }
    public required string Speaker { get; init; }
    public string? Role { get; init; }
    public string? Country { get; init; }
    public string? Target { get; init; }

    /// <summary>Where the sentence begins in the text, in UTF-16 units; null: it stands in another version of the report.</summary>
    public int? SentenceStart { get; init; }
    public required int SentenceLength { get; init; }
    public int? QuoteStart { get; init; }
    public int? QuoteLength { get; init; }
}

/// <summary>The judgements of the desk as a labelled set, which its operator owns: to measure by (<c>make eval SUITE=reviews</c>), or to learn from.</summary>
public sealed class LabelledReviews(Database database)
{
    // So much of the report is given on each side of the sentence, in UTF-16 units.
    private const int Around = 400;

    /// <summary>One for each statement that a person judged and did not leave undecided, in the order of their ids.</summary>
    public async IAsyncEnumerable<LabelledReview> AllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        List<Row> same = [];
        await foreach (
            var row in database.StreamAsync<Row>(
                """
                select v.statement_id, v.report_id, v.was, v.became, a.at, s.model, s.confidence
                from statement_reviews v join audit a on a.id = v.id left join statements s on s.id = v.statement_id
                where v.undone_by is null order by v.statement_id, v.id
                """,
                null,
                cancel
            )
        )
        {
            if (same.Count > 0 && same[0].StatementId != row.StatementId)
            {
                yield return await LabelAsync(same, cancel);
                same = [];
            }
            same.Add(row);
        }
        if (same.Count > 0)
        {
            yield return await LabelAsync(same, cancel);
        }
    }

    private async Task<LabelledReview> LabelAsync(List<Row> reviews, CancellationToken cancel)
    {
        var (found, became) = (StatementCoding.FromJson(reviews[0].Was), StatementCoding.FromJson(reviews[^1].Became));
        var report = (
            await database.FirstAsync<ReportRow>(
                """
                select r.address, r.language, v.title, v.text from report_versions v join reports r on r.id = v.report_id
                where v.report_id = @ReportId and v.number = @Version
                """,
                new { reviews[0].ReportId, became.Version },
                cancel
            )
        )!;
        var whole = $"{report.Title}\n{report.Text}";
        var start = Math.Max(0, became.SentenceStart - Around);
        var end = Math.Min(whole.Length, became.SentenceStart + became.SentenceLength + Around);
        return new LabelledReview
        {
            StatementId = reviews[0].StatementId,
            Report = report.Address,
            Language = report.Language,
            JudgedAt = reviews[^1].At,
            Decision =
                became.State == StatementState.Rejected ? "reject"
                : became.Says(found) ? "accept"
                : "correct",
            Model = reviews[0].Model,
            Confidence = reviews[0].Confidence,
            Text = whole[start..end],
            Found = Coding(found, became.Version, start),
            Became = became.State == StatementState.Rejected ? null : Coding(became, became.Version, start),
        };
    }

    private static LabelledCoding Coding(StatementCoding coding, int version, int start) =>
        new()
        {
            State = coding.State,
            Stance = coding.Stance,
            Speaker = coding.Speaker,
            Role = coding.SpeakerRole,
            Country = coding.SpeakerCountry,
            Target = coding.Target,
            SentenceStart = coding.Version == version ? coding.SentenceStart - start : null,
            SentenceLength = coding.SentenceLength,
            QuoteStart = coding.Version == version ? coding.QuoteStart - start : null,
            QuoteLength = coding.QuoteLength,
        };

    private sealed record Row
    {
        public required long StatementId { get; init; }
        public required long ReportId { get; init; }
        public required string Was { get; init; }
        public required string Became { get; init; }
        public required DateTimeOffset At { get; init; }
        public string? Model { get; init; }
        public double? Confidence { get; init; }
    }

    private sealed record ReportRow
    {
        public required string Address { get; init; }
        public required string Language { get; init; }
        public required string Title { get; init; }
        public required string Text { get; init; }
    }
}
