using System.Collections.Frozen;

namespace CyberInsights.Server.Site;

/// <summary>
/// The shapes of the look as SVG paths, filled by the even-odd rule: solid marks assert, open marks contest, lines react, squares are deeds.
/// Drawn on pages (<see cref="Parts.Marks"/>) and on the pictures of <see cref="Cards"/>.
/// </summary>
internal static class Shapes
{
    internal const int MarkSize = 16;
    internal const int PlateWidth = 30;

    /// <summary>By the class of a stance, in a square of <see cref="MarkSize"/>.</summary>
    internal static FrozenDictionary<string, string> Marks { get; } =
        new Dictionary<string, string>
        {
            ["accuse"] = "M2 1v14l13-7z",
            ["deny"] =
                "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zm0 2.4c1.2 0 2.3.4 3.2 1L3.4 11.2A5.6 5.6 0 0 1 8 2.4zm0 11.2c-1.2 0-2.3-.4-3.2-1l7.8-7.8A5.6 5.6 0 0 1 8 13.6z",
            ["condemn"] = "M3.1.3 8 5.2 12.9.3l2.8 2.8L10.8 8l4.9 4.9-2.8 2.8L8 10.8l-4.9 4.9-2.8-2.8L5.2 8 .3 3.1z",
            ["support"] = "M5.8 0h4.4v5.8H16v4.4h-5.8V16H5.8v-5.8H0V5.8h5.8z",
            ["demand"] = "M5.2 0h5.6l-1.2 10H6.4zM5.8 11.6h4.4V16H5.8z",
            ["do"] = "M1 1h14v14H1z",
            ["assess"] = "M8 0l8 8-8 8-8-8z",
            ["claim"] = "M14 1v14L1 8zM1 1h2v14H1z",
            ["confirm"] = "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zM6.9 12.2 3 8.3l1.6-1.6 2.3 2.3 4.5-4.5L13 6.1z",
            ["refute"] = "M0 0h16v16H0zm2.2 2.2v11.6h11.6V2.2zM4 6.9h8v2.2H4z",
            ["deflect"] =
                "M8 1.5A6.5 6.5 0 0 1 14.5 8h-2.3A4.2 4.2 0 0 0 8 3.8 4.2 4.2 0 0 0 3.8 8v2H6.5L2.7 15-1 10h2.5V8A6.5 6.5 0 0 1 8 1.5z",
            ["decline"] =
                "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zm0 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2zM8 6.4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2z",
            ["protest"] = "M0 0h16v16H0zm8 2.2v11.6h5.8V2.2z",
            ["warn"] = "M8 0l8 15.5H0zM8 4.7 3.7 13.2h8.6z",
            ["report"] = "M0 6.6h16v2.8H0z",
            ["retract"] = "M6 1v3.5h4a5 5 0 0 1 0 10H4v-2.6h6a2.4 2.4 0 0 0 0-4.8H6v3.6L.5 5.9z",
        }.ToFrozenDictionary();

    /// <summary>By the key of an event's state, <see cref="PlateWidth"/> wide and <see cref="MarkSize"/> high.</summary>
    internal static FrozenDictionary<string, string> Plates { get; } =
        new Dictionary<string, string>
        {
            ["disputed"] = "M0 0h13v16H0zM17 0h13v16H17zm2 2v12h9V2z",
            ["confirmed"] = "M0 0h30v16H0z",
            ["claimed"] = "M0 0h30v16H0zm2 2v12h26V2z",
            ["developing"] = "M0 0h6v16H0zM9 0h4v16H9zM16 0h3v16h-3zM22 0h2v16h-2zM28 0h1v16h-1z",
            ["quiet"] = "M0 0h3v16H0zM9 0h3v16H9zM18 0h3v16h-3zM27 0h3v16h-3z",
            ["refuted"] = "M0 0h30v16H0zm2 2v12h26V2zM5 7h20v2H5z",
        }.ToFrozenDictionary();
}
