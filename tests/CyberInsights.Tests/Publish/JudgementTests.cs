using CyberInsights.Publish;

namespace CyberInsights.Tests.Publish;

public sealed class JudgementTests
{
    [Theory]
    [InlineData(EventState.Developing)]
    [InlineData(EventState.Developing, Stance.Report, Stance.Warn)]
    [InlineData(EventState.Claimed, Stance.Accuse)]
    [InlineData(EventState.Claimed, Stance.Claim, Stance.Decline)]
    [InlineData(EventState.Claimed, Stance.Accuse, Stance.Deflect)]
    [InlineData(EventState.Disputed, Stance.Accuse, Stance.Deny, Stance.Condemn, Stance.Act)]
    [InlineData(EventState.Disputed, Stance.Claim, Stance.Refute)]
    [InlineData(EventState.Disputed, Stance.Confirm, Stance.Deny)]
    [InlineData(EventState.Confirmed, Stance.Claim, Stance.Confirm)]
    [InlineData(EventState.Confirmed, Stance.Act, Stance.Support)]
    [InlineData(EventState.Refuted, Stance.Refute)]
    [InlineData(EventState.Refuted, Stance.Retract)]
    public void The_state_follows_from_the_stances(EventState state, params Stance[] stances) =>
        Assert.Equal(state, Judgement.Of(stances));
}
