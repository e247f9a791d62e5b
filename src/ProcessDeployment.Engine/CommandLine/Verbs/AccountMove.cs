using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>The steps of moving an account from one home to another, in their order. Until it has left, whatever goes wrong leaves it where it was.</summary>
internal sealed class AccountMove(VerbServices services, ApiClient source, Screen screen, string account)
{
    /// <param name="to">The home it goes to.</param>
    /// <param name="file">Where its history is kept.</param>
    /// <param name="ct">Stops it, as long as it has not left.</param>
    /// <returns>The answer of the last step.</returns>
    public async Task<ApiAnswer> RunAsync(string to, string file, CancellationToken ct)
    {
        var closed = (await MoveSteps.LeaveAsync(source, account, to, ct)).Json;
        screen.Say($"{account} is closed at position {closed["position"].Text}. Taking its history…");
        var url = new Uri(closed["url"].Text);
        using var target = services.Patient(url, services.TargetToken);
        var arrived = await CarryAsync(target, file, ct);
        screen.Say($"It has arrived at {url}.");
        var receipt = await LetGoAsync(arrived, file);
        return await OpenAsync(target, receipt, file);
    }

    /// <summary>All that can be taken back.</summary>
    private async Task<ApiAnswer> CarryAsync(ApiClient target, string file, CancellationToken ct)
    {
        try
        {
            using var patient = services.Patient(source.Url);
            await MoveSteps.FetchAsync(patient, account, file, ct);
            screen.Say($"Its history is in {file}. Bringing it there…");
            return await MoveSteps.ArriveAsync(target, account, file, ct);
        }
        catch (Exception e) when (e is CommandLineException or HttpRequestException or IOException or OperationCanceledException)
        {
            await StayAsync(target, e);
            throw new CommandLineException((e as CommandLineException)?.ExitCode ?? ExitCodes.Unreachable, $"{account} was not moved, and is open where it was: {e.Message}", e);
        }
    }

    private async Task StayAsync(ApiClient target, Exception why)
    {
        try
        {
            await MoveSteps.StayAsync(source, account, CancellationToken.None);
        }
        catch (Exception e) when (e is CommandLineException or HttpRequestException)
        {
            throw new CommandLineException(ExitCodes.Unreachable, $"{account} was not moved ({why.Message}), and is still closed where it was ({e.Message}). Open it there: accounts stay {account} --url {source.Url}", e);
        }

        try
        {
            await MoveSteps.StayAsync(target, account, CancellationToken.None);
        }
        catch (Exception e) when (e is CommandLineException or HttpRequestException)
        {
            // Most often nothing of it came there, or nobody answers; it is closed there in any case.
        }
    }

    private async Task<ApiAnswer> LetGoAsync(ApiAnswer arrived, string file)
    {
        await File.WriteAllTextAsync($"{file}.arrived.json", arrived.Body);
        try
        {
            var receipt = await MoveSteps.LetGoAsync(source, account, arrived.Body, CancellationToken.None);
            await File.WriteAllTextAsync($"{file}.receipt.json", receipt.Body);
            return receipt;
        }
        catch (Exception e) when (e is CommandLineException or HttpRequestException)
        {
            throw new CommandLineException(
                ExitCodes.Unreachable,
                $"{account} has arrived, but whether it was let go is not known: {e.Message} Go on with: accounts let-go {account} --arrived {file}.arrived.json --url {source.Url} > {file}.receipt.json, then with accounts open. Or give it up with: accounts stay {account} --url {source.Url}",
                e);
        }
    }

    private async Task<ApiAnswer> OpenAsync(ApiClient target, ApiAnswer receipt, string file)
    {
        try
        {
            return await MoveSteps.OpenAsync(target, account, receipt.Body, CancellationToken.None);
        }
        catch (Exception e) when (e is CommandLineException or HttpRequestException)
        {
            throw new CommandLineException(
                ExitCodes.Unreachable,
                $"{account} has left for good, but is not open at {target.Url} yet: {e.Message} Go on with: accounts open {account} --receipt {file}.receipt.json --url {target.Url}",
                e);
        }
    }
}
