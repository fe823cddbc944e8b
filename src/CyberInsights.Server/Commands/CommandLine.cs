using System.CommandLine;
using CyberInsights.Net;

namespace CyberInsights.Server.Commands;

/// <summary>The commands of <c>insights</c>, and the one place where a refusal becomes a sentence and an exit code.</summary>
internal static class CommandLine
{
    /// <param name="policy">Where commands may connect to; null: the public internet.</param>
    internal static RootCommand Root(TextWriter output, TextWriter errors, OutboundPolicy? policy = null) =>
        new("Cybersecurity Insights: a self-hosted newsroom that shows who says what about cyber events.")
        {
            RunCommand.Create(output),
            DemoCommand.Create(output),
            MigrateCommand.Create(output),
            SourcesCommand.Create(output, policy ?? new OutboundPolicy()),
            ImportCommand.Create(output),
            ExportCommand.Create(output),
            ReplayCommand.Create(output, errors),
            ExtractCommand.Create(output),
            ReadCommand.Create(output, errors, policy ?? new OutboundPolicy()),
            ExplainCommand.Create(output),
            TrendsCommand.Create(output),
            ReviewsCommand.Create(output),
            TipKeyCommand.Create(output),
            TipsCommand.Create(output),
            UserCommand.Create(output),
            SettingsCommand.Create(output),
            DoctorCommand.Create(output),
            PictureWorkerCommand.Create(),
        };

    /// <returns>0; 1 for a bug or a broken world; 2 to 6 for a refusal by its kind; 130 when interrupted.</returns>
    internal static async Task<int> RunAsync(
        string[] arguments,
        TextWriter output,
        TextWriter errors,
        OutboundPolicy? policy = null
    )
    {
        try
        {
            var result = Root(output, errors, policy).Parse(arguments);
            return await result.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = output,
                    Error = errors,
                    EnableDefaultExceptionHandler = false,
                }
            );
        }
        catch (RefusalException e)
        {
            await errors.WriteLineAsync(e.Message);
            return ExitCode(e.Kind);
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }

    internal static int ExitCode(RefusalKind kind) =>
        kind switch
        {
            RefusalKind.BadInput => 2,
            RefusalKind.NotFound => 3,
            RefusalKind.BadSetting => 4,
            RefusalKind.NotAllowed => 5,
            _ => 6,
        };

    /// <summary>Settings from <see cref="Configuration"/>.</summary>
    internal static NewsroomSettings Settings() => NewsroomSettings.From(Configuration());

    /// <summary><c>appsettings.json</c> in the working folder and, over it, variables <c>Insights__Name</c>.</summary>
    internal static IConfigurationRoot Configuration() =>
        new ConfigurationBuilder().AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build();
}
