using System.CommandLine;
using ProcessDeployment.Engine.CommandLine.Api;
using ProcessDeployment.Engine.CommandLine.Output;

namespace ProcessDeployment.Engine.CommandLine;

/// <summary>One call of a verb: what was given, the engine to talk to, and where to write.</summary>
internal sealed record VerbRun(ParseResult Parsed, ApiClient Api, Screen Screen)
{
    /// <summary>Whether the engine was started for this call, for the account that was given.</summary>
    public bool IsOurEngine { get; init; }

    public string? Account => Parsed.GetValue(GlobalOptions.Account);

    public T? Get<T>(Option<T> option) => Parsed.GetValue(option);

    public T Get<T>(Argument<T> argument) => Parsed.GetValue(argument)!;

    /// <summary>The environment that was named, if one was.</summary>
    public async Task<Guid?> EnvironmentAsync(Option<string?> option, CancellationToken ct) => Get(option) is { } named ? await Api.EnvironmentAsync(named, ct) : null;

    /// <summary>Asks, and shows the answer as it came or as a person likes it.</summary>
    public async Task ShowAsync(string path, Query query, Action<Json> show, CancellationToken ct)
    {
        var answer = await Api.AskAsync(path, query, ct);
        var json = answer.Json;
        if (Screen.IsJson)
        {
            Screen.Raw(answer.Body);
            return;
        }

        show(json);
        SayMoment(json);
    }

    /// <summary>Which moment an answer about the past shows.</summary>
    public void SayMoment(Json answer)
    {
        if (!answer["asOfPosition"].IsThere) return;
        Screen.Say($"As of position {answer["asOfPosition"].Text}" + (answer["sealed"].IsThere ? answer["sealed"].IsTrue ? ", which a checkpoint of the ledger covers" : ", which no checkpoint of the ledger covers yet" : ""));
    }
}
