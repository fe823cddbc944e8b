using System.Text.Json;
using CyberInsights.Recognise.Proposing;
using CyberInsights.Tests.Net;

namespace CyberInsights.Tests.Recognise.Proposing;

public sealed class LanguageModelTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_asked_once_with_task_and_material_apart_and_without_tools()
    {
        await using var fake = new FakeModel("an answer");

        var answer = await AskAsync(fake.Settings);

        Assert.Equal("an answer", Assert.IsType<ModelAnswer.Given>(answer).Text);
        var request = Assert.Single(fake.Requests);
        Assert.Equal(FakeModel.Name, request.GetProperty("model").GetString());
        Assert.Equal(
            [("system", "the task"), ("user", "the material")],
            request
                .GetProperty("messages")
                .EnumerateArray()
                .Select(m => (m.GetProperty("role").GetString(), m.GetProperty("content").GetString()))
        );
        Assert.Equal("json_schema", request.GetProperty("response_format").GetProperty("type").GetString());
        Assert.False(request.TryGetProperty("tools", out _));
        Assert.StartsWith("POST /v1/chat/completions HTTP/1.1", fake.Heads[0], StringComparison.Ordinal);
        Assert.Contains($"Authorization: Bearer {FakeModel.Key}\r\n", fake.Heads[0], StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Failures =>
        new()
        {
            { "401 Unauthorized", "Insights__ModelKey" },
            { "404 Not Found", "pull the model first" },
            { "429 Too Many Requests", "fewer requests" },
            { "500 Internal Server Error", "status 500" },
            { "302 Found", "no chat completion" },
        };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_status_becomes_a_sentence_that_says_what_to_do_and_never_the_key(string status, string expected)
    {
        await using var fake = new FakeModel(x => FakeModel.StatusAsync(x, status));

        var failed = Assert.IsType<ModelAnswer.Failed>(await AskAsync(fake.Settings));

        Assert.Contains(expected, failed.Sentence, StringComparison.Ordinal);
        Assert.Contains("Reports go on without it.", failed.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeModel.Key, failed.Sentence + fake.Settings, StringComparison.Ordinal);
        Assert.Single(fake.Requests);
    }

    [Theory]
    [InlineData("<!doctype html><html><body>Sign in</body></html>")]
    [InlineData("{}")]
    [InlineData("{\"choices\":[]}")]
    [InlineData("[1,2")]
    [InlineData("")]
    public async Task What_is_no_chat_completion_is_a_failure(string body)
    {
        await using var fake = new FakeModel(x => x.OkAsync(body));

        Assert.IsType<ModelAnswer.Failed>(await AskAsync(fake.Settings));
    }

    [Fact]
    public async Task An_answer_that_was_cut_is_a_failure()
    {
        await using var fake = new FakeModel(x => FakeModel.SayAsync(x, "half an ans", "length"));

        Assert.IsType<ModelAnswer.Failed>(await AskAsync(fake.Settings));
    }

    [Fact]
    public async Task An_answer_beyond_its_bound_is_not_read_to_its_end()
    {
        await using var at = new FakeModel(x => FakeModel.SayAsync(x, new string('a', 200_000)));
        await using var over = new FakeModel(x =>
            FakeModel.SayAsync(x, new string('a', LanguageModel.MaxAnswerBytes + 1))
        );

        Assert.IsType<ModelAnswer.Given>(await AskAsync(at.Settings));
        Assert.IsType<ModelAnswer.Failed>(await AskAsync(over.Settings));
    }

    [Fact]
    public async Task A_silent_model_is_given_up_after_its_time()
    {
        await using var fake = new FakeModel(x => x.SilenceAsync());

        var answer = await AskAsync(fake.Settings with { TimeLimit = TimeSpan.FromSeconds(0.5) });

        Assert.Contains("ModelSeconds", Assert.IsType<ModelAnswer.Failed>(answer).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_listens_the_sentence_says_so()
    {
        var settings = new ModelSettings { Address = new Uri("http://127.0.0.1:1/v1"), Name = "none" };

        var failed = Assert.IsType<ModelAnswer.Failed>(await AskAsync(settings));

        Assert.Contains("does not accept a connection", failed.Sentence, StringComparison.Ordinal);
    }

    private static async Task<ModelAnswer> AskAsync(ModelSettings settings)
    {
        using var model = new LanguageModel(settings, TimeProvider.System);
        return await model.AskAsync("the task", "the material", JsonDocument.Parse("{}").RootElement, Cancel);
    }
}
