using CyberInsights.Server.Site;

namespace CyberInsights.Server.Settings;

/// <summary>The settings of the site as they are now: what was set at start, and over it what the desk set. Thread safe.</summary>
/// <param name="atStart">What was set at start.</param>
public sealed class CurrentSettings(SiteSettings atStart)
{
    private readonly Lock gate = new();
    private Snapshot snapshot = new(atStart, DeskSettings.None);

    /// <summary>They never change in the hand of whoever took them; take them once for each thing that is done.</summary>
    public SiteSettings Now => Volatile.Read(ref snapshot).Settings;

    /// <summary>What of it the desk set, at which version.</summary>
    internal DeskSettings Desk => Volatile.Read(ref snapshot).Desk;

    /// <summary>What the desk set and is wrong by now, as after an update: it is left out until somebody corrects it.</summary>
    internal IEnumerable<Setting> Wrong =>
        Setting.All.Where(s => Desk[s.Name] is { Length: > 0 } set && !s.Accepts(set));

    /// <summary>From here on, what the desk set is this; what was read before something newer changes nothing.</summary>
    /// <returns>Whether it was news.</returns>
    internal bool Take(DeskSettings desk)
    {
        lock (gate)
        {
            if (desk.Version <= snapshot.Desk.Version)
            {
                return false;
            }
            Volatile.Write(ref snapshot, new Snapshot(With(desk), desk));
            return true;
        }
    }

    private SiteSettings With(DeskSettings desk) =>
        Setting
            .All.Where(s => !atStart.AtStart.ContainsKey(s.Name) && desk[s.Name].Length > 0)
            .Aggregate(atStart, (settings, s) => s.ApplyTo(settings, desk[s.Name]));

    private sealed record Snapshot(SiteSettings Settings, DeskSettings Desk);
}
