namespace CyberInsights.Publish;

/// <summary>Conditions on a source <c>s</c>: who tells what it knows itself.</summary>
internal static class FirstHand
{
    /// <summary>Authorities, state bodies and their catalogues; not the media of a state.</summary>
    internal const string Official = """
        (s.kind in (5, 6)
         or exists (select 1 from source_labels l where l.source_id = s.id and l.label = 'authority')
         or (s.ownership = 'state' and coalesce(s.interest, '') not like '%news agency%'
             and coalesce(s.interest, '') not like '%broadcaster%' and coalesce(s.interest, '') not like '%newspaper%'))
        """;

    /// <summary>Makers and researchers, who tell what they found out themselves.</summary>
    internal const string Vendor =
        "exists (select 1 from source_labels l where l.source_id = s.id and l.label = 'vendor')";
}
