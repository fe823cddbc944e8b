using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CyberInsights.Edit;
using CyberInsights.Storage;

namespace CyberInsights.Server.Commands;

/// <summary><c>insights reviews</c>: what people judged, as a labelled set.</summary>
internal static class ReviewsCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // Words of every script as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    internal static Command Create(TextWriter output)
    {
        var file = new Option<FileInfo>("--output")
        {
            Description = "File to write, one line of JSON a statement.",
            Required = true,
        };
        var command = new Command(
            "reviews",
            "Give out what people judged of statements as a labelled set, without who did; `make eval SUITE=reviews` measures by it. It holds words of reports: keep to their licences."
        )
        {
            file,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                await using var database = await Database.StartAsync(
                    CommandLine.Settings().Database,
                    TimeProvider.System,
                    cancel
                );
                var path = result.GetRequiredValue(file).FullName;
                var lines = await WriteAsync(new LabelledReviews(database), path, cancel);
                await output.WriteLineAsync($"{lines} judged statements written to {path}.");
                return 0;
            }
        );
        return command;
    }

    internal static async Task<int> WriteAsync(LabelledReviews reviews, string path, CancellationToken cancel)
    {
        try
        {
            var lines = 0;
            await using var writer = new StreamWriter(path) { NewLine = "\n" };
            await foreach (var review in reviews.AllAsync(cancel))
            {
                await writer.WriteLineAsync(JsonSerializer.Serialize(review, Json));
                lines++;
            }
            return lines;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException(
                RefusalKind.Unavailable,
                $"{path} cannot be written ({e.Message}), so the judgements were not given out whole. Give a file in a folder that is there, is yours and has room.",
                e
            );
        }
    }
}
