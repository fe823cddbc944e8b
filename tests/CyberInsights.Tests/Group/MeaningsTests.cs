using CyberInsights.Group;

namespace CyberInsights.Tests.Group;

public sealed class MeaningsTests
{
    [Fact]
    public void A_headline_in_other_words_is_nearer_than_one_of_another_thing()
    {
        var told = Of("Ransomware gang shuts down hospitals in Thornmere");

        var retold = told.Cosine(Of("Clinics offline after extortion attack"));
        var other = told.Cosine(Of("Regulator fines chat app over privacy rules"));

        Assert.True(retold > other + 0.2, $"{retold} {other}");
        Assert.Equal(1, told.Cosine(told), 0.001);
    }

    [Fact]
    public void Other_languages_have_none() =>
        Assert.Null(Meanings.Shipped.Of("Ransomware legt Kliniken lahm", "", "de"));

    [Fact]
    public void What_is_written_is_read_again_to_a_hundredth_of_its_largest_number()
    {
        var vector = Enumerable.Range(0, Meanings.Dimensions).Select(i => i - 60f).ToArray();
        using var stream = new MemoryStream();

        Meanings.Write(stream, [("port", vector)]);
        stream.Position = 0;
        var read = Meanings.ReadFrom(stream).Of("port", "", "en")!;

        Assert.Equal(1, read.Cosine(new Meaning(vector)), 0.0001);
    }

    private static Meaning Of(string title) => Meanings.Shipped.Of(title, "", "en")!;
}
