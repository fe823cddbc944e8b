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
        Assert.Equal(state, Judgement.Of([.. stances.Select((s, i) => Said($"speaker {i}", s))]));

    [Fact]
    public void The_last_word_of_a_speaker_counts()
    {
        var denied = Said("Thornmere", Stance.Deny);
        var confirmed = Said("Thornmere", Stance.Confirm, hours: 5);

        Assert.Equal(EventState.Disputed, Judgement.Of([Said("crew", Stance.Claim), denied]));
        Assert.Equal(EventState.Confirmed, Judgement.Of([Said("crew", Stance.Claim), denied, confirmed]));
        Assert.Equal(
            EventState.Disputed,
            Judgement.Of([Said("crew", Stance.Claim), denied with { At = confirmed.At.AddHours(1) }, confirmed])
        );
    }

    [Fact]
    public void Whoever_claims_it_cannot_settle_it() =>
        Assert.Equal(
            EventState.Claimed,
            Judgement.Of([Said("crew", Stance.Claim), Said("crew", Stance.Confirm, hours: 1) with { Entitled = false }])
        );

    [Fact]
    public void What_one_takes_back_another_may_still_allege() =>
        Assert.Equal(
            EventState.Claimed,
            Judgement.Of([Said("one", Stance.Accuse), Said("one", Stance.Retract, 1), Said("other", Stance.Accuse)])
        );

    [Fact]
    public void An_outlet_that_withdraws_its_story_withdraws_what_others_claimed_in_it_before()
    {
        var (claim, retraction) = (Said("crew", Stance.Claim), Said("outlet", Stance.Retract, 1));

        Assert.Equal(EventState.Refuted, Judgement.Of([claim, retraction]));
        Assert.Equal(EventState.Claimed, Judgement.Of([claim, retraction, Said("other", Stance.Accuse, 2)]));
    }

    private static Testimony Said(string speaker, Stance stance, int hours = 0) =>
        new(speaker, stance, Some.Moment.AddHours(hours), Entitled: true);
}
