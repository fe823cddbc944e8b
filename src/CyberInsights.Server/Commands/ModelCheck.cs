using System.Diagnostics;
using CyberInsights.Recognise;
using CyberInsights.Recognise.Proposing;
using CyberInsights.Storage;

namespace CyberInsights.Server.Commands;

/// <summary>The line of <c>doctor</c> about the language model: whether one is set, answers, and what came of it.</summary>
internal static class ModelCheck
{
    private const string Title = "Norland accuses Ostmark";
    private const string Text = "Norland accused Ostmark of the intrusion on Monday.";

    internal static async Task<bool> RunAsync(NewsroomSettings settings, TextWriter output, CancellationToken cancel)
    {
        if (settings.LanguageModel is not { } model)
        {
            await output.WriteLineAsync("ok    model: none is set, and none is needed");
            return true;
        }
        var watch = Stopwatch.StartNew();
        using var asked = new LanguageModel(model, TimeProvider.System);
        var reading = await Proposer.ReadAsync(asked, Title, Text, "en", Recogniser.Read(Title, Text, "en"), cancel);
        await output.WriteLineAsync(
            reading.Error is { } error
                ? $"look  model: {error}"
                : $"ok    model: {model} answered in {watch.Elapsed.TotalSeconds:0.0} s"
        );
        return reading.Error is null && await StateAsync(settings, output, cancel);
    }

    private static async Task<bool> StateAsync(NewsroomSettings settings, TextWriter output, CancellationToken cancel)
    {
        await using var database = await Database.StartAsync(settings.Database, TimeProvider.System, cancel);
        var now = TimeProvider.System.GetUtcNow();
        var state = await new ProposalStore(database).StateAsync(now, cancel);
        await output.WriteLineAsync(
            $"ok    model: {state.Requests} of {settings.LanguageModel!.RequestsADay} requests in 24 hours; {state.Proposed} proposals kept in all, {state.Dropped} dropped, as no text proves them"
        );
        if (state.PausedUntil > now)
        {
            await output.WriteLineAsync(
                $"look  model: {state.FailuresInARow} requests failed in a row, so that it is left alone until {state.PausedUntil:HH:mm} UTC; the last one: {state.LastError}"
            );
        }
        return state.PausedUntil is null || state.PausedUntil <= now;
    }
}
