using ProcessDeployment.Client;
using ProcessDeployment.Contracts;
using ProcessDeployment.Contracts.Commands;

namespace ProcessDeployment.Web.Live;

/// <summary>Some accounts ask for a reason with what changes what runs. Then it is asked for where the command is, and only then.</summary>
internal static class Reasons
{
    public const string Missing = "This account asks for a reason.";

    /// <summary>What a command would do once somebody said why.</summary>
    public static async Task<(Preview Preview, bool IsAskedFor)> ForeseeAsync(this EngineApi api, Command command, CancellationToken cancellation)
    {
        var preview = await api.PreviewAsync(command, cancellation);
        return preview.Outcome.Refusal?.Code == RefusalCodes.ReasonRequired ? (await api.PreviewAsync(command with { Reason = Missing }, cancellation), true) : (preview, false);
    }

    public static Command Because(this Command command, string reason) => string.IsNullOrWhiteSpace(reason) ? command : command with { Reason = reason.Trim() };
}
