using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>Counts for the extraction suite; the measures are those of the corpora's own evaluations.</summary>
internal sealed partial class ExtractionScore
{
    /// <summary>How often an expected value was found exactly.</summary>
    internal sealed class Exact
    {
        private int _expected;
        private int _equal;

        public void Add(string? expected, string? found)
        {
            if (string.IsNullOrWhiteSpace(expected))
                return;
            _expected++;
            if (Normal(expected) == Normal(found ?? ""))
                _equal++;
        }

        public double? Share => _expected == 0 ? null : Math.Round((double)_equal / _expected, 4);
    }

    private readonly List<double> _times = [];
    private double _precision;
    private double _recall;
    private int _articles;
    private int _segmentPages;
    private int _found;
    private int _missed;
    private int _wrong;
    private string _slowest = "";

    /// <summary>Pages taken for walls; the corpora hold articles, so nearly all of them are mistakes.</summary>
    public int Walls { get; set; }

    public Exact Titles { get; } = new();
    public Exact Dates { get; } = new();
    public Exact Authors { get; } = new();

    public void AddTime(string page, double ms)
    {
        if (_times.Count == 0 || ms > _times.Max())
            _slowest = page;
        _times.Add(ms);
    }

    /// <summary>Precision and recall of 4-grams of words, averaged over documents (article-extraction-benchmark).</summary>
    public void AddArticle(string expected, string found)
    {
        var (truth, read) = (Shingles(expected), Shingles(found));
        var both = truth.Sum(s => Math.Min(s.Value, read.GetValueOrDefault(s.Key)));
        var (wrong, missed) = (read.Values.Sum() - both, truth.Values.Sum() - both);
        _precision +=
            wrong == 0 && missed == 0 ? 1
            : both == 0 ? 0
            : (double)both / (both + wrong);
        _recall +=
            wrong == 0 && missed == 0 ? 1
            : both == 0 ? 0
            : (double)both / (both + missed);
        _articles++;
    }

    /// <summary>Segments that must be there and segments that must not (trafilatura's evaluation).</summary>
    public void AddSegments(string[] with, string[] without, string found)
    {
        var text = Spaced(found);
        foreach (var segment in with)
            _ = text.Contains(Spaced(segment), StringComparison.Ordinal) ? _found++ : _missed++;
        _wrong += without.Count(segment => text.Contains(Spaced(segment), StringComparison.Ordinal));
        _segmentPages++;
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (_articles > 0)
        {
            var (p, r) = (_precision / _articles, _recall / _articles);
            json["pages"] = _articles;
            json["f1"] = Round(2 * p * r / (p + r));
        }
        if (_segmentPages > 0)
        {
            json["segment_pages"] = _segmentPages;
            json["segment_f"] = Round(2.0 * _found / (2 * _found + _wrong + _missed));
        }
        foreach (
            var (key, exact) in (ReadOnlySpan<(string, Exact)>)
                [("title_exact", Titles), ("date_exact", Dates), ("author_exact", Authors)]
        )
            if (exact.Share is { } share)
                json[key] = share;
        json["walls"] = Walls;
        return json;
    }

    public string Speed() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"precision {_precision / Math.Max(1, _articles):F4}, recall {_recall / Math.Max(1, _articles):F4}; segments: {_found} found, {_missed} missed, {_wrong} wrong; "
                + $"{1000 * _times.Count / _times.Sum():F0} pages/s, slowest {_times.Max():F0} ms ({_slowest})"
        );

    private static double Round(double value) => double.IsNaN(value) ? 0 : Math.Round(value, 4);

    private static Dictionary<string, int> Shingles(string text)
    {
        var words = Word().Matches(text).Select(m => m.Value).ToArray();
        var shingles = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; words.Length > 0 && i < Math.Max(1, words.Length - 3); i++)
        {
            var shingle = string.Join(' ', words, i, Math.Min(4, words.Length - i));
            shingles[shingle] = shingles.GetValueOrDefault(shingle) + 1;
        }
        return shingles;
    }

    private static string Spaced(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Normal(string text) => Spaced(text).ToUpperInvariant();

    [GeneratedRegex(@"\w+", RegexOptions.None, 10_000)]
    private static partial Regex Word();
}
