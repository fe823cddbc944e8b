using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace CyberInsights.Edit;

/// <summary>What stands between the lines of dashes, as it was written: nothing is checked yet.</summary>
internal sealed class FrontMatter
{
    public string? Slug { get; set; }
    public string? Title { get; set; }
    public string? Deck { get; set; }
    public string? Author { get; set; }
    public string? Language { get; set; }
    public string? Published { get; set; }
    public int? Revision { get; set; }
    public List<string>? Topics { get; set; }
    public List<string>? Events { get; set; }
    public List<string>? Tags { get; set; }

    /// <summary>The picture above the text.</summary>
    public WrittenPicture? Picture { get; set; }

    /// <summary>Credit and licence of those in the text, by their file.</summary>
    public List<WrittenPicture>? Pictures { get; set; }
    public List<WrittenCorrection>? Corrections { get; set; }
    public WrittenMachine? Machine { get; set; }

    /// <exception cref="YamlException">It is not YAML, or of another shape.</exception>
    internal static FrontMatter Read(string yaml) =>
        new DeserializerBuilder()
            .WithNamingConvention(HyphenatedNamingConvention.Instance)
            .IgnoreUnmatchedProperties()
            .Build()
            .Deserialize<FrontMatter?>(yaml)
        ?? new FrontMatter();

    internal sealed class WrittenPicture
    {
        public string? File { get; set; }
        public string? Alt { get; set; }
        public string? Caption { get; set; }
        public string? Credit { get; set; }
        public string? Licence { get; set; }
        public string? LicenceUrl { get; set; }
    }

    internal sealed class WrittenCorrection
    {
        public string? Date { get; set; }
        public string? Kind { get; set; }
        public string? Text { get; set; }
    }

    internal sealed class WrittenMachine
    {
        public string? What { get; set; }
        public string? Reviewer { get; set; }
        public string? Reviewed { get; set; }
    }
}
