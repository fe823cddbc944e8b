using Microsoft.AspNetCore.Components;

namespace CyberInsights.Server.Site;

/// <summary>What all components of the site share: the page they stand on, its words, numbers and addresses.</summary>
public abstract class SiteComponent : ComponentBase
{
    [CascadingParameter]
    public required PageContext Page { get; set; }

    protected Language Language => Page.Language;

    protected string T(string key) => Language.Strings[key];

    protected string T(string key, params ReadOnlySpan<object?> arguments) => Language.Strings.Format(key, arguments);

    /// <summary>A count with its noun.</summary>
    protected string Count(string key, int count) => Language.Counted(key, count);

    protected string N(long number) => Language.Number(number);

    /// <summary>An address of the site in the language of the page.</summary>
    protected string Url(string path) =>
        path == "/" && Language.Prefix.Length > 0 ? Language.Prefix : Language.Prefix + path;

    /// <summary>The <c>lang</c> of a text that is not in the language of the page; null leaves the attribute out.</summary>
    protected string? Lang(string tag) => tag == Language.Code || tag is "und" or "" ? null : tag;

    /// <summary>The <c>dir</c> of a text in another language; texts of unknown language decide for themselves.</summary>
    protected string? Dir(string tag) =>
        tag == Language.Code ? null
        : tag is "und" or "" ? "auto"
        : CyberInsights.Server.Site.Language.DirectionOf(tag);
}
