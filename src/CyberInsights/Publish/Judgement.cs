namespace CyberInsights.Publish;

/// <summary>How sure the world is about an event, from the stances taken and nothing else. Pure.</summary>
internal static class Judgement
{
    internal static EventState Of(IReadOnlyCollection<Stance> stances)
    {
        var alleged = stances.Any(s => s is Stance.Accuse or Stance.Assess or Stance.Claim);
        var denied = stances.Any(s => s is Stance.Deny);
        var refuted = stances.Any(s => s is Stance.Refute);
        var retracted = stances.Any(s => s is Stance.Retract);
        var confirmed = stances.Any(s => s is Stance.Confirm);
        return retracted && !confirmed ? EventState.Refuted
            : (alleged || confirmed) && (denied || refuted) ? EventState.Disputed
            : refuted ? EventState.Refuted
            : confirmed || stances.Any(s => s is Stance.Act) ? EventState.Confirmed
            : alleged ? EventState.Claimed
            : EventState.Developing;
    }
}
