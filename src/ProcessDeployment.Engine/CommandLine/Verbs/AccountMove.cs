using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine.Verbs;

/// <summary>The steps of moving an account from one home to another, in their order. Until it has left, whatever goes wrong leaves it where it was.</summary>
internal sealed class AccountMove(VerbServices services, ApiClient source, Screen screen, string account, string to)
{
    /// <param name="file">Where its history is kept.</param>
    /// <param name="ct">Stops it, as long as it has not left.</param>
    /// <returns>The answer of the last step.</returns>
    public async Task<ApiAnswer> RunAsync(string file, CancellationToken ct)
    {
        Try(file);
        ApiClient? target = null;
        try
        {
            var arrived = await CarryAsync(() => target, url => target = services.Patient(url, services.TargetToken), file, ct);
            var receipt = await LetGoAsync(arrived, file);
            return await OpenAsync(target!, receipt, file, ct);
        }
        finally
        {
            target?.Dispose();
        }
    }

    /// <summary>All that can be taken back.</summary>
    private async Task<ApiAnswer> CarryAsync(Func<ApiClient?> target, Func<Uri, ApiClient> come, string file, CancellationToken ct)
    {
        try
        {
            var closed = (await MoveSteps.LeaveAsync(source, account, to, ct)).Json;
            var there = come(new Uri(closed["url"].Text));
            screen.Say($"{account} is closed at position {closed["position"].Text}. Taking its history…");
            using var patient = services.Patient(source.Url);
            await MoveSteps.FetchAsync(patient, account, file, ct);
            screen.Say($"Its history is in {file}. Bringing it there…");
            var arrived = await MoveSteps.ArriveAsync(there, account, file, ct);
            await File.WriteAllTextAsync($"{file}.arrived.json", arrived.Body, ct);
            screen.Say($"It has arrived at {there.Url}. Waiting for its lists…");
            await MoveSteps.ReadyAsync(there, account, ct);
            return arrived;
        }
        catch (Exception e)
        {
            // A refusal of the first step has closed nothing.
            if (e is CommandLineException { ExitCode: ExitCodes.Refused or ExitCodes.Malformed } && target() is null) throw;
            await StayAsync(target(), e);
            throw new CommandLineException((e as CommandLineException)?.ExitCode ?? ExitCodes.Unreachable, $"{account} was not moved, and is open where it was: {e.Message}", e);
        }
    }

    /// <summary>Whether the files can be written, before anything is closed for them.</summary>
    private static void Try(string file)
    {
        try
        {
            File.WriteAllText($"{file}.part", "");
            File.Delete($"{file}.part");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandLineException(ExitCodes.Malformed, $"{file} cannot be written: {e.Message} Name another with --keep.", e);
        }
    }

    private async Task StayAsync(ApiClient? target, Exception why)
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
            if (target is not null) await MoveSteps.StayAsync(target, account, CancellationToken.None);
        }
        catch (Exception e) when (e is CommandLineException or HttpRequestException)
        {
            // Most often nothing of it came there, or nobody answers; it is closed there in any case.
        }
    }

    private async Task<ApiAnswer> LetGoAsync(ApiAnswer arrived, string file)
    {
        try
        {
            var receipt = await MoveSteps.LetGoAsync(source, account, arrived.Body, CancellationToken.None);
            await KeepAsync($"{file}.receipt.json", receipt.Body);
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

    /// <summary>It has left now: what is needed to go on is said where it cannot be kept.</summary>
    private async Task KeepAsync(string file, string text)
    {
        try
        {
            await File.WriteAllTextAsync(file, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            screen.Say($"{file} could not be written ({e.Message}). It would hold: {text}");
        }
    }

    private async Task<ApiAnswer> OpenAsync(ApiClient target, ApiAnswer receipt, string file, CancellationToken ct)
    {
        try
        {
            return await MoveSteps.PatientAsync(() => MoveSteps.OpenAsync(target, account, receipt.Body, ct), ct);
        }
        catch (Exception e) when (e is CommandLineException or HttpRequestException or OperationCanceledException)
        {
            throw new CommandLineException(
                ExitCodes.Unreachable,
                $"{account} has left for good, but is not open at {target.Url} yet: {e.Message} Go on with: accounts open {account} --receipt {file}.receipt.json --url {target.Url}",
                e);
        }
    }
}
