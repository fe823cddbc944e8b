using CyberInsights.Tests.Desk.Day;

namespace CyberInsights.Tests.Desk;

/// <summary>A whole day at the desk in Chromium, by its pages alone: in English on a wide screen in the light, in Arabic on a narrow one in the dark.</summary>
public sealed class WholeDayTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task A_day_goes_from_the_first_link_to_the_log_without_a_stumble(string language)
    {
        await using var day = await DeskDay.BeginAsync(language);
        var (morning, article, evening) = (new MorningSteps(day), new ArticleSteps(day), new EveningSteps(day));

        await day.StepAsync("coming in with a passkey", morning.ComeInAsync);
        await day.StepAsync("adding a source", morning.AddSourceAsync);
        await day.StepAsync("judging ten statements by keyboard", morning.JudgeAsync);
        await day.StepAsync("merging two events", morning.MergeAsync);
        await day.StepAsync("writing an article from a dossier", article.WriteAsync);
        await day.StepAsync("scheduling it", article.ScheduleAsync);
        await day.StepAsync("its time comes", article.GoOutAsync);
        await day.StepAsync("correcting it", article.CorrectAsync);
        await day.StepAsync("composing an edition", evening.ComposeAsync);
        await day.StepAsync("sending it", evening.SendAsync);
        await day.StepAsync("a reader leaves", evening.LeaveAsync);
        await day.StepAsync("reading the log", evening.ReadLogAsync);
        await day.StepAsync("looking the pages over", day.LookOverAsync);
    }
}
