using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace CyberInsights.Tests;

/// <summary>The directions of <c>docs/architecture.md</c>, held.</summary>
public sealed partial class ArchitectureTests
{
    private const string Ours = "CyberInsights";

    private static readonly Architecture Architecture = new ArchLoader()
        .LoadAssemblies(typeof(Source).Assembly, typeof(CyberInsights.Server.NewsroomSettings).Assembly)
        .Build();

    [Fact]
    public void The_newsroom_does_not_know_the_server() => Check(Folder(".*", except: "Server"), Folder("Server"));

    [Fact]
    public void Text_uses_nothing_of_ours() => Check(Folder("Text"), AllBut("Text"));

    [Theory]
    [InlineData("Net")]
    [InlineData("Storage")]
    public void Net_and_storage_use_nothing_of_ours_but_refusals(string folder) =>
        Check(
            Folder(folder),
            Types().That().Are(AllBut(folder)).And().AreNot(typeof(RefusalException), typeof(RefusalKind))
        );

    public static TheoryData<Stage> Stages => [.. Pipeline.Order.Select(o => o.Stage)];

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_stage_uses_only_stages_to_its_left(Stage stage)
    {
        var right = Pipeline.Order.Select(o => o.Stage).Where(s => s > stage).Select(s => s.ToString()).ToList();
        if (right.Count > 0)
        {
            Check(Folder(stage.ToString()), Folder($"({string.Join('|', right)})"));
        }
    }

    [Fact]
    public void A_table_is_written_from_one_folder()
    {
        var writers = Checkout
            .Files("src/CyberInsights", "*.cs")
            .SelectMany(file =>
                Writes.Matches(File.ReadAllText(file)).Select(m => (Table: m.Groups[1].Value, Folder: FolderOf(file)))
            )
            .Distinct()
            .ToLookup(w => w.Table, w => w.Folder, StringComparer.Ordinal);

        Assert.NotEmpty(writers["reports"]);
        Assert.Empty(writers.Where(w => w.Count() > 1).Select(w => $"{w.Key}: {string.Join(", ", w)}"));
    }

    [Fact]
    public void The_stage_table_of_the_docs_is_the_order_of_the_pipeline()
    {
        var page = Checkout.Text("docs", "architecture.md");

        var rows = StageRow.Matches(page).Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value));

        Assert.Equal(Pipeline.Order.Select(o => (o.Stage.ToString(), o.Takes, o.Makes)), rows);
    }

    [Fact]
    public void Every_setting_is_in_the_docs_and_the_docs_name_no_other()
    {
        var page = Checkout.Text("docs", "settings.md");

        var documented = SettingRow.Matches(page).Select(m => m.Groups[1].Value);

        Assert.Equal(CyberInsights.Server.NewsroomSettings.Names, documented);
    }

    [Fact]
    public void Every_command_has_a_description_and_so_has_every_argument_and_option()
    {
        var root = CyberInsights.Server.Commands.CommandLine.Root(TextWriter.Null, TextWriter.Null);

        var silent = Walk(root)
            .SelectMany(c =>
                c.Arguments.Select(a => (Name: $"{c.Name} {a.Name}", a.Description))
                    .Concat(c.Options.Select(o => (Name: $"{c.Name} {o.Name}", o.Description)))
                    .Append((c.Name, c.Description))
            )
            .Where(d => string.IsNullOrWhiteSpace(d.Description))
            .Select(d => d.Name);

        Assert.Empty(silent);
    }

    private static IEnumerable<System.CommandLine.Command> Walk(System.CommandLine.Command command) =>
        command.Subcommands.SelectMany(Walk).Prepend(command);

    private static void Check(IObjectProvider<IType> from, IObjectProvider<IType> to)
    {
        var rule = Types().That().Are(from).Should().NotDependOnAny(to).WithoutRequiringPositiveResults();

        Assert.Empty(rule.Evaluate(Architecture).Where(e => !e.Passed).Select(e => e.Description));
    }

    private static IObjectProvider<IType> Folder(string name, string? except = null) =>
        except is null
            ? Types().That().ResideInNamespaceMatching($@"^{Ours}\.{name}(\..*)?$")
            : Types()
                .That()
                .ResideInNamespaceMatching($@"^{Ours}(\..*)?$")
                .And()
                .DoNotResideInNamespaceMatching($@"^{Ours}\.{except}(\..*)?$");

    private static IObjectProvider<IType> AllBut(string folder) =>
        Types()
            .That()
            .ResideInNamespaceMatching($@"^{Ours}(\..*)?$")
            .And()
            .DoNotResideInNamespaceMatching($@"^{Ours}\.{folder}(\..*)?$");

    private static string FolderOf(string file) =>
        Path.GetRelativePath(Path.Combine(Checkout.Root, "src", "CyberInsights"), file).Split('/')
            is [var folder, _, ..]
            ? folder
            : "root";

    [GeneratedRegex(
        @"\b(?:insert into|update|delete from)\s+([a-z_]+)\b(?=\s*(?:\(|set\b|where\b))",
        RegexOptions.IgnoreCase,
        5000
    )]
    private static partial Regex Writes { get; }

    [GeneratedRegex(@"^\| ([A-Z]\w+) \| ([^|]+?) \| ([^|]+?) \|$", RegexOptions.Multiline, 5000)]
    private static partial Regex StageRow { get; }

    [GeneratedRegex(@"^\| `Insights__(\w+)` \|", RegexOptions.Multiline, 5000)]
    private static partial Regex SettingRow { get; }
}
