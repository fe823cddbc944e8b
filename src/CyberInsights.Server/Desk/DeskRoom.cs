using CyberInsights.Server.Desk.Articles;
using CyberInsights.Server.Desk.Audit;
using CyberInsights.Server.Desk.Dossiers;
using CyberInsights.Server.Desk.Editions;
using CyberInsights.Server.Desk.Members;
using CyberInsights.Server.Desk.Review;
using CyberInsights.Server.Desk.Settings;
using CyberInsights.Server.Desk.Sources;
using CyberInsights.Server.Desk.Tips;

namespace CyberInsights.Server.Desk;

/// <summary>A part of the desk: its key is its address (<c>/desk/{key}</c>), and its texts are <c>desk.room.{key}</c> and <c>desk.room.{key}.about</c>.</summary>
/// <param name="Right">What its first page asks for; who has it not does not see the room.</param>
internal sealed record DeskRoom(string Key, DeskRight Right, Action<IServiceCollection> Add, Action<DeskRoutes> Map)
{
    internal string Path => $"/desk/{Key}";

    /// <summary>All rooms, in the order of the navigation: a new one is a line here.</summary>
    internal static IReadOnlyList<DeskRoom> All { get; } =
    [
        ReviewPages.Room,
        EventsPages.Room,
        ArticleRoom.Room,
        EditionRoom.Room,
        TipsPages.Room,
        SourcesRoom.Room,
        AuditPages.Room,
        MembersPages.Room,
        SettingsRoom.Room,
    ];
}
