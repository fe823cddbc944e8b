using CyberInsights.Capture;
using CyberInsights.Edit;
using CyberInsights.Extract;
using CyberInsights.Extract.SourceEdits;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CyberInsights.Server.Desk.Sources;

/// <summary>The room of what is read: <c>/desk/sources</c>.</summary>
internal static class SourcesRoom
{
    // A list that was read and written again by us may be longer than the file that was sent.
    private static readonly DeskForm OpmlForm = new() { MaxBytes = 3 * OpmlReader.MaxBytes, Files = true };

    /// <summary>Where a source is added. A key has no dot, so that no source is called like a page of the room.</summary>
    internal const string New = "/desk/sources/new.source";

    internal static DeskRoom Room { get; } = new("sources", DeskRight.Sources, Add, Map);

    private static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<CaptureLimits>();
        services.TryAddSingleton<SourceStore>();
        services.TryAddSingleton<SnapshotStore>();
        services.TryAddSingleton<LeftOutStore>();
        services.TryAddSingleton<WallStore>();
        services.TryAddSingleton<SourceEditReader>();
        services.AddSingleton<SourceDeeds>();
        services.AddSingleton<SourcesPages>();
        services.AddSingleton<OpmlPages>();
        services.AddSingleton<SourceNewsReader>();
        services.AddSingleton<OneSourcePages>();
        services.AddSingleton<NewSourcePages>();
    }

    private static void Map(DeskRoutes desk)
    {
        const DeskRight right = DeskRight.Sources;
        desk.Page("/desk/sources", right, (SourcesPages p, HttpContext http) => p.ShowAsync(http));
        desk.Act("/desk/sources", right, (SourcesPages p, HttpContext http) => p.ActAsync(http));
        desk.Page("/desk/sources/list.opml", right, (OpmlPages p, HttpContext http) => p.SendAsync(http));
        desk.Act("/desk/sources/list.opml", right, (OpmlPages p, HttpContext http) => p.TakeAsync(http), OpmlForm);
        desk.Page(New, right, (NewSourcePages p, HttpContext http) => p.ShowAsync(http));
        desk.Act(New, right, (NewSourcePages p, HttpContext http) => p.ActAsync(http));
        desk.Page(
            "/desk/sources/{key:maxlength(60)}",
            right,
            (OneSourcePages p, HttpContext http, string key) => p.ShowAsync(http, key)
        );
        desk.Act(
            "/desk/sources/{key:maxlength(60)}",
            right,
            (OneSourcePages p, HttpContext http, string key) => p.ActAsync(http, key)
        );
    }
}
