using CyberInsights.Extract;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Sources;

/// <summary>The fields of <see cref="SourceFieldsForm"/> as they came.</summary>
internal static class SourceForm
{
    /// <summary>What the form says, every field named; the address only where the form has one.</summary>
    internal static SourceChange Read(FormPost form) =>
        new()
        {
            Name = form.Text("name"),
            Address = form["address"] is { Length: > 0 } address ? address : null,
            Home = form.Text("home"),
            Language = form.Text("language"),
            Country = form.Text("country"),
            Ownership = form.Text("ownership"),
            Owner = form.Text("owner"),
            Interest = form.Text("interest"),
            Reliability = int.TryParse(
                form["reliability"],
                System.Globalization.CultureInfo.InvariantCulture,
                out var number
            )
                ? number
                : 0,
            FullText = form["full-text"] == "on",
            WatchEdits = form["watch-edits"] == "on",
            Labels = form.Text("labels").Split(','),
            Relevance = form["relevance"],
            Include = form.Text("include"),
            Exclude = form.Text("exclude"),
        };
}
