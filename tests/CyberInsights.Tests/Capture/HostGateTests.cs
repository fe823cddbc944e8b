using CyberInsights.Capture;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Capture;

public sealed class HostGateTests
{
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_host_has_two_places_and_a_rest_between_two_starts()
    {
        var clock = new FakeTimeProvider();
        var gate = new HostGate(perHost: 2, clock);

        Assert.True(gate.TryEnter("a.example", Gap));
        Assert.False(gate.TryEnter("A.example", Gap));
        Assert.Equal(Gap, gate.Rest("a.example"));
        Assert.True(gate.TryEnter("b.example", Gap));
        clock.Advance(Gap);
        Assert.True(gate.TryEnter("a.example", Gap));
        clock.Advance(Gap);
        Assert.False(gate.TryEnter("a.example", Gap));
        gate.Leave("a.example");
        Assert.True(gate.TryEnter("a.example", Gap));
    }

    [Fact]
    public void A_host_in_use_is_never_forgotten_among_many()
    {
        var gate = new HostGate(perHost: 1, new FakeTimeProvider());
        Assert.True(gate.TryEnter("busy.example", TimeSpan.Zero));

        for (var i = 0; i < 5000; i++)
        {
            Assert.True(gate.TryEnter($"h{i}.example", TimeSpan.Zero));
            gate.Leave($"h{i}.example");
        }

        Assert.False(gate.TryEnter("busy.example", TimeSpan.Zero));
    }
}
