using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CyberInsights.Capture;
using CyberInsights.Extract;
using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>What a deed did to a source, as the audit log keeps it: enough to take it back.</summary>
/// <param name="Source">Its id: another source may have its key one day.</param>
/// <param name="Before">What leads back to the fields as they were; null: no field changed.</param>
/// <param name="After">What led there.</param>
/// <param name="Was">The state before; null: it stayed.</param>
public sealed record SourceTrace(
    long Source,
    SourceChange? Before = null,
    SourceChange? After = null,
    SourceState? Was = null,
    SourceState? Is = null
);

/// <summary>What members do to sources: each change with its entry of the audit log, in one transaction.</summary>
public sealed class SourceDeeds(Database database, SourceStore sources)
{
    /// <summary>What the log calls a source.</summary>
    public const string Subject = "source";

    /// <summary>Adds sources that are not there yet, due at once; all or none.</summary>
    /// <exception cref="RefusalException">One of them cannot be added.</exception>
    public Task AddAsync(Member member, IReadOnlyList<Source> added, string reason, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                await sources.SaveAsync(t, added, cancel);
                foreach (var source in added)
                {
                    var stored = await SourceStore.FindAsync(t, source.Key, cancel);
                    await LogAsync(t, member, "source.add", stored, new SourceTrace(stored.Id), reason, null, cancel);
                }
            },
            cancel
        );

    /// <summary>Changes what is said about a source; changed rules are applied to what its feed holds now.</summary>
    /// <returns>The entry, by which it can be undone.</returns>
    /// <exception cref="RefusalException">A value cannot be used, all is as before, or the address is that of another source.</exception>
    public Task<long> ChangeAsync(
        Member member,
        string key,
        SourceChange change,
        string reason,
        CancellationToken cancel
    ) =>
        database.WriteAsync(
            async t =>
                await ChangeAsync(t, member, await SourceStore.FindAsync(t, key, cancel), change, reason, null, cancel),
            cancel
        );

    /// <summary>Pauses sources, or brings them back and makes them due; one entry each.</summary>
    /// <returns>The entries of those whose state changed.</returns>
    /// <exception cref="RefusalException">One of them is not there; none was changed.</exception>
    public Task<IReadOnlyList<long>> SetStateAsync(
        Member member,
        IReadOnlyList<string> keys,
        SourceState state,
        CancellationToken cancel
    ) =>
        EachAsync(
            keys,
            async (t, source) =>
                source.State == state ? null : await SetStateAsync(t, member, source, state, "", null, cancel),
            cancel
        );

    /// <summary>Has active sources read at once; others stay as they are.</summary>
    /// <returns>The entries.</returns>
    /// <exception cref="RefusalException">One of them is not there; none is read.</exception>
    public Task<IReadOnlyList<long>> ReadNowAsync(
        Member member,
        IReadOnlyList<string> keys,
        CancellationToken cancel
    ) =>
        EachAsync(
            keys,
            async (t, source) =>
            {
                if (source.State != SourceState.Active)
                {
                    return null;
                }
                await SourceStore.MakeDueAsync(t, source.Id, cancel);
                return await LogAsync(
                    t,
                    member,
                    "source.read-now",
                    source,
                    new SourceTrace(source.Id),
                    "",
                    null,
                    cancel
                );
            },
            cancel
        );

    /// <summary>Reads a source no more and takes it off every list; its reports stay, because events cite them.</summary>
    /// <param name="typed">What the member typed to confirm: has to be the key.</param>
    /// <exception cref="RefusalException">There is no such source, or something else was typed.</exception>
    public Task DeleteAsync(Member member, string key, string typed, string reason, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var source = await SourceStore.FindAsync(t, key, cancel);
                if (typed != key)
                {
                    throw new RefusalException(
                        RefusalKind.BadInput,
                        $"What was typed is not the key of this source: nothing was deleted. Type {key} to delete it."
                    );
                }
                await SourceStore.DeleteAsync(t, source, cancel);
                await LogAsync(t, member, "source.delete", source, new SourceTrace(source.Id), reason, null, cancel);
            },
            cancel
        );

    /// <summary>Takes back changes of fields and of states, all or none; each gets a further entry.</summary>
    /// <exception cref="RefusalException">One cannot be taken back, was taken back already, or something changed since.</exception>
    public Task UndoAsync(Member member, IReadOnlyList<long> entries, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                foreach (var entry in await AuditLog.FindAsync(t, entries, cancel))
                {
                    await UndoAsync(t, member, entry, cancel);
                }
            },
            cancel
        );

    /// <summary>Whether <see cref="UndoAsync(Member, IReadOnlyList{long}, CancellationToken)"/> may take an entry back.</summary>
    public static bool CanUndo(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Traced(entry) is { } trace && (trace.Before is not null || trace.Was is not null);
    }

    private async Task UndoAsync(Transaction t, Member member, AuditEntry entry, CancellationToken cancel)
    {
        if (!CanUndo(entry) || await AuditLog.IsUndoneAsync(t, entry, cancel))
        {
            throw Refuse(
                $"Entry {entry.Id} of the log cannot be taken back, or was already",
                "Change the source itself"
            );
        }
        var trace = Traced(entry)!;
        var source = await SourceStore.FindAsync(t, entry.SubjectKey, cancel);
        var asLeft =
            source.Id == trace.Source
            && (trace.Is is null || source.State == trace.Is)
            && (trace.After is null || SourceChange.Between(source, trace.After.ApplyTo(source)).Empty);
        if (!asLeft)
        {
            throw Refuse($"{source.Key} was changed again since", "Look at it and change what is wrong");
        }
        if (trace.Was is { } state)
        {
            await SetStateAsync(t, member, source, state, entry.Reason, entry.Id, cancel);
        }
        if (trace.Before is { } before)
        {
            await ChangeAsync(t, member, source, before, entry.Reason, entry.Id, cancel);
        }
    }

    private async Task<long> ChangeAsync(
        Transaction t,
        Member member,
        Source source,
        SourceChange change,
        string reason,
        long? undoes,
        CancellationToken cancel
    )
    {
        var changed = change.ApplyTo(source);
        var after = SourceChange.Between(source, changed);
        if (after.Empty)
        {
            throw Refuse("Every field is as it was before", "Change one, or leave it so");
        }
        if (after.Address is { } address)
        {
            sources.RefuseAddress(address);
            SourceKeys.RefuseTwin(address, (await SourceStore.AllAsync(t, cancel)).Where(s => s.Id != source.Id));
        }
        await sources.SaveAsync(t, [changed], cancel);
        if (after.ChangesSelection)
        {
            await LeftOutStore.ForgetAsync(t, source.Id, cancel);
            await SourceStore.ReadAnewAsync(t, source.Id, cancel);
        }
        var trace = new SourceTrace(source.Id, SourceChange.Between(changed, source), after);
        return await LogAsync(t, member, "source.change", changed, trace, reason, undoes, cancel);
    }

    private static async Task<long?> SetStateAsync(
        Transaction t,
        Member member,
        Source source,
        SourceState state,
        string reason,
        long? undoes,
        CancellationToken cancel
    )
    {
        await SourceStore.SetStateAsync(t, source.Key, state, cancel);
        var action = state switch
        {
            SourceState.Active => "source.resume",
            SourceState.Paused => "source.pause",
            _ => "source.retire",
        };
        var trace = new SourceTrace(source.Id, Was: source.State, Is: state);
        return await LogAsync(t, member, action, source, trace, reason, undoes, cancel);
    }

    private Task<IReadOnlyList<long>> EachAsync(
        IReadOnlyList<string> keys,
        Func<Transaction, Source, Task<long?>> act,
        CancellationToken cancel
    ) =>
        database.WriteAsync<IReadOnlyList<long>>(
            async t =>
            {
                var entries = new List<long>();
                foreach (var key in keys.Distinct())
                {
                    if (await act(t, await SourceStore.FindAsync(t, key, cancel)) is { } entry)
                    {
                        entries.Add(entry);
                    }
                }
                return entries;
            },
            cancel
        );

    private static Task<long> LogAsync(
        Transaction t,
        Member member,
        string action,
        Source source,
        SourceTrace trace,
        string reason,
        long? undoes,
        CancellationToken cancel
    ) =>
        AuditLog.AddAsync(
            t,
            member,
            new Deed(action, Subject, source.Key, source.Name)
            {
                Reason = reason.Trim(),
                Detail = JsonSerializer.Serialize(trace, SourceTraceJson.Legible.SourceTrace),
                Undoes = undoes,
            },
            cancel
        );

    private static SourceTrace? Traced(AuditEntry entry) =>
        entry is { SubjectKind: Subject, Detail.Length: > 0 }
            ? JsonSerializer.Deserialize(entry.Detail, SourceTraceJson.Default.SourceTrace)
            : null;

    private static RefusalException Refuse(string happened, string remedy) =>
        new(RefusalKind.BadInput, $"{happened}: nothing was changed. {remedy}.");
}

[JsonSerializable(typeof(SourceTrace))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
internal sealed partial class SourceTraceJson : JsonSerializerContext
{
    /// <summary>With letters of every script as they are: people read it in the audit log.</summary>
    internal static SourceTraceJson Legible =>
        field ??= new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
}
