using System.CommandLine;
using CyberInsights.Deliver;
using CyberInsights.Server.Accounts;
using CyberInsights.Storage;

namespace CyberInsights.Server.Commands;

/// <summary><c>insights user</c>: the accounts of the desk, for whoever runs the machine. No password is ever given here, only links that work once.</summary>
internal static class UserCommand
{
    internal static Command Create(TextWriter output) =>
        new("user", "See and change the accounts of the desk, also when nobody can sign in any more.")
        {
            List(output),
            Invite(output),
            Role(output),
            Close(output),
            Reopen(output),
            Reset(output),
        };

    private static Command List(TextWriter output)
    {
        var command = new Command("list", "List all accounts with their roles.");
        command.SetAction(
            async (_, cancel) =>
            {
                await using var database = await OpenAsync(cancel);
                var members = await new Membership(database).AllAsync(cancel);
                foreach (var member in members)
                {
                    var closed = member.DisabledAt is null ? "" : "  closed";
                    await output.WriteLineAsync($"{member.Email}  {Named(member.Role)}  {member.Name}{closed}");
                }
                await output.WriteLineAsync($"{members.Count} accounts.");
                return 0;
            }
        );
        return command;
    }

    private static Command Invite(TextWriter output)
    {
        var (email, role) = (Email(), RoleArgument());
        var command = new Command("invite", "Make a link by which somebody becomes a member.") { email, role };
        command.SetAction(
            async (result, cancel) =>
            {
                await using var database = await OpenAsync(cancel);
                var address = result.GetRequiredValue(email);
                if (MailAddress.Read(address) is null)
                {
                    throw new RefusalException(
                        RefusalKind.BadInput,
                        $"{address} is no mail address: nobody was invited. Write it as name@example.org."
                    );
                }
                var code =
                    await new Invitations(database, TimeProvider.System).InviteAsync(
                        address,
                        result.GetRequiredValue(role),
                        Member.Operator,
                        letter: null,
                        cancel
                    )
                    ?? throw new RefusalException(
                        RefusalKind.BadInput,
                        $"{address} has an account: nobody was invited. `insights user reset {address}` gives it back to its owner."
                    );
                await output.WriteLineAsync(
                    $"Within 7 days, whoever opens this link first becomes a member as {address}:\n{Link(code)}"
                );
                return 0;
            }
        );
        return command;
    }

    private static Command Role(TextWriter output)
    {
        var (email, role) = (Email(), RoleArgument());
        var command = new Command("role", "Give a member another role.") { email, role };
        command.SetAction(
            async (result, cancel) =>
            {
                await using var database = await OpenAsync(cancel);
                var members = new Membership(database);
                var member = await members.FindAsync(result.GetRequiredValue(email), cancel);
                var wanted = result.GetRequiredValue(role);
                await members.ChangeRoleAsync(member.Id, wanted, Member.Operator, "", cancel);
                await output.WriteLineAsync($"{member.Email} is {Named(wanted)} from the next request on.");
                return 0;
            }
        );
        return command;
    }

    private static Command Close(TextWriter output)
    {
        var email = Email();
        var command = new Command("close", "Close an account: its owner is signed out at once and cannot come back.")
        {
            email,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                await using var database = await OpenAsync(cancel);
                var members = new Membership(database);
                var member = await members.FindAsync(result.GetRequiredValue(email), cancel);
                await members.CloseAsync(member.Id, Member.Operator, "", cancel);
                await output.WriteLineAsync($"{member.Email} is closed. What it did stays on record.");
                return 0;
            }
        );
        return command;
    }

    private static Command Reopen(TextWriter output)
    {
        var email = Email();
        var command = new Command("reopen", "Open a closed account again, with the role and the ways in that it had.")
        {
            email,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                await using var database = await OpenAsync(cancel);
                var members = new Membership(database);
                var member = await members.FindAsync(result.GetRequiredValue(email), cancel);
                await members.ReopenAsync(member.Id, Member.Operator, "", cancel);
                await output.WriteLineAsync($"{member.Email} is open.");
                return 0;
            }
        );
        return command;
    }

    private static Command Reset(TextWriter output)
    {
        var email = Email();
        var command = new Command("reset", "Make a link by which a member who lost every way in sets a new password.")
        {
            email,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                await using var database = await OpenAsync(cancel);
                var member = await new Membership(database).FindAsync(result.GetRequiredValue(email), cancel);
                var code = await new Invitations(database, TimeProvider.System).ResetAsync(
                    member.Id,
                    Member.Operator,
                    letter: null,
                    cancel
                );
                await output.WriteLineAsync(
                    $"Within 30 minutes, whoever opens this link first gets the account of {member.Email}; it loses every other way in then:\n{Link(code)}"
                );
                return 0;
            }
        );
        return command;
    }

    private static Argument<string> Email() => new("address") { Description = "The mail address of the member." };

    private static Argument<DeskRole> RoleArgument() =>
        new("role") { Description = "reader, contributor, editor or administrator." };

    private static Task<Database> OpenAsync(CancellationToken cancel) =>
        Database.StartAsync(CommandLine.Settings().Database, TimeProvider.System, cancel);

    private static string Link(string code) =>
        $"{NewsroomHost.DeskAddress(CommandLine.Settings())}account/invitation/{code}";

    private static string Named(DeskRole role) => role.ToString().ToLowerInvariant();
}
